package headroom.dsl.claims;

import groovy.lang.Closure;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Mistake;
import headroom.plan.Better;
import headroom.units.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The point of a sweep, or of a part of it, at which a figure is best. */
final class Best {
    private static final String WORD = "best";

    private final Lookup lookup;
    private final PerPoint perPoint;
    private final Doubts doubts;

    private @Nullable PointAnswer winner;
    private @Nullable Quantity top;
    private int candidates;
    private int equals;

    Best(Lookup lookup, PerPoint perPoint, Doubts doubts) {
        this.lookup = lookup;
        this.perPoint = perPoint;
        this.doubts = doubts;
    }

    /**
     * Finds it, and tells {@code evidence}; null when it is in doubt or was reported. The first of the sweep's order
     * counts when several are equal.
     *
     * @param values of the points among which it is looked for
     * @param where what they must fulfil as well; null for nothing
     */
    @Nullable
    PointAnswer point(
            Map<String, Object> values,
            @Nullable Aim aim,
            @Nullable Closure<?> where,
            Closure<?> metric,
            Evidence evidence) {
        List<PointAnswer> points = lookup.matching(WORD, values, null);
        if (points.isEmpty() || lookup.thinned(WORD, lookup.open(values))) {
            return null;
        }
        boolean rehearsed = lookup.answers().rehearsed();
        String name = "";
        for (PointAnswer point : rehearsed ? points.subList(0, 1) : points) {
            if (!point.canRun()) {
                continue;
            }
            if (where != null) {
                Boolean holds = perPoint.holds(WORD, point, where, new Evidence());
                if (holds == null) {
                    return null;
                }
                if (!holds && !rehearsed) {
                    continue;
                }
            }
            Evidence seen = new Evidence();
            Quantity value = perPoint.figure(WORD, point, metric, seen);
            if (value == null) {
                return null;
            }
            Reading reading = seen.lastIfItIs(value);
            consider(point, value, aim == null ? aim(reading) : aim);
            name = reading == null ? "" : " by " + reading.name();
        }
        if (winner == null) {
            long unable = points.stream().filter(point -> !point.canRun()).count();
            doubts.cannotTell("no point of " + points.size()
                    + (unable == points.size() ? " can run" : " is as where: asks")
                    + (unable > 0 && unable < points.size() ? "; " + unable + " cannot run" : ""));
            return null;
        }
        evidence.remark("best" + name + " of " + candidates + (candidates == 1 ? " point" : " points") + " is "
                + winner.label() + " with " + top + (equals > 0 ? ", as at " + equals + " more" : ""));
        return winner;
    }

    private void consider(PointAnswer point, Quantity value, Aim aim) {
        candidates++;
        int order = top == null ? -1 : value.compareTo(top);
        if (top != null && order == 0) {
            equals++;
        } else if (top == null || (aim == Aim.LOWEST ? order < 0 : order > 0)) {
            winner = point;
            top = value;
            equals = 0;
        }
    }

    private static Aim aim(@Nullable Reading reading) {
        if (reading == null || reading.better() == Better.NEITHER) {
            throw new Mistake(
                    "best cannot tell whether the lowest or the highest " + (reading == null ? "value" : reading.name())
                            + " is meant",
                    "add aim: 'lowest' or aim: 'highest'");
        }
        return reading.better() == Better.LOWER ? Aim.LOWEST : Aim.HIGHEST;
    }
}
