package headroom.plan.variation;

import headroom.plan.Experiment;
import headroom.plan.Plan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan in which one thing is larger or smaller.
 *
 * @param resource what is changed, for people
 * @param kind what kind of thing that is
 * @param more whether there is more of it
 * @param change by how much: {@code +10 %}, {@code -1}, or whole numbers such as {@code 50 to 55}
 * @param plan the changed plan; null when it cannot run
 * @param refusals why it cannot run; empty when it can
 */
public record Variation(
        String resource,
        Kind kind,
        boolean more,
        String change,
        @Nullable Plan plan,
        List<String> refusals) {
    public Variation {
        refusals = List.copyOf(refusals);
    }

    /** Who decides about a thing. */
    public enum Kind {
        /** Money buys it: devices, and what they can do. */
        BOUGHT,
        /** A setting, or the software. */
        TUNED,
        /** The users decide. */
        DEMANDED,
        /** The site and its contracts. */
        CONTRACTED
    }

    /** {@code device bandwidth +10 %}. */
    public String label() {
        return resource + " " + change;
    }

    /** As a point to run, named and without parameters. */
    public Experiment.Point point() {
        return new Experiment.Point(label(), label(), Map.of(), plan, refusals);
    }
}
