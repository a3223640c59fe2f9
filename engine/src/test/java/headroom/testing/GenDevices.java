package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;
import java.util.List;
import java.util.SplittableRandom;

/** Power caps and weights in the host's memory for a random plan, drawn apart from everything else. */
final class GenDevices {
    private final SplittableRandom random;

    GenDevices(long seed) {
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    }

    Plan with(Plan plan) {
        List<DeploymentSpec> deployments =
                plan.deployments().stream().map(this::with).toList();
        return new Plan(plan.sites(), plan.traffics(), deployments, plan.routes(), plan.horizon());
    }

    private DeploymentSpec with(DeploymentSpec d) {
        ParallelismSpec spread = d.parallelism().withHostWeights(chance(0.2) ? between(0.05, 0.95) : 0);
        AcceleratorSpec a = d.accelerator();
        // The cache stays as small as it was drawn.
        double freed =
                MemoryBudget.of(d).weightBytes() - MemoryBudget.of(d, spread).weightBytes();
        PowerSpec power = a.power();
        if (chance(0.25)) {
            power = power.capped(power.staticWatts() + (power.ceilingWatts() - power.staticWatts()) * between(0.02, 1));
        }
        AcceleratorSpec other = new AcceleratorSpec(
                a.name(), a.memoryBytes() - freed, a.bandwidthBytesPerSec(), a.peaks(), a.hostLinkBytesPerSec(), power);
        return d.with(spread).with(other);
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
