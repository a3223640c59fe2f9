package headroom.dsl.claims;

import groovy.lang.Closure;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Guard;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
import headroom.dsl.script.Poison;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words of an {@code expect} block. */
public final class ClaimWords implements Vocabulary {
    private final Guard guard;
    private final Answers answers;
    private final Doubts doubts;

    ClaimWords(Guard guard, Answers answers, Doubts doubts) {
        this.guard = guard;
        this.answers = answers;
        this.doubts = doubts;
    }

    @Word(
            doc = "the point with these parameter values",
            repeats = true,
            example = "at(users: 50, precision: 'int8').e2e.p95 < 2.s")
    public Object at(Map<String, Object> values) {
        return point("at", values);
    }

    @Word(
            doc = "the smallest value of a parameter for which something holds, never when it holds for none",
            repeats = true,
            example = "firstWhere(over: 'users', precision: 'int8') { e2e.p95 > 2.s } > 100")
    public Object firstWhere(
            @Arg(named = true, like = "'users'") String over, Map<String, Object> values, Closure<?> condition) {
        checkNames("firstWhere", values);
        if (!answers.parameters().contains(over)) {
            throw new Mistake(
                    "there is no parameter '" + over + "'", Nearest.remedy(over, answers.parameters()), "over");
        }
        List<Object> axis = answers.valuesOf(over, answers.points());
        for (Object value : axis) {
            if (!(value instanceof Number)) {
                throw new Mistake(
                        "firstWhere goes over numbers, but " + over + " has " + Accepts.describe(value), "", "over");
            }
        }
        List<Object> rising = new ArrayList<>(axis);
        rising.sort(Comparator.comparing(value -> new BigDecimal(value.toString())));
        for (Object value : rising) {
            Map<String, Object> all = new LinkedHashMap<>(values);
            all.put(over, value);
            Object point = point("firstWhere", all);
            if (point instanceof Poison) {
                return point;
            }
            Object holds = guard.evaluateQuietly("firstWhere", (PointFigures) point, condition);
            if (holds instanceof Poison) {
                return holds;
            }
            if (!(holds instanceof Boolean yes)) {
                throw new Mistake(
                        "firstWhere needs a condition that is true or false, got " + Accepts.describe(holds),
                        "write, for example, { e2e.p95 > 2.s }");
            }
            if (yes) {
                return value;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private Object point(String word, Map<String, Object> values) {
        checkNames(word, values);
        List<Answers.PointAnswer> left = answers.points();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            List<Answers.PointAnswer> matching = left.stream()
                    .filter(point -> point.has(value.getKey(), value.getValue()))
                    .toList();
            if (matching.isEmpty()) {
                return absent(value.getKey(), value.getValue());
            }
            left = matching;
        }
        if (left.size() > 1) {
            return ambiguous(word, values, left);
        }
        Answers.PointAnswer point = left.get(0);
        if (point.summaries().isEmpty()) {
            doubts.cannotTell("the point " + point.label() + " cannot run: " + point.reason());
            return Poison.VALUE;
        }
        return new PointFigures(point.label(), point.summaries(), doubts);
    }

    private void checkNames(String word, Map<String, Object> values) {
        for (String name : values.keySet()) {
            if (!answers.parameters().contains(name)) {
                String near = Nearest.remedy(name, answers.parameters());
                String all = answers.parameters().isEmpty()
                        ? "the script has no parameters"
                        : word + " knows " + String.join(", ", answers.parameters());
                throw Mistake.atName("there is no parameter '" + name + "'", near.isEmpty() ? all : near, name);
            }
        }
    }

    private Object absent(String name, Object value) {
        if (answers.removed(name, value)) {
            doubts.skip("-P " + name + " leaves no point with " + name + ": " + shown(value));
            return Poison.VALUE;
        }
        List<Object> known = answers.valuesOf(name, answers.points());
        throw new Mistake("no point has " + name + ": " + shown(value), name + " is " + list(known), name);
    }

    /** A point that the script left open is a mistake; one that only the command line opened is no longer its claim's. */
    private Object ambiguous(String word, Map<String, Object> values, List<Answers.PointAnswer> left) {
        Set<String> open = new LinkedHashSet<>();
        boolean byScript = false;
        String remedy = "";
        for (String name : answers.parameters()) {
            List<Object> choices = answers.valuesOf(name, left);
            if (choices.size() > 1) {
                open.add(name + " open (" + list(choices) + ")");
                byScript |= !answers.overridden(name);
                remedy = remedy.isEmpty() ? "add " + name + ": " + shown(choices.get(0)) : remedy;
            }
        }
        StringBuilder said = new StringBuilder();
        values.forEach((name, value) -> said.append(said.isEmpty() ? "" : ", ")
                .append(name)
                .append(": ")
                .append(shown(value)));
        String message = word + "(" + said + ") leaves " + String.join(" and ", open);
        if (byScript) {
            throw new Mistake(message, remedy);
        }
        doubts.skip(message + " because of -P");
        return Poison.VALUE;
    }

    private static String list(List<Object> values) {
        return String.join(", ", values.stream().map(ClaimWords::shown).toList());
    }

    private static String shown(Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
