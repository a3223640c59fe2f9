package headroom.dsl.claims;

import groovy.lang.Closure;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Poison;
import java.util.List;
import java.util.Map;

/** The smallest value of a parameter for which something holds. */
final class FirstWhere {
    private static final String WORD = "firstWhere";

    private final Lookup lookup;
    private final PerPoint perPoint;
    private final Evidence evidence;

    FirstWhere(Lookup lookup, PerPoint perPoint, Evidence evidence) {
        this.lookup = lookup;
        this.perPoint = perPoint;
        this.evidence = evidence;
    }

    /** The value; infinite when it holds for none, {@link Poison} when that is in doubt or was reported. */
    Object value(String over, Map<String, Object> values, Closure<?> condition) {
        List<Object> axis = lookup.axis(WORD, over);
        if (axis == null) {
            return Poison.VALUE;
        }
        Evidence seen = new Evidence();
        for (Object value : axis) {
            seen = new Evidence();
            PointAnswer point = lookup.one(WORD, Lookup.with(values, over, value));
            Boolean holds = point == null ? null : perPoint.holds(WORD, point, condition, seen);
            if (holds == null) {
                return Poison.VALUE;
            }
            if (holds) {
                evidence.remark("the first " + over + " is " + value + ", where " + seen.figures());
                return value;
            }
        }
        evidence.remark("no " + over + " up to " + axis.get(axis.size() - 1) + ", where " + seen.figures());
        return Double.POSITIVE_INFINITY;
    }
}
