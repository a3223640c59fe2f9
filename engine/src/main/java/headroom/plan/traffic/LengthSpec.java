package headroom.plan.traffic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;
import java.util.List;

/**
 * How many tokens a prompt or an answer has. Every draw is rounded to the nearest whole token and, where there are tokens,
 * is at least 1 and at most {@value #LONGEST_TOKENS}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LengthSpec.Fixed.class, name = "fixed"),
    @JsonSubTypes.Type(value = LengthSpec.Uniform.class, name = "uniform"),
    @JsonSubTypes.Type(value = LengthSpec.Lognormal.class, name = "lognormal"),
    @JsonSubTypes.Type(value = LengthSpec.Geometric.class, name = "geometric"),
    @JsonSubTypes.Type(value = LengthSpec.Quantiles.class, name = "quantiles"),
    @JsonSubTypes.Type(value = LengthSpec.Traced.class, name = "traced"),
    @JsonSubTypes.Type(value = LengthSpec.NoTokens.class, name = "noTokens"),
})
public sealed interface LengthSpec {
    /** Longer draws are cut here; no model of today reads that much. */
    int LONGEST_TOKENS = 100_000_000;

    /** Always {@code tokens}. */
    record Fixed(int tokens) implements LengthSpec {
        public Fixed {
            Ranges.atLeast("length.tokens", tokens, 1);
        }
    }

    /** Every whole number from {@code lowTokens} to {@code highTokens}, both included, equally likely. */
    record Uniform(int lowTokens, int highTokens) implements LengthSpec {
        public Uniform {
            Ranges.atLeast("length.lowTokens", lowTokens, 1);
            Ranges.atLeast("length.highTokens", highTokens, lowTokens);
        }
    }

    /** Lognormal with the given median; {@code sigma} is the standard deviation of the natural logarithm. */
    record Lognormal(double medianTokens, double sigma) implements LengthSpec {
        public Lognormal {
            Ranges.positive("length.medianTokens", medianTokens);
            Ranges.between("length.sigma", sigma, 0, 10);
        }
    }

    /** Geometric on 1, 2, 3, ... with the given mean. */
    record Geometric(double meanTokens) implements LengthSpec {
        public Geometric {
            Ranges.between("length.meanTokens", meanTokens, 1, LONGEST_TOKENS);
        }
    }

    /** Empirical quantiles, straight lines between them; the first has probability 0 and the last probability 1. */
    record Quantiles(List<Point> points) implements LengthSpec {
        public Quantiles {
            points = List.copyOf(points);
            if (points.size() < 2
                    || points.get(0).probability() != 0
                    || points.get(points.size() - 1).probability() != 1) {
                throw new IllegalArgumentException(
                        "length.points must run from probability 0 to probability 1, but is " + points);
            }
            for (int i = 1; i < points.size(); i++) {
                Point low = points.get(i - 1);
                Point high = points.get(i);
                if (!(high.probability() > low.probability() && high.tokens() >= low.tokens())) {
                    throw new IllegalArgumentException("length.points must rise, but " + high + " follows " + low);
                }
            }
        }

        /** {@code tokens} is the length that a share {@code probability} of all requests does not exceed. */
        public record Point(double probability, double tokens) {
            public Point {
                Ranges.between("length.probability", probability, 0, 1);
                Ranges.positive("length.tokens", tokens);
            }
        }
    }

    /** The lengths stand in the trace that is replayed. */
    record Traced() implements LengthSpec {}

    /** Requests of a model of fixed work, which reads and writes no tokens: every draw is 0. */
    record NoTokens() implements LengthSpec {}
}
