package headroom.plan.hardware;

import headroom.plan.model.NumberType;
import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Dense peak rates in FLOP/s (multiply-add = 2), null where the device has no native unit for the type.
 *
 * <p>The 16-bit rate is the bf16 one where there is one, else fp16, and is never null: every device here multiplies
 * 16-bit numbers.
 */
public record Peaks(
        double bits16FlopPerSec,
        @Nullable Double fp8FlopPerSec,
        @Nullable Double int8FlopPerSec,
        @Nullable Double fp4FlopPerSec,
        @Nullable Double int4FlopPerSec) {
    public Peaks {
        Ranges.positive("hardware.peaks.bits16FlopPerSec", bits16FlopPerSec);
        checkOptional("hardware.peaks.fp8FlopPerSec", fp8FlopPerSec);
        checkOptional("hardware.peaks.int8FlopPerSec", int8FlopPerSec);
        checkOptional("hardware.peaks.fp4FlopPerSec", fp4FlopPerSec);
        checkOptional("hardware.peaks.int4FlopPerSec", int4FlopPerSec);
    }

    /** Dense peak in FLOP/s for {@code type}, or null when the device cannot multiply it natively. FP32 is not kept. */
    public @Nullable Double of(NumberType type) {
        return switch (type) {
            case FP16, BF16 -> bits16FlopPerSec;
            case FP8 -> fp8FlopPerSec;
            case INT8 -> int8FlopPerSec;
            case FP4 -> fp4FlopPerSec;
            case INT4 -> int4FlopPerSec;
            case FP32 -> null;
        };
    }

    private static void checkOptional(String field, @Nullable Double value) {
        if (value != null) {
            Ranges.positive(field, value);
        }
    }
}
