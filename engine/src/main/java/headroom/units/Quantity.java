package headroom.units;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number with a unit, as people write and read it. Arithmetic checks dimensions; what does not fit together throws
 * {@link IllegalArgumentException} with both sides in the message.
 *
 * <p>Operator methods bear Groovy's names ({@code plus}, {@code multiply}, ...), so sums over lists of quantities work.
 * Equality and order are by size: {@code 1000.ms} equals {@code 1.s}.
 *
 * @param amount as written, in {@code unit}; finite
 */
public record Quantity(double amount, Unit unit) implements Comparable<Quantity> {
    private static final MathContext SHOWN = new MathContext(6);

    public Quantity {
        if (Double.isNaN(amount) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("a quantity must be finite, but is " + amount + " " + unit.symbol());
        }
    }

    /** What it measures. */
    public Dimension dimension() {
        return unit.dimension();
    }

    /** The value in SI units. */
    public double si() {
        return unit.toSi(amount);
    }

    /** The value in {@code target}, exactly as written when that is the unit it was written in. */
    public double in(Unit target) {
        if (unit.sameSize(target)) {
            return amount;
        }
        if (!dimension().equals(target.dimension())) {
            throw new IllegalArgumentException(this + " is not " + target.dimension());
        }
        return target.fromSi(si());
    }

    /** The sum, in this unit. */
    public Quantity plus(Quantity that) {
        return new Quantity(amount + aligned("add", that), unit);
    }

    /** The difference, in this unit. */
    public Quantity minus(Quantity that) {
        return new Quantity(amount - aligned("subtract", that), unit);
    }

    public Quantity multiply(Number factor) {
        return new Quantity(amount * factor.doubleValue(), unit);
    }

    public Quantity multiply(Quantity that) {
        return new Quantity(amount * that.amount, unit.times(that.unit));
    }

    public Quantity div(Number divisor) {
        return new Quantity(amount / divisor.doubleValue(), unit);
    }

    /** The quotient; quantities of one dimension give a plain number, {@code 2.s / 500.ms} is 4. */
    public Quantity div(Quantity that) {
        return dimension().equals(that.dimension())
                ? new Quantity(si() / that.si(), Unit.NONE)
                : new Quantity(amount / that.amount, unit.over(that.unit));
    }

    public Quantity negative() {
        return new Quantity(-amount, unit);
    }

    /** Orders by size; both must measure the same. */
    @Override
    public int compareTo(Quantity that) {
        requireSame("compare", that);
        return Double.compare(si(), that.si());
    }

    private double aligned(String verb, Quantity that) {
        requireSame(verb, that);
        return that.in(unit);
    }

    private void requireSame(String verb, Quantity that) {
        if (!dimension().equals(that.dimension())) {
            throw new IllegalArgumentException("cannot " + verb + " " + described() + " and " + that.described());
        }
    }

    /** With what it measures: {@code 40 GB (memory)}. */
    public String described() {
        return this + " (" + dimension() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && dimension().equals(that.dimension()) && si() == that.si();
    }

    @Override
    public int hashCode() {
        return Double.hashCode(si());
    }

    /** Up to six significant digits and the unit: {@code 0.21 usd/kWh}. */
    @Override
    public String toString() {
        String digits = plain(amount);
        return unit.symbol().isEmpty() ? digits : digits + " " + unit.symbol();
    }

    private static String plain(double amount) {
        double size = Math.abs(amount);
        BigDecimal shown = new BigDecimal(Double.toString(amount));
        if (size < 1e9 && shown.precision() > SHOWN.getPrecision() && amount != Math.rint(amount)) {
            shown = shown.round(SHOWN);
        }
        if (shown.signum() == 0) {
            return "0";
        }
        shown = shown.stripTrailingZeros();
        return size >= 1e15 || size < 1e-6 ? shown.toString() : shown.toPlainString();
    }
}
