package headroom.engine.physics;

import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.FixedProfileSpec;
import java.util.function.DoubleUnaryOperator;

/**
 * How long batches of a model of fixed work take, in whole nanoseconds: the host's part, which is the same for all, and
 * the device's part by the number of samples. Under a power cap the device works at the clock that keeps it.
 */
public final class BatchTimes {
    private final long hostNanos;
    private final long[] deviceNanos;
    private final long[] throttledNanos;
    private final double[] clocks;

    /** Prepares the times of {@code deployment}. */
    public BatchTimes(FixedDeploymentSpec deployment) {
        FixedProfileSpec profile = deployment.profile();
        FixedWork work = new FixedWork(deployment);
        double flopPerSec = work.peakFlopPerSec() * profile.mfu();
        double bytesPerSec = deployment.accelerator().bandwidthBytesPerSec() * profile.mbu();
        double ramps = deployment.model().passes() * profile.rampSeconds();
        this.hostNanos = FixedTime.nanos(profile.hostSeconds());
        PowerCap cap = PowerCap.of(deployment.accelerator().power());
        this.deviceNanos = new long[deployment.largestBatch() + 1];
        this.throttledNanos = new long[deviceNanos.length];
        this.clocks = new double[deviceNanos.length];
        for (int samples = 1; samples < deviceNanos.length; samples++) {
            double computing = work.flop(samples, 0, 0, 0) / flopPerSec;
            double moving = work.weightBytes(samples, 0) / bytesPerSec;
            DoubleUnaryOperator secondsAt = clock -> ramps + StepTimes.smoothMax(computing / clock, moving);
            DoubleUnaryOperator joulesAt = joules(work, samples);
            double clock = cap.clock(1, secondsAt, joulesAt);
            clocks[samples] = clock;
            deviceNanos[samples] = FixedTime.nanos(cap.seconds(clock, secondsAt, joulesAt));
            throttledNanos[samples] = deviceNanos[samples] - FixedTime.nanos(secondsAt.applyAsDouble(1));
        }
        double longest = profile.hostSeconds() + deviceNanos[deviceNanos.length - 1] / 1e9;
        if (longest > FixedTime.seconds(FixedTime.LONGEST_TICKS)) {
            throw new IllegalStateException("a batch of " + longest + " s is out of range (0 to 2,199 s)");
        }
    }

    /** Joules of a batch beyond the static draw, by the clock. */
    private static DoubleUnaryOperator joules(FixedWork work, int samples) {
        double computing = work.computeJoules(samples, 0, 0, 0);
        double moving = work.weightBytes(samples, 0) * work.joulesPerMemoryByte();
        return clock -> computing * PowerCap.flopFactor(clock) + moving * PowerCap.byteFactor(clock);
    }

    /** Gathering and launching a batch. */
    public long hostNanos() {
        return hostNanos;
    }

    /** The device's work on a batch of {@code samples}, at least 1 ns. */
    public long deviceNanos(int samples) {
        return deviceNanos[samples];
    }

    /** How much of it the power cap adds, 0 without one. */
    public long throttledNanos(int samples) {
        return throttledNanos[samples];
    }

    /** The clock at which a device works on such a batch, relative to the uncapped one. */
    double clock(int samples) {
        return clocks[samples];
    }
}
