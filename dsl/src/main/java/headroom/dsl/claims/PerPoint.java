package headroom.dsl.claims;

import groovy.lang.Closure;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Guard;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Poison;
import headroom.units.Quantity;
import headroom.units.Unit;
import org.jspecify.annotations.Nullable;

/** Asks a closure of a claim at one point after another; what it compares there is not the claim's comparison. */
final class PerPoint {
    private final Guard guard;
    private final Doubts doubts;

    PerPoint(Guard guard, Doubts doubts) {
        this.guard = guard;
        this.doubts = doubts;
    }

    /** Whether a condition holds at a point; null when that is in doubt or was reported. */
    @Nullable
    Boolean holds(String word, PointAnswer point, Closure<?> condition, Evidence evidence) {
        Object holds = ask(word, point, condition, evidence);
        if (holds instanceof Poison) {
            return null;
        }
        if (holds instanceof Boolean yes) {
            return yes;
        }
        throw new Mistake(
                word + " needs a condition that is true or false, got " + Accepts.describe(holds),
                "write, for example, { e2e.p95 > 2.s }");
    }

    /** A figure at a point; null when that is in doubt or was reported. */
    @Nullable
    Quantity figure(String word, PointAnswer point, Closure<?> metric, Evidence evidence) {
        Object value = ask(word, point, metric, evidence);
        if (value instanceof Poison) {
            return null;
        }
        if (value instanceof Quantity quantity) {
            return quantity;
        }
        if (value instanceof Number number) {
            return new Quantity(number.doubleValue(), Unit.NONE);
        }
        throw new Mistake(
                word + " needs a figure, got " + Accepts.describe(value),
                value instanceof LatencyFigures
                        ? "add a statistic: { " + value + ".p95 }"
                        : "write, for example, { cost.per1MOutputTokens }");
    }

    private @Nullable Object ask(String word, PointAnswer point, Closure<?> closure, Evidence evidence) {
        return guard.evaluate(word, new PointFigures(point, doubts, evidence), closure, null);
    }
}
