package headroom.reports.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints numbers, the same on every machine and in every locale. */
public final class Numbers {
    private static final MathContext TEN_DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);
    private static final double LARGEST_WHOLE = 9_007_199_254_740_992.0;

    private Numbers() {}

    /**
     * For tables that programs read: ten significant digits (so exact to 1e-9), whole numbers in full, no grouping.
     *
     * @return empty text for null and for what is not finite
     */
    public static String exact(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return "";
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            return Long.toString((long) (double) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(TEN_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= -7 && exponent < 16 ? rounded.toPlainString() : rounded.toString();
    }

    /**
     * For people: three significant digits below 1000, whole numbers with thousands separators above.
     *
     * @return empty text for null and for what is not finite
     */
    public static String readable(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return "";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal three = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
        double size = Math.abs(three.doubleValue());
        if (size >= 1e9 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 2 - (int) Math.floor(Math.log10(size));
        return three.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** For axis ticks and thresholds: like {@link #readable}, without trailing zeros. */
    public static String tick(double value) {
        String text = readable(value);
        if (text.contains("e") || !text.contains(".")) {
            return text;
        }
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    /** A parameter's value as a script would write it: {@code 50} and not {@code 50.0}. */
    public static String parameter(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return exact(decimal.doubleValue());
        }
        if (value instanceof Double || value instanceof Float) {
            return exact(((Number) value).doubleValue());
        }
        return value == null ? "" : value.toString();
    }
}
