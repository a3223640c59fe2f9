package headroom.dsl.claims;

import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the points that a word of a claim means, and says what is wrong when there is none. */
final class Lookup {
    private final Answers answers;
    private final Doubts doubts;

    Lookup(Answers answers, Doubts doubts) {
        this.answers = answers;
        this.doubts = doubts;
    }

    Answers answers() {
        return answers;
    }

    /** The one point with these values; null when the claim cannot be answered without it. */
    @Nullable
    PointAnswer one(String word, Map<String, Object> values) {
        List<PointAnswer> left = matching(word, values, null);
        if (left.isEmpty()) {
            return null;
        }
        if (left.size() > 1) {
            return ambiguous(word, values, left);
        }
        PointAnswer point = left.get(0);
        if (!point.canRun()) {
            doubts.cannotTell("the point " + point.label() + " cannot run: " + point.reason());
            return null;
        }
        return point;
    }

    /**
     * Every point with these values, in the sweep's order; none when the command line took them away.
     *
     * @param argument of the word in which the values stand; null when they are its own arguments
     */
    List<PointAnswer> matching(String word, Map<String, Object> values, @Nullable String argument) {
        checkNames(word, values, argument);
        List<PointAnswer> left = answers.points();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            String name = value.getKey();
            List<PointAnswer> matching = left.stream()
                    .filter(point -> point.has(name, value.getValue()))
                    .toList();
            if (!matching.isEmpty()) {
                left = matching;
            } else if (answers.removed(name, value.getValue())) {
                doubts.skip("-P " + name + " leaves no point with " + name + ": " + shown(value.getValue()));
                return List.of();
            } else if (answers.allValuesOf(name) && answers.parameters().contains(name)) {
                boolean alone = answers.points().stream().noneMatch(point -> point.has(name, value.getValue()));
                List<Object> known = answers.valuesOf(name, alone ? answers.points() : left);
                throw new Mistake(
                        "no point has " + (alone ? name + ": " + shown(value.getValue()) : shown(values)),
                        name + " is " + list(known) + (alone ? "" : " with the others"),
                        argument == null ? name : argument);
            }
        }
        return left;
    }

    private void checkNames(String word, Map<String, Object> values, @Nullable String argument) {
        for (String name : values.keySet()) {
            if (!answers.parameters().contains(name)) {
                String near = Nearest.remedy(name, answers.parameters());
                String all = answers.parameters().isEmpty()
                        ? "the script has no parameters"
                        : word + " knows " + String.join(", ", answers.parameters());
                String message = "there is no parameter '" + name + "'";
                if (!near.isEmpty() || answers.allParameters()) {
                    String remedy = near.isEmpty() ? all : near;
                    throw argument == null
                            ? Mistake.atName(message, remedy, name)
                            : new Mistake(message, remedy, argument);
                }
            }
        }
    }

    /** The values of a numeric parameter, rising; null when the command line took some of them away. */
    @Nullable
    List<Object> axis(String word, String over) {
        if (!answers.parameters().contains(over)) {
            String near = Nearest.remedy(over, answers.parameters());
            if (near.isEmpty() && !answers.allParameters()) {
                return null;
            }
            throw new Mistake("there is no parameter '" + over + "'", near, "over");
        }
        List<Object> axis = answers.valuesOf(over, answers.points());
        for (Object value : axis) {
            if (!(value instanceof Number)) {
                throw new Mistake(
                        word + " goes over numbers, but " + over + " has " + Accepts.describe(value), "", "over");
            }
        }
        if (thinned(word, Set.of(over))) {
            return null;
        }
        List<Object> rising = new ArrayList<>(axis);
        rising.sort(Comparator.comparing(value -> new BigDecimal(value.toString())));
        return rising;
    }

    /** Whether the command line took away values over which a word goes; the claim is then skipped. */
    boolean thinned(String word, Set<String> open) {
        for (String name : open) {
            List<Object> gone = answers.removed(name);
            if (!gone.isEmpty()) {
                doubts.skip(
                        "-P " + name + " leaves out " + name + ": " + list(gone) + ", over which " + word + " goes");
                return true;
            }
        }
        return false;
    }

    /** The parameters of the script that {@code values} does not name. */
    Set<String> open(Map<String, Object> values) {
        Set<String> open = new LinkedHashSet<>(answers.parameters());
        open.removeAll(values.keySet());
        return open;
    }

    static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put(name, value);
        return all;
    }

    /** A point that the script left open is a mistake; one that only the command line opened is no longer its claim's. */
    private @Nullable PointAnswer ambiguous(String word, Map<String, Object> values, List<PointAnswer> left) {
        Set<String> open = new LinkedHashSet<>();
        boolean byScript = false;
        String remedy = "";
        for (String name : answers.parameters()) {
            List<Object> choices = answers.valuesOf(name, left);
            if (choices.size() > 1) {
                if (values.containsKey(name)) {
                    return left.get(0); // its values are not known for a mistake elsewhere
                }
                open.add(name + " open (" + list(choices) + ")");
                byScript |= !answers.overridden(name);
                remedy = remedy.isEmpty() ? "add " + name + ": " + shown(choices.get(0)) : remedy;
            }
        }
        String message = word + "(" + shown(values) + ") leaves " + String.join(" and ", open);
        if (byScript) {
            throw new Mistake(message, remedy);
        }
        doubts.skip(message + " because of -P");
        return null;
    }

    /** Values as a script writes them. */
    static String shown(Map<String, Object> values) {
        return String.join(
                ", ",
                values.entrySet().stream()
                        .map(value -> value.getKey() + ": " + shown(value.getValue()))
                        .toList());
    }

    private static String list(List<Object> values) {
        return String.join(", ", values.stream().map(Lookup::shown).toList());
    }

    private static String shown(Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
