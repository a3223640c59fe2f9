package headroom.plan.traffic;

import headroom.units.Ranges;

/**
 * Prompts of one class that begin alike, as behind one system prompt.
 *
 * @param tokens length of what they share, counted in the prompt's length; a shorter prompt is shared whole
 * @param groups how many such beginnings there are; each request draws one, all alike in likelihood
 */
public record SharedPrefixSpec(int tokens, int groups) {
    public SharedPrefixSpec {
        Ranges.atLeast("sharedPrefix.tokens", tokens, 1);
        Ranges.atLeast("sharedPrefix.groups", groups, 1);
    }
}
