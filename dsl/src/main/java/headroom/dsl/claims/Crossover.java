package headroom.dsl.claims;

import groovy.lang.Closure;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Poison;
import headroom.units.Quantity;
import headroom.units.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the figure of one series gets below, or above, that of another, over a numeric parameter. Between two swept
 * points both are taken as straight lines.
 */
final class Crossover {
    private static final String WORD = "crossover";

    private final Lookup lookup;
    private final PerPoint perPoint;
    private final Doubts doubts;
    private final Evidence evidence;

    Crossover(Lookup lookup, PerPoint perPoint, Doubts doubts, Evidence evidence) {
        this.lookup = lookup;
        this.perPoint = perPoint;
        this.doubts = doubts;
        this.evidence = evidence;
    }

    /**
     * What is to cross.
     *
     * @param of parameter values of the series that overtakes
     * @param other parameter values of the series that is overtaken
     * @param below whether it gets below the other, else above
     */
    record Question(Map<String, Object> of, Map<String, Object> other, boolean below) {
        String side() {
            return below ? "below" : "above";
        }

        String series() {
            return "[" + Lookup.shown(of) + "]";
        }

        String than() {
            return side() + " [" + Lookup.shown(other) + "]";
        }
    }

    /** Both series at one value of the parameter; {@code lead} is positive where the first is on the wanted side. */
    private record Pair(Object value, Quantity of, Quantity other, double lead, Evidence seen) {
        double position() {
            return Double.parseDouble(value.toString());
        }
    }

    /** A change of sides between two pairs; {@code gains} when the first series gets to the wanted side. */
    private record Crossing(double position, Pair before, Pair after, boolean gains) {}

    /** The value of the parameter; {@link Poison} when there is not exactly one, or that was reported. */
    Object value(String over, Question question, Map<String, Object> values, Closure<?> metric) {
        List<Object> axis = lookup.axis(WORD, over);
        if (axis == null) {
            return Poison.VALUE;
        }
        if (axis.size() < 2 && lookup.answers().allValuesOf(over)) {
            throw new Mistake(
                    "crossover needs at least two values of " + over, "sweep it: sweep " + over + ": [...]", "over");
        }
        List<Pair> pairs = new ArrayList<>();
        for (Object value : axis) {
            Pair pair = pair(question, Lookup.with(values, over, value), value, metric);
            if (pair == null) {
                return Poison.VALUE;
            }
            pairs.add(pair);
        }
        if (lookup.answers().rehearsed()) {
            return pairs.get(0).value;
        }
        return only(over, question, pairs);
    }

    private @Nullable Pair pair(Question question, Map<String, Object> values, Object value, Closure<?> metric) {
        Evidence seen = new Evidence();
        Quantity of = figure(values, question.of, "of", metric, seen);
        Quantity other = of == null ? null : figure(values, question.other, question.side(), metric, seen);
        if (of == null || other == null) {
            return null;
        }
        double lead = question.below ? other.si() - of.si() : of.si() - other.si();
        of.compareTo(other); // refuses unlike ones
        return new Pair(value, of, other, lead, seen);
    }

    private @Nullable Quantity figure(
            Map<String, Object> values, Map<String, Object> own, String argument, Closure<?> metric, Evidence seen) {
        lookup.matching(WORD, own, argument);
        Map<String, Object> all = values;
        for (Map.Entry<String, Object> entry : own.entrySet()) {
            all = Lookup.with(all, entry.getKey(), entry.getValue());
        }
        PointAnswer point = lookup.one(WORD, all);
        return point == null ? null : perPoint.figure(WORD, point, metric, seen);
    }

    private Object only(String over, Question question, List<Pair> pairs) {
        List<Crossing> crossings = crossings(pairs);
        if (crossings.size() == 1 && crossings.get(0).gains) {
            Crossing crossing = crossings.get(0);
            evidence.remark("crossover between " + over + "=" + crossing.before.value + " and " + over + "="
                    + crossing.after.value);
            evidence.readAll(crossing.before.seen);
            evidence.readAll(crossing.after.seen);
            return crossing.position;
        }
        if (crossings.isEmpty()) {
            boolean always = pairs.stream().anyMatch(pair -> pair.lead > 0);
            doubts.cannotTell("no crossover over " + over + ": " + question.series()
                    + (always ? " is always " : " is never ") + question.than() + ", from "
                    + shown(over, pairs.get(0)) + " to " + shown(over, pairs.get(pairs.size() - 1)));
        } else {
            List<String> each = crossings.stream()
                    .map(crossing -> (crossing.gains ? "" : "no longer ") + question.than() + " from "
                            + new Quantity(crossing.position, Unit.NONE) + " on (between "
                            + shown(over, crossing.before) + " and " + shown(over, crossing.after) + ")")
                    .toList();
            doubts.cannotTell((crossings.size() == 1 ? "the crossover" : crossings.size() + " crossovers") + " over "
                    + over + (crossings.size() == 1 ? " goes the other way: " : ": ") + question.series() + " is "
                    + String.join(", ", each));
        }
        return Poison.VALUE;
    }

    /** Every change of sides; series that only touch do not cross. */
    private static List<Crossing> crossings(List<Pair> pairs) {
        List<Crossing> crossings = new ArrayList<>();
        int before = -1;
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            if (pair.lead == 0) {
                continue;
            }
            if (before >= 0 && pairs.get(before).lead > 0 != pair.lead > 0) {
                Pair last = pairs.get(i - 1);
                double position =
                        last.position() + (pair.position() - last.position()) * last.lead / (last.lead - pair.lead);
                crossings.add(new Crossing(position, last, pair, pair.lead > 0));
            }
            before = i;
        }
        return crossings;
    }

    private static String shown(String over, Pair pair) {
        return over + "=" + pair.value + " (" + pair.of + ", " + pair.other + ")";
    }
}
