package headroom.units;

/**
 * A unit: one of it is {@code numerator / denominator} of the SI unit (second, joule, byte, operation, token, US dollar,
 * gram of CO2, litre).
 *
 * <p>The factor is a quotient, so that 110 ms is the double nearest to 0.11 s and not a neighbour of it.
 *
 * @param symbol as scripts write it, for example {@code kWh} or {@code usd/hour}
 */
public record Unit(String symbol, Dimension dimension, double numerator, double denominator) {
    /** No unit: a plain number. */
    public static final Unit NONE = new Unit("", Dimension.NUMBER, 1, 1);

    public Unit {
        Ranges.positive("unit.numerator", numerator);
        Ranges.positive("unit.denominator", denominator);
    }

    /** The unit of a product. */
    public Unit times(Unit that) {
        String product = symbol.isEmpty() || that.symbol.isEmpty() ? symbol + that.symbol : symbol + "*" + that.symbol;
        return new Unit(
                product, dimension.times(that.dimension), numerator * that.numerator, denominator * that.denominator);
    }

    /** The unit of a quotient. */
    public Unit over(Unit that) {
        String divisor = that.symbol.contains("*") || that.symbol.contains("/") ? "(" + that.symbol + ")" : that.symbol;
        String quotient = divisor.isEmpty() ? symbol : (symbol.isEmpty() ? "1" : symbol) + "/" + divisor;
        return new Unit(
                quotient, dimension.over(that.dimension), numerator * that.denominator, denominator * that.numerator);
    }

    /** {@code amount} of this unit, in SI. */
    public double toSi(double amount) {
        return amount * numerator / denominator;
    }

    /** {@code si} in this unit. */
    public double fromSi(double si) {
        return si * denominator / numerator;
    }

    /** Whether both stand for the same amount of the same thing, whatever they are called. */
    public boolean sameSize(Unit that) {
        return dimension.equals(that.dimension) && numerator == that.numerator && denominator == that.denominator;
    }
}
