package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.model.NumberType;
import headroom.units.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words of a {@code quantization} block: a number format of the script's own. What it does not say is the base's, but a
 * format whose numbers differ from the base's has a quality that nobody measured, unless it is stated.
 */
public final class QuantizationWords implements Vocabulary {
    private static final List<String> QUALITIES = List.of("quality_5b_to_15b", "quality_30b_to_405b", "quality_671b");

    private final Pass pass;
    private final String name;
    private final Map<String, String> cells = new LinkedHashMap<>();
    private final Origins stated;
    private @Nullable Chosen<Adapted> base;

    QuantizationWords(Pass pass, String name) {
        this.pass = pass;
        this.name = name;
        this.stated = new Origins(pass.guard().findings());
    }

    @Word(doc = "a number format whose values it takes, of the catalogue or above", example = "basedOn 'int4-awq'")
    public void basedOn(@Arg(doc = "the name of a number format") String format) {
        base = pass.format(format);
    }

    @Word(doc = "bits of one weight in memory, scales included", example = "weightBits 4.25")
    public void weightBits(@Arg(doc = "from 0.5 to 64", like = "4.25") double bits) {
        inRange("weightBits", bits, 0.5);
        cells.put("weight_bits", Double.toString(bits));
        cells.put("weight_bits_nominal", Long.toString(Math.round(bits)));
        said(".quantization.linear.bits");
        said(".quantization.experts.bits");
    }

    @Word(doc = "bits of one number in the KV cache, scales included; the base's, or 16", example = "kvCacheBits 8")
    public void kvCacheBits(@Arg(doc = "from 1 to 64", like = "8") double bits) {
        inRange("kvCacheBits", bits, 1);
        cells.put("kv_cache_bits", Double.toString(bits));
        said(".quantization.kvCacheBits");
    }

    @Word(
            doc = "the type in which weights are multiplied where a device can, else in 16 bits; the base's, or bf16",
            example = "multiplyIn 'fp8'")
    public void multiplyIn(@Arg(doc = "a number type; fp32 is not simulated", like = "'fp8'") NumberType type) {
        if (type == NumberType.FP32) {
            throw new Mistake("32-bit arithmetic is not simulated", "use bf16 or fp16", 0);
        }
        cells.put("multiply_type", type.name());
        said(".quantization.linear.multiplyType");
        said(".quantization.experts.multiplyType");
    }

    @Word(
            doc = "share of the 16-bit model's score that is kept, by models of every size",
            example = "qualityRetained 95.percent")
    public void qualityRetained(@Arg(doc = "above 0, at most 200.percent", like = "95.percent") Quantity share) {
        if (!(share.si() > 0 && share.si() <= 2)) {
            throw new Mistake("qualityRetained must be above 0 and at most 200.percent, got " + share, "", 0);
        }
        QUALITIES.forEach(column -> cells.put(column, Double.toString(share.si())));
        cells.put("quality_basis", "stated");
        said(".quantization.qualityRetained");
    }

    private void said(String path) {
        stated.said(path, pass.guard().place());
    }

    private static void inRange(String word, double bits, double least) {
        if (!(bits >= least && bits <= 64)) {
            throw new Mistake(word + " must be from " + least + " to 64, got " + bits, "", 0);
        }
    }

    /** Declares the format; without a value after reporting what is wrong with it, or when its base is wrong. */
    Chosen<Adapted> chosen(Frame frame) {
        int place = pass.guard().place();
        Chosen<Adapted> from = base;
        String source =
                "quantization '" + name + "' of " + pass.guard().findings().where(place);
        Origins origins = new Origins(pass.guard().findings());
        if (from != null) {
            source += ", from " + from.source();
            origins.addAll("", from.origins());
        }
        origins.said(".quantization.name", place);
        if (forgetQuality()) {
            origins.put(".quantization.qualityRetained", "nobody stated it for these bits");
        }
        origins.addAll("", stated);
        Adapted format = frame.sound() && (from == null || from.value() != null) ? made(frame) : null;
        return new Chosen<>(name, format, source, origins);
    }

    /** What was measured of the base does not hold for other bits. */
    private boolean forgetQuality() {
        boolean other = cells.containsKey("weight_bits")
                || cells.containsKey("kv_cache_bits")
                || cells.containsKey("multiply_type");
        if (!other || cells.containsKey("quality_basis")) {
            return false;
        }
        QUALITIES.forEach(column -> cells.put(column, ""));
        cells.put("quality_basis", "");
        return true;
    }

    private @Nullable Adapted made(Frame frame) {
        Adapted from = base == null ? null : base.value();
        if (from != null) {
            return from.changed(name, cells);
        }
        if (frame.lacks("weightBits")) {
            pass.guard()
                    .mistake(
                            pass.guard().place(),
                            "quantization '" + name + "' does not say how many bits a weight has",
                            "add weightBits 4.25, or start with basedOn 'int4-awq'");
            return null;
        }
        cells.putIfAbsent("kv_cache_bits", "16");
        cells.putIfAbsent("multiply_type", NumberType.BF16.name());
        cells.putIfAbsent("covers", "all");
        return new Adapted(name, "", cells);
    }
}
