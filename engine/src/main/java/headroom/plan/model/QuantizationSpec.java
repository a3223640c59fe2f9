package headroom.plan.model;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * The number formats of one deployment.
 *
 * @param name the catalogue's or the script's name
 * @param linear attention projections, dense feed-forward blocks and shared experts
 * @param experts routed experts (the same as {@code linear} for most formats; gpt-oss stores only its experts in 4 bits)
 * @param kvCacheBits bits of one number in the KV cache, scales included
 * @param qualityRetained share of the 16-bit model's benchmark score that is kept (0..1); null when nobody measured it
 */
public record QuantizationSpec(
        String name,
        Weights linear,
        Weights experts,
        double kvCacheBits,
        @Nullable Double qualityRetained) {
    public QuantizationSpec {
        Ranges.named("quantization.name", name);
        Ranges.between("quantization.kvCacheBits", kvCacheBits, 1, 64);
        if (qualityRetained != null) {
            Ranges.between("quantization.qualityRetained", qualityRetained, 0, 2);
        }
    }

    /**
     * One group of weights.
     *
     * @param bits bits of one weight in memory, scales and zero points included
     * @param multiplyType the type in which it is multiplied: {@code BF16} when weights are only stored small
     */
    public record Weights(double bits, NumberType multiplyType) {
        public Weights {
            Ranges.between("quantization.bits", bits, 0.5, 64);
        }

        /** Bytes of one weight, scales included. */
        public double bytes() {
            return bits / 8;
        }
    }
}
