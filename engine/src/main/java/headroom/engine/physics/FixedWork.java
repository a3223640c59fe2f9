package headroom.engine.physics;

import headroom.plan.model.FixedModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.serving.FixedDeploymentSpec;

/**
 * What a batch of a model of fixed work does: FLOPs and activations by the sample, the weights once a pass. It caches
 * nothing and uses no link. A joule buys the same FLOPs and bytes as under a language model.
 */
public final class FixedWork implements Work {
    private final double flopPerSample;
    private final double bytesPerBatch;
    private final double bytesPerSample;
    private final double peakFlopPerSec;
    private final double joulesPerFlop;
    private final double joulesPerFlop16;
    private final double joulesPerMemoryByte;

    /** Prepares the constants of {@code deployment}. */
    public FixedWork(FixedDeploymentSpec deployment) {
        FixedModelSpec model = deployment.model();
        NumberType type = deployment.quantization().linear().multiplyType();
        this.flopPerSample = model.flopPerSample();
        this.bytesPerBatch = model.passes()
                * model.readWeights()
                * deployment.quantization().linear().bytes();
        // Activations are kept in the type in which they are multiplied.
        this.bytesPerSample = model.activationBytes16() / type.speedupOver16Bit();
        this.peakFlopPerSec = StepTimes.peak(deployment.accelerator(), type);
        this.joulesPerFlop16 = deployment.accelerator().power().joulesPerFlop16Bit();
        this.joulesPerFlop = joulesPerFlop16 / StepWork.speedup(type);
        this.joulesPerMemoryByte = deployment.accelerator().power().joulesPerMemoryByte();
    }

    @Override
    public double peakFlopPerSec() {
        return peakFlopPerSec;
    }

    @Override
    public double flop(int batch, int prompts, int prefillTokens, double pairs, double attended) {
        return flopPerSample * batch;
    }

    @Override
    public double computeJoules(int batch, int prompts, int prefillTokens, double pairs, double attended) {
        return joulesPerFlop * flopPerSample * batch;
    }

    @Override
    public double weightBytes(int batch, int prefillTokens) {
        return bytesPerBatch + bytesPerSample * batch;
    }

    @Override
    public int fullLayers() {
        return 0;
    }

    @Override
    public int windowedLayers() {
        return 0;
    }

    @Override
    public int windowTokens() {
        return 0;
    }

    @Override
    public double flopPerCachedTokenAndLayer() {
        return 0;
    }

    @Override
    public double kvBytesPerTokenAndLayer() {
        return 0;
    }

    @Override
    public double joulesPerFlop16() {
        return joulesPerFlop16;
    }

    @Override
    public double joulesPerMemoryByte() {
        return joulesPerMemoryByte;
    }

    @Override
    public double movedBytesPerBlock() {
        return 0;
    }

    @Override
    public double contextJoules(double layerTokens, double clock) {
        return 0;
    }

    @Override
    public double hostWeightBytes(int batch, int prefillTokens) {
        return 0;
    }

    @Override
    public double hostWeightJoules(int batch, int prefillTokens) {
        return 0;
    }

    @Override
    public double movedJoules(long blocks) {
        return 0;
    }

    @Override
    public double linkJoulesPerToken() {
        return 0;
    }
}
