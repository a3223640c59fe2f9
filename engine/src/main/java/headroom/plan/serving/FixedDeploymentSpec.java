package headroom.plan.serving;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.FixedModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.QuantizationSpec;
import headroom.units.Ranges;

/**
 * One model of fixed work, in one number format, on one kind of device at one site; each replica on a device of its own.
 *
 * @param site name of the site whose devices it uses
 * @param replicas independent copies
 */
public record FixedDeploymentSpec(
        String name,
        FixedModelSpec model,
        QuantizationSpec quantization,
        String site,
        AcceleratorSpec accelerator,
        ServerSpec server,
        int replicas,
        DynamicBatchingSpec batching,
        AdmissionSpec admission,
        FixedProfileSpec profile)
        implements Deployed {
    public FixedDeploymentSpec {
        Ranges.named("deployment.name", name);
        Ranges.named("deployment.site", site);
        Ranges.atLeast("deployment.replicas", replicas, 1);
        NumberType type = quantization.linear().multiplyType();
        if (accelerator.peaks().of(type) == null) {
            throw new IllegalArgumentException(
                    "deployment.quantization: " + accelerator.name() + " has no unit that multiplies " + type);
        }
    }

    /** The same on another device. */
    public FixedDeploymentSpec with(AcceleratorSpec other) {
        return new FixedDeploymentSpec(
                name, model, quantization, site, other, server, replicas, batching, admission, profile);
    }

    @Override
    public String modelName() {
        return model.name();
    }

    @Override
    public int devicesPerReplica() {
        return 1;
    }

    @Override
    public int largestBatch() {
        return batching.maximumSamples();
    }

    /** Weights of one device; its instances share them. */
    public double weightBytes() {
        return model.weights() * quantization.linear().bytes();
    }
}
