package headroom.dsl.catalogue;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ConversionSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.NumberType;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.model.QuantizationSpec.Weights;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A number format for weights, KV cache or both. */
public final class QuantizationEntry implements Entry {
    /** The {@code quality_basis} of a share that holds for models of every size because a script says so. */
    private static final String STATED = "stated";

    private static final Weights SIXTEEN_BIT = new Weights(16, NumberType.BF16);

    private static final Columns COLUMNS = new Columns()
            .with("kind", "kind")
            .with("weight_bits_nominal", "weights, nominal", "bit")
            .with("weight_bits", "weights with scales", "bit")
            .with("activation_bits", "activations", "bit")
            .with("kv_cache_bits", "KV cache", "bit")
            .with("multiply_type", "multiplied in, where the device can")
            .with("covers", "covers")
            .with("group", "scale for each")
            .with("scale_type", "scale type")
            .with("time_over_bf16_1_to_16_tokens", "time over bf16, 1-16 tokens", "ratio")
            .with("time_over_bf16_128_tokens", "time over bf16, 128 tokens", "ratio")
            .with("time_over_bf16_4096_tokens", "time over bf16, 4096 tokens", "ratio")
            .with("decode_time_over_ideal", "decode time over ideal bytes", "ratio")
            .with("quality_5b_to_15b", "quality retained, 5-15 B models", "share")
            .with("quality_30b_to_405b", "quality retained, 30-405 B models", "share")
            .with("quality_671b", "quality retained, 671 B MoE", "share")
            .with("quality_basis", "quality from")
            .with("perplexity_ratio_7b", "perplexity ratio, 7 B", "ratio")
            .with("native_hardware", "native hardware")
            .with("notes", "notes");

    private final Row row;
    private final String kernelsAs;
    private final Function<String, String> nativeFormats;

    /**
     * @param kernelsAs the format of the catalogue whose kernels multiply it; empty for none
     * @param nativeFormats from a model's name to the name of its native format; empty when not known
     */
    QuantizationEntry(Row row, String kernelsAs, Function<String, String> nativeFormats) {
        this.row = row;
        this.kernelsAs = kernelsAs;
        this.nativeFormats = nativeFormats;
    }

    /**
     * The format as {@code device} runs {@code model} in it.
     *
     * <p>Weights multiply in the format's own type where the device has a unit for it that is at least as fast as its
     * 16-bit one; elsewhere they are only stored small and multiply as BF16. LM head and embedding stay 16-bit; formats
     * that cover experts only leave the rest at 16 bits. 4-bit float formats leave latent attention at 16 bits, and, as
     * published checkpoints do, all but the routed experts of a model with linear attention. Quality is the share that a
     * script states, the measured one for models of this size, 1 for the format that the model was published in, else
     * null.
     *
     * @throws UnusableEntryException for fp32, whose peaks plans do not hold
     */
    public QuantizationSpec specFor(ModelSpec model, AcceleratorSpec device) {
        Weights small = weights(device);
        boolean experts = model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts;
        boolean sixteen = model.attention() instanceof AttentionSpec.Latent
                || (experts && model.attention() instanceof AttentionSpec.Linear);
        Weights linear = switch (row.text("covers")) {
            case "experts" -> experts ? SIXTEEN_BIT : small;
            case "not-latent-attention" -> sixteen ? SIXTEEN_BIT : small;
            default -> small;
        };
        return new QuantizationSpec(name(), linear, small, kvCacheBits(), quality(model, device));
    }

    /**
     * The format as {@code device} runs a model of fixed work in it: all weights are of the format. Nobody measured which
     * quality such models keep, but for 16 bits.
     *
     * @throws UnusableEntryException for fp32, whose peaks plans do not hold
     */
    public QuantizationSpec specForFixedWork(AcceleratorSpec device) {
        Weights small = weights(device);
        Double quality = row.text("quality_basis").equals(STATED) || small.equals(SIXTEEN_BIT)
                ? row.number("quality_671b")
                : null;
        return new QuantizationSpec(name(), small, small, kvCacheBits(), quality);
    }

    /** Bits of one number of the KV cache, scales included; 16 unless the format says otherwise. */
    public double kvCacheBits() {
        return row.needed("kv_cache_bits");
    }

    /** Whether it changes the KV cache only. */
    public boolean kvCacheOnly() {
        return row.text("covers").equals("kv-cache");
    }

    /** The format of the catalogue whose kernels multiply it: itself, or the one that a script's own is based on. */
    String kernelsAs() {
        return kernelsAs;
    }

    /** Whether FP8 weights carry one scale for each block, so that block-scaled kernels multiply them. */
    boolean blockScaled() {
        return row.text("block_scaled").equals("true");
    }

    /** Known even of one that a script describes by itself, which has no source to cite. */
    @Override
    public String name() {
        return row.name();
    }

    @Override
    public Citation citation() {
        return row.citation();
    }

    @Override
    public List<Fact> facts() {
        return List.copyOf(COLUMNS.facts(row));
    }

    Row row() {
        return row;
    }

    private Weights weights(AcceleratorSpec device) {
        NumberType wanted = NumberType.valueOf(row.text("multiply_type"));
        if (wanted == NumberType.FP32) {
            throw new UnusableEntryException(
                    Kind.QUANTIZATIONS, name(), "32-bit arithmetic is not simulated; use bf16 or fp16");
        }
        return row.has("weight_bits")
                ? new Weights(row.needed("weight_bits"), multiplied(wanted, device))
                : SIXTEEN_BIT;
    }

    private static NumberType multiplied(NumberType wanted, AcceleratorSpec device) {
        Double peak = device.peaks().of(wanted);
        boolean worthwhile = peak != null && peak >= device.peaks().bits16FlopPerSec();
        return worthwhile ? wanted : NumberType.BF16;
    }

    /** An analog core loses some with every product. */
    private @Nullable Double quality(ModelSpec model, AcceleratorSpec device) {
        Double quality = quality(model);
        ConversionSpec conversion = device.conversion();
        return quality == null || conversion == null
                ? quality
                : (Double) (quality * conversion.retained(model.layers()));
    }

    private @Nullable Double quality(ModelSpec model) {
        if (nativeFormats.apply(model.name()).equals(name())) {
            return 1.0;
        }
        double parameters = ParameterCount.of(model).total();
        boolean dense = model.feedForward() instanceof FeedForwardSpec.Dense;
        String basis = row.text("quality_basis");
        if (basis.equals("definition") || basis.equals(STATED)) {
            return row.number("quality_671b");
        } else if (dense && parameters >= 5e9 && parameters <= 15e9) {
            return row.number("quality_5b_to_15b");
        } else if (dense && parameters >= 30e9 && parameters <= 410e9) {
            return row.number("quality_30b_to_405b");
        } else if (!dense && parameters >= 600e9 && parameters <= 700e9) {
            return row.number("quality_671b");
        }
        return null;
    }
}
