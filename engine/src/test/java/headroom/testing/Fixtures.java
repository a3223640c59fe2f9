package headroom.testing;

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

/** One valid value of each record, for specs that vary a single thing. */
public final class Fixtures {
    private Fixtures() {}

    /** Llama-3.1-70B by its dimensions. */
    public static ModelSpec llama70b() {
        return new ModelSpec(
                "llama-3.1-70b",
                80,
                8192,
                128256,
                false,
                131072,
                new AttentionSpec.Grouped(64, 8, 128),
                new FeedForwardSpec.Dense(28672, 3));
    }

    /** Llama-3.1-8B by its dimensions. */
    public static ModelSpec llama8b() {
        return new ModelSpec(
                "llama-3.1-8b",
                32,
                4096,
                128256,
                false,
                131072,
                new AttentionSpec.Grouped(32, 8, 128),
                new FeedForwardSpec.Dense(14336, 3));
    }

    /** Llama-3.2-1B by its dimensions. */
    public static ModelSpec llama1b() {
        return new ModelSpec(
                "llama-3.2-1b",
                16,
                2048,
                128256,
                true,
                131072,
                new AttentionSpec.Grouped(32, 8, 64),
                new FeedForwardSpec.Dense(8192, 3));
    }

    /** 16-bit everything. */
    public static QuantizationSpec bf16() {
        QuantizationSpec.Weights weights = new QuantizationSpec.Weights(16, NumberType.BF16);
        return new QuantizationSpec("bf16", weights, weights, 16, 1.0);
    }

    /** H100 SXM, as docs/physics.md uses it in its worked numbers. */
    public static AcceleratorSpec h100() {
        return new AcceleratorSpec(
                "h100-sxm",
                85.0e9,
                3.35e12,
                new Peaks(989e12, 1979e12, 1979e12, null, null),
                new PowerSpec(175, 75, 679, 1.45 * 700 / 989e12, 2.5, 125e-12, 60e-12));
    }

    /** Eight GPUs in one air-cooled box. */
    public static ServerSpec hgx() {
        return new ServerSpec(8, 1436, 1000, 0.08, 0.95);
    }

    /** vLLM on H100 in BF16, tensor parallelism 4: the worked example of docs/physics.md. */
    public static ProfileSpec vllmH100() {
        return new ProfileSpec(
                "vLLM on H100, BF16, TP4",
                new ProfileSpec.Kernels(0.863, 0.809, 0.863, 0.809, 0.95, 0.56, 500, 0.6, 50),
                new ProfileSpec.Experts(0.95, 0.655, 64, 300, 0, 0.42),
                new ProfileSpec.Collectives(4.6e-6, 10e-6, 0, 0, 333e9),
                new ProfileSpec.Hop(8e-6, 315e9),
                new ProfileSpec.Overheads(465e-6, 1.8e-6, 500e-6, 0, 37e-6, 26e-6, 0),
                new ProfileSpec.Client(9e-3, 3.3e-6));
    }

    /** A profile in which every step takes {@code stepSeconds}, whatever is in it. */
    public static ProfileSpec constantStep(double stepSeconds) {
        return new ProfileSpec(
                "every step the same",
                new ProfileSpec.Kernels(1, 1, 1, 1, 1, 1, 0, 1, 0),
                new ProfileSpec.Experts(1, 1, 0, 0, 0, 0),
                new ProfileSpec.Collectives(0, 0, 0, 0, 1e30),
                new ProfileSpec.Hop(0, 1e30),
                new ProfileSpec.Overheads(stepSeconds, 0, 0, 0, 0, 0, 0),
                new ProfileSpec.Client(0, 0));
    }

    /** A device so fast that only overheads take time, with {@code memoryBytes} of memory. */
    public static AcceleratorSpec boundless(double memoryBytes) {
        return new AcceleratorSpec(
                "boundless",
                memoryBytes,
                1e30,
                new Peaks(1e30, null, null, null, null),
                new PowerSpec(100, 50, 400, 1e-30, 1, 1e-30, 0));
    }

    /** A model of almost no weights. */
    public static ModelSpec tiny() {
        return new ModelSpec(
                "tiny",
                1,
                1,
                1,
                true,
                1_000_000_000,
                new AttentionSpec.Grouped(1, 1, 1),
                new FeedForwardSpec.Dense(1, 2));
    }

    /** A deployment of {@code model} on one server of devices. */
    public static DeploymentSpec deployment(
            ModelSpec model, AcceleratorSpec accelerator, ProfileSpec profile, int tensorParallel, int replicas) {
        return new DeploymentSpec(
                "d",
                model,
                bf16(),
                "site",
                accelerator,
                hgx(),
                ParallelismSpec.tensor(tensorParallel),
                replicas,
                new BatchingSpec(256, 2048, 1),
                new KvCacheSpec(16, 0.9, 1.5e9, 0.01),
                profile);
    }

    /** The same deployment with other batching. */
    public static DeploymentSpec with(DeploymentSpec d, BatchingSpec batching, KvCacheSpec cache) {
        return new DeploymentSpec(
                d.name(),
                d.model(),
                d.quantization(),
                d.site(),
                d.accelerator(),
                d.server(),
                d.parallelism(),
                d.replicas(),
                batching,
                cache,
                d.admission(),
                d.profile(),
                d.speculative());
    }

    /** The same deployment under another profile. */
    public static DeploymentSpec with(DeploymentSpec d, ProfileSpec profile) {
        return new DeploymentSpec(
                d.name(),
                d.model(),
                d.quantization(),
                d.site(),
                d.accelerator(),
                d.server(),
                d.parallelism(),
                d.replicas(),
                d.batching(),
                d.kvCache(),
                d.admission(),
                profile,
                d.speculative());
    }

    /** Traffic without any promise. */
    public static TrafficSpec traffic(ArrivalSpec arrivals, LengthSpec prompt, LengthSpec output) {
        return new TrafficSpec("t", arrivals, prompt, output, new SloSpec(List.of()));
    }

    /** A plan of one traffic class and one deployment. */
    public static Plan plan(TrafficSpec traffic, DeploymentSpec deployment, HorizonSpec horizon) {
        HardwarePool pool = new HardwarePool(deployment.accelerator().name(), deployment.devices(), 2.0);
        SiteSpec site = new SiteSpec("site", null, null, List.of(pool), new GridSpec(0.1, 400.0), 1.25);
        return new Plan(
                List.of(site),
                List.of(traffic),
                List.of(deployment),
                List.of(new RouteSpec("t", "d", RoutingPolicy.ROUND_ROBIN)),
                horizon);
    }
}
