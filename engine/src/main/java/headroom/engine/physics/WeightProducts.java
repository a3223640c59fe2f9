package headroom.engine.physics;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ConversionSpec;
import headroom.plan.model.NumberType;
import headroom.plan.serving.DeploymentSpec;
import org.jspecify.annotations.Nullable;

/**
 * Reading the weights of layers and multiplying by them on one device: where they are read from, how fast they can be
 * multiplied, and what an analog core adds.
 *
 * <p>Weights in the host's memory are read where they lie (zero copy), after those of the device, so nothing is kept in
 * between, and only experts that a step touches cross the link. An analog core multiplies no faster than its converters
 * turn numbers into signals and back, and sets the weights of every tile once a step.
 */
final class WeightProducts {
    private final AcceleratorSpec accelerator;
    private final @Nullable ConversionSpec conversion;
    private final double hostShare;
    private final double hostLink;

    WeightProducts(DeploymentSpec deployment) {
        this.accelerator = deployment.accelerator();
        this.conversion = accelerator.conversion();
        this.hostShare = deployment.parallelism().hostWeightShare();
        Double link = accelerator.hostLinkBytesPerSec();
        if (hostShare > 0 && link == null) {
            throw new IllegalStateException("no link between " + accelerator.name() + " and its host");
        }
        this.hostLink = link == null ? Double.POSITIVE_INFINITY : link;
    }

    /** Seconds of reading {@code count} weights of so many bytes with kernels that reach {@code mbu} of the bandwidth. */
    double readSeconds(double count, double bytesEach, double mbu) {
        double bytes = count * bytesEach;
        double seconds =
                (1 - hostShare) * bytes / (accelerator.bandwidthBytesPerSec() * mbu) + hostShare * bytes / hostLink;
        return conversion == null
                ? seconds
                : seconds + conversion.tileLoadSeconds() * count / conversion.tile() / conversion.tile();
    }

    /** FLOP/s of kernels that reach {@code mfu} of the dense peak of {@code type}. */
    double flopPerSec(NumberType type, double mfu) {
        double rate = StepTimes.peak(accelerator, type) * mfu;
        return conversion == null ? rate : Math.min(rate, conversion.flopPerSec());
    }

    /** Seconds that the products of one layer take beyond that. */
    double layerLatencySeconds() {
        return conversion == null ? 0 : ConversionSpec.PRODUCTS_PER_LAYER * conversion.latencySeconds();
    }
}
