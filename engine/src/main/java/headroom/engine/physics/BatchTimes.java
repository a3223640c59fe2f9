package headroom.engine.physics;

import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.FixedProfileSpec;

/**
 * How long batches of a model of fixed work take, in whole nanoseconds: the host's part, which is the same for all, and
 * the device's part by the number of samples.
 */
public final class BatchTimes {
    private final long hostNanos;
    private final long[] deviceNanos;

    /** Prepares the times of {@code deployment}. */
    public BatchTimes(FixedDeploymentSpec deployment) {
        FixedProfileSpec profile = deployment.profile();
        FixedWork work = new FixedWork(deployment);
        double flopPerSec = work.peakFlopPerSec() * profile.mfu();
        double bytesPerSec = deployment.accelerator().bandwidthBytesPerSec() * profile.mbu();
        double ramps = deployment.model().passes() * profile.rampSeconds();
        this.hostNanos = FixedTime.nanos(profile.hostSeconds());
        this.deviceNanos = new long[deployment.largestBatch() + 1];
        for (int samples = 1; samples < deviceNanos.length; samples++) {
            double computing = work.flop(samples, 0, 0, 0) / flopPerSec;
            double moving = work.weightBytes(samples, 0) / bytesPerSec;
            deviceNanos[samples] = FixedTime.nanos(ramps + StepTimes.smoothMax(computing, moving));
        }
        double longest = profile.hostSeconds() + deviceNanos[deviceNanos.length - 1] / 1e9;
        if (longest > FixedTime.seconds(FixedTime.LONGEST_TICKS)) {
            throw new IllegalStateException("a batch of " + longest + " s is out of range (0 to 2,199 s)");
        }
    }

    /** Gathering and launching a batch. */
    public long hostNanos() {
        return hostNanos;
    }

    /** The device's work on a batch of {@code samples}, at least 1 ns. */
    public long deviceNanos(int samples) {
        return deviceNanos[samples];
    }
}
