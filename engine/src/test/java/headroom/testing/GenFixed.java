package headroom.testing;

import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.RouteSpec;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.model.FixedModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.AdmissionSpec;
import headroom.plan.serving.DynamicBatchingSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.FixedProfileSpec;
import headroom.plan.serving.RoutingPolicy;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A model of fixed work beside what a random plan serves, drawn apart from everything else. */
final class GenFixed {
    private static final List<RoutingPolicy> POLICIES = List.of(RoutingPolicy.values());

    private final SplittableRandom random;
    private final SplittableRandom starts;
    private final SplittableRandom caps;

    GenFixed(long seed) {
        this.random = new SplittableRandom(31 * seed + 7);
        this.starts = new SplittableRandom(43 * seed + 13);
        this.caps = new SplittableRandom(47 * seed + 17);
    }

    Plan with(Plan plan) {
        if (chance(0.6)) {
            return plan;
        }
        boolean ends = plan.horizon() instanceof HorizonSpec.UntilDone;
        FixedDeploymentSpec deployment = deployment(plan);
        List<TrafficSpec> traffics = new ArrayList<>(plan.traffics());
        List<RouteSpec> routes = new ArrayList<>(plan.routes());
        int classes = 1 + random.nextInt(2);
        for (int i = 0; i < classes; i++) {
            // Names that sort before and after those of the others.
            String name = (chance(0.5) ? "a" : "z") + i;
            traffics.add(random.nextInt(traffics.size() + 1), traffic(name, ends));
            routes.add(new RouteSpec(name, deployment.name(), POLICIES.get(random.nextInt(3))));
        }
        SiteSpec site = plan.sites().get(0);
        List<HardwarePool> pools = new ArrayList<>(site.pools());
        pools.add(new HardwarePool(deployment.accelerator().name(), deployment.devices(), 1.0));
        SiteSpec larger = new SiteSpec(site.name(), null, null, pools, site.grid(), site.pue());
        return new Plan(List.of(larger), traffics, plan.deployments(), List.of(deployment), routes, plan.horizon());
    }

    private FixedDeploymentSpec deployment(Plan plan) {
        var beside = plan.deployments().get(0);
        var drawn = beside.accelerator();
        PowerSpec power = power(drawn.power());
        AcceleratorSpec device = new AcceleratorSpec("gpu-f", 1e12, drawn.bandwidthBytesPerSec(), drawn.peaks(), power);
        double peak = device.peaks().bits16FlopPerSec();
        NumberType type = chance(0.5) ? NumberType.BF16 : NumberType.FP8;
        QuantizationSpec.Weights weights = new QuantizationSpec.Weights(type == NumberType.FP8 ? 8 : 16, type);
        double parameters = device.bandwidthBytesPerSec() * between(0.0001, 0.005);
        int passes = chance(0.7) ? 1 : 1 + random.nextInt(4);
        // Some milliseconds a sample and pass.
        FixedModelSpec model = new FixedModelSpec(
                "f",
                peak * between(0.0005, 0.02),
                parameters,
                parameters * between(0.01, 1),
                device.bandwidthBytesPerSec() * between(0, 0.01),
                passes);
        return new FixedDeploymentSpec(
                "f",
                model,
                new QuantizationSpec("q", weights, weights, 16, null),
                "s",
                device,
                beside.server(),
                1 + random.nextInt(3),
                new DynamicBatchingSpec(
                        1 + random.nextInt(chance(0.3) ? 1 : 20),
                        chance(0.4) ? 0 : chance(0.5) ? 0.01 : between(0.0001, 0.1),
                        1 + random.nextInt(3)),
                new AdmissionSpec(
                        chance(0.3) ? (Integer) (1 + random.nextInt(20)) : null,
                        chance(0.3) ? (Double) (chance(0.3) ? 0.05 : between(0.001, 1)) : null,
                        starts.nextDouble() < 0.7 ? 0 : starts.nextDouble(0.001, 1)),
                new FixedProfileSpec(
                        "random",
                        between(0.2, 0.9),
                        between(0.2, 0.9),
                        chance(0.3) ? 0 : between(0, 0.005),
                        chance(0.3) ? 0 : chance(0.3) ? 0.001 : between(0, 0.01)));
    }

    /** That of the device beside it, under a cap of its own or under none. */
    private PowerSpec power(PowerSpec beside) {
        double range =
                caps.nextDouble() < 0.3 ? beside.ceilingWatts() - beside.staticWatts() : Double.POSITIVE_INFINITY;
        return beside.capped(beside.staticWatts() + range * caps.nextDouble(0.02, 1));
    }

    private TrafficSpec traffic(String name, boolean ends) {
        List<SloSpec.Target> targets = new ArrayList<>();
        if (chance(0.5)) {
            targets.add(new SloSpec.Target(SloSpec.Metric.E2E, 95, between(0.001, 0.5)));
        }
        return new TrafficSpec(
                name,
                ends ? ending() : endless(),
                new LengthSpec.NoTokens(),
                new LengthSpec.NoTokens(),
                new SloSpec(targets),
                random.nextInt(-1, 2));
    }

    private ArrivalSpec ending() {
        int requests = 1 + random.nextInt(300);
        return chance(0.5)
                ? new ArrivalSpec.AllAtOnce(requests)
                : new ArrivalSpec.Concurrency(1 + random.nextInt(requests), requests);
    }

    private ArrivalSpec endless() {
        double rate = between(20, 400);
        return switch (random.nextInt(4)) {
            case 0 -> new ArrivalSpec.Poisson(rate);
            case 1 -> new ArrivalSpec.Gamma(rate, between(0.2, 4));
            case 2 -> new ArrivalSpec.Deterministic(1000.0 / (1 + random.nextInt(20)));
            default ->
                new ArrivalSpec.ClosedLoop(
                        1 + random.nextInt(60),
                        chance(0.5)
                                ? new ThinkSpec.Exponential(between(0.01, 0.5))
                                : new ThinkSpec.Fixed(chance(0.5) ? 0 : 0.01));
        };
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }
}
