package headroom.plan.variation;

import headroom.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Something of a plan that may be larger or smaller.
 *
 * @param byOne whether it is changed by one rather than by a tenth
 * @param turn the changed plan; an {@link IllegalArgumentException} says why there is none
 * @param numbers the whole numbers that it changes, in an order of their own; empty where it changes others
 */
record Knob(String resource, Variation.Kind kind, boolean byOne, Turn turn, Function<Plan, List<Integer>> numbers) {
    /** Changes a plan. */
    @FunctionalInterface
    interface Turn {
        Plan turned(Plan plan, Step step);
    }

    static Knob tenth(String resource, Variation.Kind kind, Turn turn) {
        return new Knob(resource, kind, false, turn, plan -> List.of());
    }

    /** A tenth of whole numbers is seldom whole, so what is said of the change are the numbers themselves. */
    String change(Plan plan, Plan turned, Step step) {
        List<Integer> before = numbers.apply(plan);
        List<Integer> after = numbers.apply(turned);
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                String text = before.get(i) + " to " + after.get(i);
                if (!changes.contains(text)) {
                    changes.add(text);
                }
            }
        }
        return changes.isEmpty() ? asked(step) : String.join(", ", changes);
    }

    /** What was asked for, whether or not it can be. */
    String asked(Step step) {
        return byOne ? String.format(Locale.ROOT, "%+d", step.one()) : step.toString();
    }
}
