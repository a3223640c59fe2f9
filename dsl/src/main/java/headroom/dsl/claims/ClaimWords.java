package headroom.dsl.claims;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Guard;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Poison;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.units.Quantity;
import headroom.units.Unit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of an {@code expect} block. */
public final class ClaimWords implements Vocabulary {
    private final Lookup lookup;
    private final PerPoint perPoint;
    private final Doubts doubts;
    private final Evidence evidence;

    ClaimWords(Guard guard, Answers answers, Doubts doubts, Evidence evidence) {
        this.lookup = new Lookup(answers, doubts);
        this.perPoint = new PerPoint(guard, doubts);
        this.doubts = doubts;
        this.evidence = evidence;
    }

    @Word(
            doc = "the point with these parameter values",
            repeats = true,
            gives = PointFigures.class,
            example = "at(users: 50, precision: 'int8').e2e.p95 < 2.s")
    public Object at(
            @Arg(doc = "values of parameters that single out one point", like = "users: 50")
                    Map<String, Object> values) {
        return figures(lookup.one("at", values));
    }

    @Word(
            doc = "the smallest value of a parameter for which something holds, never when it holds for none",
            repeats = true,
            gives = Number.class,
            example = "firstWhere(over: 'users', precision: 'int8') { e2e.p95 > 2.s } > 100")
    public Object firstWhere(
            @Arg(doc = "a parameter with numbers", named = true, like = "'users'") String over,
            @Arg(doc = "values of the other parameters", like = "precision: 'int8'") Map<String, Object> values,
            @DelegatesTo(value = PointFigures.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> condition) {
        return new FirstWhere(lookup, perPoint, evidence).value(over, values, condition);
    }

    @Word(
            doc = "the point at which a figure is best, among those with these values, and where: a condition holds",
            repeats = true,
            gives = PointFigures.class,
            example = "best(users: 50, where: { meetsSlo }) { cost.per1MOutputTokens }.precision == 'int8'")
    public Object best(
            @Arg(
                            doc = "what a point must hold to be chosen",
                            named = true,
                            like = "a condition such as { e2e.p95 < 2.s }",
                            unsaid = "every point may be chosen")
                    @Nullable
                    @DelegatesTo(value = PointFigures.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> where,
            @Arg(
                            doc = "which value of the figure is best",
                            named = true,
                            like = "'highest'",
                            unsaid = "what is better for the figure, such as the lowest latency")
                    @Nullable
                    Aim aim,
            @Arg(doc = "values of other parameters", like = "precision: 'int8'") Map<String, Object> values,
            @DelegatesTo(value = PointFigures.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> metric) {
        return figures(new Best(lookup, perPoint, doubts).point(values, aim, where, metric, evidence));
    }

    @Word(
            doc = "from which value of a parameter on a figure of one series lies below: or above: that of another",
            repeats = true,
            gives = Number.class,
            example =
                    "crossover(over: 'users', of: [precision: 'int8'], below: [precision: 'int4-awq']) { e2e.p95 } < 100")
    public Object crossover(
            @Arg(doc = "a parameter with numbers", named = true, like = "'users'") String over,
            @Arg(doc = "the series that overtakes", named = true, like = "parameter values such as [precision: 'int8']")
                    Map<String, Object> of,
            @Arg(
                            doc = "the series below which it then lies",
                            named = true,
                            like = "parameter values such as [precision: 'fp16']",
                            unsaid = "above: is needed")
                    @Nullable
                    Map<String, Object> below,
            @Arg(
                            doc = "the series above which it then lies",
                            named = true,
                            like = "parameter values such as [precision: 'fp16']",
                            unsaid = "below: is needed")
                    @Nullable
                    Map<String, Object> above,
            @Arg(doc = "values of other parameters", like = "precision: 'int8'") Map<String, Object> values,
            @DelegatesTo(value = PointFigures.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> metric) {
        Map<String, Object> other = below == null ? above : below;
        if (other == null || (below != null && above != null)) {
            throw new Mistake(
                    "crossover needs either below: or above:, the series that is overtaken",
                    "write, for example, below: [precision: 'fp16']");
        }
        Crossover.Question question = new Crossover.Question(of, other, below != null);
        return new Crossover(lookup, perPoint, doubts, evidence).value(over, question, values, metric);
    }

    @Word(
            doc = "how many times the second figure the first is; both must measure the same",
            repeats = true,
            gives = Quantity.class,
            example = "ratio(at(users: 50).ttft.p95, at(users: 50).e2e.p95) < 0.5")
    public Object ratio(
            @Arg(doc = "the figure above", like = "a figure such as at(users: 50).e2e.p95") Object figure,
            @Arg(doc = "the figure below", like = "a figure such as at(users: 50).e2e.p95") Object to) {
        Quantity dividend = quantity(figure, 0);
        Quantity divisor = quantity(to, 1);
        if (!dividend.dimension().equals(divisor.dimension())) {
            throw new Mistake(
                    "ratio needs two figures of one kind, got " + Accepts.describe(figure) + " and "
                            + Accepts.describe(to),
                    "");
        }
        if (divisor.amount() == 0) {
            doubts.cannotTell("ratio divides by " + divisor + ": " + evidence.figures());
            return Poison.VALUE;
        }
        return dividend.div(divisor);
    }

    private static Quantity quantity(Object value, int argument) {
        if (value instanceof Quantity quantity) {
            return quantity;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return new Quantity(number.doubleValue(), Unit.NONE);
        }
        throw new Mistake(
                "ratio needs a figure such as at(users: 50).e2e.p95, got " + Accepts.describe(value),
                value instanceof LatencyFigures ? "add a statistic: " + value + ".p95" : "",
                argument);
    }

    private Object figures(@Nullable PointAnswer point) {
        return point == null ? Poison.VALUE : new PointFigures(point, doubts, evidence);
    }
}
