package headroom.dsl.catalogue;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.model.QuantizationSpec.Weights;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts a profile together from measured kernels and fitted constants.
 *
 * <p>Reading linear weights reaches the measured bf16 share x the engine's memory factor x its factor for 8-bit, FP4 or
 * 4-bit weight-only storage; multiplying reaches the measured share of the format x the compute factor; both at most
 * 0.95. Expert kernels take the bf16 share x the factor for expert weights, and the share of their format
 * x the factor for grouped kernels. H100 under vLLM in bf16: 0.828 x 1.042 = 0.863 of bandwidth, 0.809 of peak.
 */
final class ProfileResolver {
    private static final double CAP = 0.95;
    /** Numbers of a head whose rows are short. */
    private static final int NARROW_HEAD = 64;

    private final ServingEngineEntry engine;
    private final Device device;
    private final QuantizationEntry format;
    private final ModelSpec model;
    private final QuantizationSpec quantization;
    private final ParallelismSpec parallelism;
    private final MeasuredKernels measured;
    private final FittedConstants fitted;

    ProfileResolver(
            ServingEngineEntry engine,
            Device device,
            QuantizationEntry format,
            ModelSpec model,
            QuantizationSpec quantization,
            ParallelismSpec parallelism,
            MeasuredKernels measured,
            FittedConstants fitted) {
        this.engine = engine;
        this.device = device;
        this.format = format;
        this.model = model;
        this.quantization = quantization;
        this.parallelism = parallelism;
        this.measured = measured;
        this.fitted = fitted;
    }

    ResolvedProfile resolve() {
        String name = engine.name() + " on " + device.name() + ", " + quantization.name() + ", tensor parallel "
                + parallelism.tensorParallel()
                + (parallelism.pipelineParallel() == 1 ? "" : ", pipeline parallel " + parallelism.pipelineParallel());
        double read = measured.memoryShare() * fitted.value("memory_factor");
        ProfileSpec spec =
                new ProfileSpec(name, kernels(read), experts(), collectives(), measured.hop(), overheads(), client());
        Set<Fact> origins = new LinkedHashSet<>();
        origins.add(calibration());
        origins.addAll(measured.used());
        origins.addAll(fitted.used());
        return new ResolvedProfile(spec, List.copyOf(origins));
    }

    private ProfileSpec.Kernels kernels(double read) {
        Weights head = new Weights(16, NumberType.BF16);
        return new ProfileSpec.Kernels(
                Math.min(CAP, read * storageFactor(quantization.linear())),
                Math.min(CAP, multiplied(quantization.linear()) * fourBitGain(quantization.linear())),
                Math.min(CAP, read),
                multiplied(head),
                Math.min(CAP, fitted.value("kv_mbu") * narrowHeads() / readsOfKvHead()),
                fitted.value("attention_mfu") * narrowHeads(),
                fitted.value("attention_half_tokens"),
                fitted.value("latent_mfu"),
                fitted.value("hidden_passes"),
                new ProfileSpec.Scan(fitted.value("scan_mfu"), fitted.seconds("scan_token")));
    }

    /**
     * How often a KV head on a device is read in a step: once, or as a share of the query heads read it apart, up to once
     * for each of them.
     */
    private double readsOfKvHead() {
        double apart = fitted.value("kv_heads_read_apart");
        if (model.attention() instanceof AttentionSpec.Latent) {
            return 1;
        }
        AttentionSpec.Grouped heads = AttentionSpec.grouped(model.attention());
        int shards = parallelism.shards();
        double queries = (double) heads.heads() / shards / Math.max(1, (double) heads.kvHeads() / shards);
        return 1 + apart * (queries - 1);
    }

    /** What attention kernels reach of their rates where the rows of a head, which they take one by one, are short. */
    private double narrowHeads() {
        if (model.attention() instanceof AttentionSpec.Latent
                || AttentionSpec.grouped(model.attention()).headDim() > NARROW_HEAD) {
            return 1;
        }
        return fitted.value("narrow_head_factor");
    }

    private ProfileSpec.Experts experts() {
        Weights weights = quantization.experts();
        boolean small = MeasuredKernels.weightClass(weights) == 4;
        double memory = fitted.value(small ? "expert_memory_factor_4bit" : "expert_memory_factor");
        String compute = small
                ? "expert_compute_factor_4bit"
                : weights.multiplyType() == NumberType.FP8 && format.blockScaled()
                        ? "expert_compute_factor_fp8_block"
                        : "expert_compute_factor";
        return new ProfileSpec.Experts(
                Math.min(CAP, measured.memoryShare() * memory),
                Math.min(1, expertShare(weights) * fitted.value(compute)),
                fitted.value("expert_padding_rows"),
                fitted.value("expert_half_width"),
                fitted.value("expert_visit_correlation"),
                fitted.value("expert_traffic_share"));
    }

    private ProfileSpec.Collectives collectives() {
        double factor = fitted.value("bus_bandwidth_factor");
        int group = parallelism.tensorParallel();
        boolean alone = group == 1, ranked = parallelism.dataParallelAttention();
        double latency = alone ? 0 : measured.latencySeconds(group) * fitted.value("allreduce_latency_factor");
        return new ProfileSpec.Collectives(
                latency,
                alone ? 0 : fitted.seconds("allreduce_two_passes"),
                ranked && !alone ? measured.gatherScatterSeconds(group) : 0,
                ranked && !alone ? fitted.seconds("all_to_all") : 0,
                measured.busBytesPerSec(group) * factor);
    }

    private ProfileSpec.Overheads overheads() {
        double slowerHost = device.graceHost() ? fitted.value("grace_host_factor") : 1;
        return new ProfileSpec.Overheads(
                fitted.seconds("per_step"),
                slowerHost * fitted.seconds("per_sequence"),
                slowerHost * fitted.seconds("per_prefill_step"),
                slowerHost * fitted.seconds("per_prefill_sequence"),
                fitted.seconds("per_layer"),
                fitted.seconds("per_moe_layer"),
                fitted.seconds("per_latent_layer"),
                AttentionSpec.indexer(model.attention()) == null ? 0 : fitted.seconds("per_indexer_layer"),
                quantizing(quantization.linear()),
                model.queryKeyNorm() ? fitted.seconds("per_query_key_norm") : 0,
                slowerHost * fitted.seconds("per_prefill_layer"),
                slowerHost * fitted.seconds("per_decode_layer"));
    }

    /** Seconds that a kernel of its own takes to bring the inputs of a product to the type in which it is multiplied. */
    private double quantizing(Weights weights) {
        return switch (weights.multiplyType()) {
            case FP8, INT8 ->
                fitted.seconds(format.blockScaled() ? "per_quantized_product_fp8_block" : "per_quantized_product");
            case FP4, INT4 -> fitted.seconds("per_quantized_product_4bit");
            case FP32, FP16, BF16 -> 0;
        };
    }

    private ProfileSpec.Client client() {
        return new ProfileSpec.Client(fitted.seconds("client_per_request"), fitted.seconds("client_per_prompt_token"));
    }

    private double storageFactor(Weights weights) {
        return switch (MeasuredKernels.weightClass(weights)) {
            case 16 -> 1;
            case 8 -> fitted.value("memory_factor_8bit");
            default ->
                fitted.value(
                        weights.multiplyType() == NumberType.FP4
                                ? "memory_factor_fp4"
                                : "memory_factor_4bit_weight_only");
        };
    }

    /** What dense kernels of an engine gain over the measured ones in FP4; those of experts have factors of their own. */
    private double fourBitGain(Weights weights) {
        return weights.multiplyType() == NumberType.FP4 ? fitted.value("compute_factor_fp4") : 1;
    }

    private double multiplied(Weights weights) {
        return Math.min(CAP, measured.arithmeticShare(weights, format.blockScaled()) * fitted.value("compute_factor"));
    }

    /**
     * Share of the peak of the experts' multiply type. TensorRT-LLM multiplies MXFP4 experts in FP8 where there are FP8 but
     * no FP4 units, so there the share is that of FP8 kernels, expressed against the 16-bit peak that the plan counts.
     */
    private double expertShare(Weights weights) {
        Double fp8Speedup = device.fp8Speedup();
        if (fp8Speedup != null
                && engine.kernelsOf().equals("tensorrt-llm")
                && format.kernelsAs().startsWith("mxfp4")
                && weights.multiplyType() == NumberType.BF16) {
            return multiplied(new Weights(8, NumberType.FP8)) * fp8Speedup;
        }
        return multiplied(weights);
    }

    private Fact calibration() {
        boolean seen = engine.calibratedFamilies().contains(device.family());
        return new Fact(
                "calibration",
                seen ? "device family seen" : "device family not seen",
                "",
                engine.release() + " was fitted on " + String.join(", ", engine.calibratedFamilies()));
    }
}
