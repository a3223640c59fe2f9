package headroom.plan.serving;

import headroom.units.Ranges;
import java.util.List;

/**
 * Speculative decoding: each step verifies tokens that something cheaper has drafted and delivers those before the first
 * wrong one, and one more.
 *
 * @param acceptance probability that the i-th drafted token of a step is accepted when all before it were; one for each
 */
public record SpeculativeSpec(DraftSpec draft, List<Double> acceptance) {
    /** The most tokens that a step drafts for a sequence. */
    public static final int MOST_TOKENS = 32;

    public SpeculativeSpec {
        acceptance = List.copyOf(acceptance);
        Ranges.between("speculative.tokens", acceptance.size(), 1, MOST_TOKENS);
        acceptance.forEach(p -> Ranges.between("speculative.acceptance", p, 0, 1));
    }

    /** Tokens drafted a step and sequence. */
    public int tokens() {
        return acceptance.size();
    }

    /** Probabilities that at least 1, 2, ... drafted tokens of a step are accepted: products of the acceptance. */
    public double[] reaches() {
        double[] reaches = new double[acceptance.size()];
        double product = 1;
        for (int i = 0; i < reaches.length; i++) {
            product *= acceptance.get(i);
            reaches[i] = product;
        }
        return reaches;
    }
}
