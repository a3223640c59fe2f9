package headroom.benchmark;

import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.RouteSpec;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.Peaks;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.RoutingPolicy;
import headroom.plan.site.GridSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;

/**
 * The speed workload: Llama-3.1-8B in BF16 on A100-SXM4-80GB, least-loaded routing, Poisson arrivals of 10 requests/s a
 * replica, prompts and answers lognormal with means 512 and 128 tokens and a coefficient of variation of 0.6.
 */
public final class SpeedWorkload {
    private static final double REQUESTS_PER_SECOND_AND_REPLICA = 10;
    private static final double CV = 0.6;

    private SpeedWorkload() {}

    /** The workload on {@code replicas} replicas, with about {@code requests} requests. */
    public static Plan plan(int replicas, long requests) {
        double rate = REQUESTS_PER_SECOND_AND_REPLICA * replicas;
        TrafficSpec traffic = new TrafficSpec(
                "chat",
                new ArrivalSpec.Poisson(rate),
                lognormal(512),
                lognormal(128),
                new SloSpec(List.of(new SloSpec.Target(SloSpec.Metric.TTFT, 95, 0.5))));
        AcceleratorSpec a100 = a100();
        SiteSpec site = new SiteSpec(
                "site",
                null,
                null,
                List.of(new HardwarePool(a100.name(), replicas, 1.8)),
                new GridSpec(0.12, 370.0),
                1.25);
        return new Plan(
                List.of(site),
                List.of(traffic),
                List.of(deployment(a100, replicas)),
                List.of(new RouteSpec("chat", "llama", RoutingPolicy.LEAST_LOADED)),
                new HorizonSpec.Window(requests / rate, 0, 3600));
    }

    private static LengthSpec lognormal(double mean) {
        double sigma = StrictMath.sqrt(StrictMath.log1p(CV * CV));
        return new LengthSpec.Lognormal(mean / StrictMath.sqrt(1 + CV * CV), sigma);
    }

    private static AcceleratorSpec a100() {
        return new AcceleratorSpec(
                "a100-sxm4-80gb",
                85.0e9,
                2.039e12,
                new Peaks(312e12, null, 624e12, null, 1248e12),
                new PowerSpec(100, 63, 388, 1.86e-12, 2.5, 125e-12, 60e-12));
    }

    private static DeploymentSpec deployment(AcceleratorSpec a100, int replicas) {
        QuantizationSpec.Weights bf16 = new QuantizationSpec.Weights(16, NumberType.BF16);
        return new DeploymentSpec(
                "llama",
                new ModelSpec(
                        "llama-3.1-8b",
                        32,
                        4096,
                        128256,
                        false,
                        131072,
                        new AttentionSpec.Grouped(32, 8, 128),
                        new FeedForwardSpec.Dense(14336, 3)),
                new QuantizationSpec("bf16", bf16, bf16, 16, 1.0),
                "site",
                a100,
                new ServerSpec(8, 1436, 1000, 0.08, 0.95),
                ParallelismSpec.tensor(1),
                replicas,
                new BatchingSpec(256, 2048, 1),
                new KvCacheSpec(16, 0.9, 1.5e9, 0.01),
                profile());
    }

    private static ProfileSpec profile() {
        return new ProfileSpec(
                "vLLM on A100, BF16",
                new ProfileSpec.Kernels(0.79, 0.8, 0.79, 0.8, 0.95, 0.56, 500, 0.6, 50),
                new ProfileSpec.Experts(0.87, 0.65, 64, 300, 0, 0.42),
                new ProfileSpec.Collectives(10e-6, 10e-6, 0, 0, 200e9),
                new ProfileSpec.Hop(0, 1),
                new ProfileSpec.Overheads(465e-6, 1.8e-6, 500e-6, 0, 37e-6, 0, 0),
                new ProfileSpec.Client(9e-3, 3.3e-6));
    }
}
