package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.units.Dimension;
import headroom.units.Quantity;
import headroom.units.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Distributions of lengths as scripts state them, from what the words for values are given. */
final class StatedLengths {
    /** The 95 % quantile of the standard normal distribution. */
    private static final double Z95 = 1.6448536269514722;

    private StatedLengths() {}

    /** A think time, or a length, that is always the same. */
    static Object fixed(Object value) {
        if (value instanceof Quantity quantity) {
            if (quantity.dimension().equals(Dimension.TIME)) {
                return new ThinkSpec.Fixed(quantity.si());
            } else if (quantity.dimension().equals(Dimension.TOKENS)) {
                return new LengthSpec.Fixed(wholeTokens("fixed", quantity));
            }
        }
        String remedy = value instanceof Number ? "give it a unit: " + value + ".tokens or " + value + ".s" : "";
        throw new Mistake(
                "fixed needs a time such as 8.s or a number of tokens such as 600.tokens, got "
                        + Accepts.describe(value),
                remedy,
                0);
    }

    /** By two of its figures; null is not stated. */
    static LengthSpec lognormal(
            @Nullable Quantity median, @Nullable Quantity mean, @Nullable Quantity p95, @Nullable Double cv) {
        if (median != null && p95 != null && mean == null && cv == null) {
            rising("p95", p95, "median", median);
            return new LengthSpec.Lognormal(tokens(median), StrictMath.log(tokens(p95) / tokens(median)) / Z95);
        }
        if (mean != null && cv != null && median == null && p95 == null) {
            double variance = StrictMath.log(1 + cv * cv);
            return new LengthSpec.Lognormal(tokens(mean) / StrictMath.exp(variance / 2), StrictMath.sqrt(variance));
        }
        if (mean != null && p95 != null && median == null && cv == null) {
            rising("p95", p95, "mean", mean);
            double square = Z95 * Z95 - 2 * StrictMath.log(tokens(p95) / tokens(mean));
            if (square < 0) {
                throw new Mistake(
                        "no lognormal distribution has p95 " + p95 + " and mean " + mean,
                        "p95 can be at most 3.87 times the mean: state median and p95 instead",
                        "p95");
            }
            double sigma = Z95 - StrictMath.sqrt(square);
            return new LengthSpec.Lognormal(tokens(mean) / StrictMath.exp(sigma * sigma / 2), sigma);
        }
        throw new Mistake(
                "lognormal needs median: and p95:, mean: and cv:, or mean: and p95:",
                "write, for example, lognormal(median: 600.tokens, p95: 2400.tokens)");
    }

    /** By its quantiles, straight lines between them. */
    static LengthSpec quantiles(Map<String, Object> points) {
        List<LengthSpec.Quantiles.Point> list = new ArrayList<>();
        points.forEach((name, value) -> {
            double percent = Percent.of("quantiles", name);
            if (!(value instanceof Quantity quantity) || !quantity.dimension().equals(Dimension.TOKENS)) {
                throw new Mistake(
                        "quantiles " + name + ": needs a number of tokens such as 600.tokens, got "
                                + Accepts.describe(value),
                        value instanceof Number ? "give it a unit: " + value + ".tokens" : "",
                        name);
            }
            list.add(new LengthSpec.Quantiles.Point(percent / 100, tokens(quantity)));
        });
        list.sort(Comparator.comparingDouble(LengthSpec.Quantiles.Point::probability));
        if (list.size() < 2
                || list.get(0).probability() != 0
                || list.get(list.size() - 1).probability() != 1) {
            throw new Mistake(
                    "quantiles must run from p0 (the shortest) to p100 (the longest)",
                    "write, for example, quantiles(p0: 1.tokens, p50: 900.tokens, p100: 4000.tokens)");
        }
        return new LengthSpec.Quantiles(list);
    }

    static double tokens(Quantity quantity) {
        return quantity.in(Units.TOKEN);
    }

    static int wholeTokens(String word, Quantity quantity) {
        double tokens = tokens(quantity);
        if (tokens != Math.rint(tokens) || Math.abs(tokens) > Integer.MAX_VALUE) {
            throw new Mistake(word + " needs a whole number of tokens, got " + quantity, "");
        }
        return (int) tokens;
    }

    private static void rising(String upper, Quantity high, String lower, Quantity low) {
        if (!(low.si() > 0 && high.compareTo(low) > 0)) {
            throw new Mistake(
                    "lognormal " + upper + ": must be above " + lower + ": (" + low + "), got " + high, "", upper);
        }
    }
}
