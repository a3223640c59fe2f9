package headroom.plan.variation;

import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.PlanChecks;
import headroom.plan.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The variations of one point of an experiment: each resource, setting, demand and price a tenth less and a tenth more, the
 * rest as it is. A pure function: who has the experiment has its variations.
 */
public final class Sensitivity {
    private Sensitivity() {}

    /**
     * The variations of the point that the experiment's report names; empty when it names none.
     *
     * @throws IllegalArgumentException when there is no such point, or it cannot run
     */
    public static List<Variation> of(Experiment experiment) {
        String label = experiment.report().sensitivityAt();
        if (label == null) {
            return List.of();
        }
        for (Experiment.Point point : experiment.points()) {
            Plan plan = point.plan();
            if (point.label().equals(label) && plan != null) {
                return of(plan);
            }
        }
        throw new IllegalArgumentException("sensitivity is asked for at '" + label + "', which is no point that runs");
    }

    /** The variations of {@code plan}. */
    public static List<Variation> of(Plan plan) {
        List<Knob> knobs = new ArrayList<>(DeviceKnobs.all());
        knobs.addAll(ServingKnobs.all(plan));
        knobs.addAll(LoadKnobs.all());
        knobs.addAll(SiteKnobs.all());
        List<Variation> variations = new ArrayList<>();
        for (Knob knob : knobs) {
            for (Step step : Step.values()) {
                variations.add(variation(plan, knob, step));
            }
        }
        return List.copyOf(variations);
    }

    private static Variation variation(Plan plan, Knob knob, Step step) {
        boolean more = step == Step.MORE;
        Plan turned;
        try {
            turned = knob.turn().turned(plan, step);
        } catch (IllegalArgumentException outOfRange) {
            // A record says in this way that a value cannot be, and a knob that its plan has no such thing.
            return new Variation(
                    knob.resource(),
                    knob.kind(),
                    more,
                    knob.asked(step),
                    null,
                    List.of(String.valueOf(outOfRange.getMessage())));
        }
        List<String> refusals =
                PlanChecks.problems(turned).stream().map(Problem::message).toList();
        return new Variation(
                knob.resource(),
                knob.kind(),
                more,
                knob.change(plan, turned, step),
                refusals.isEmpty() ? turned : null,
                refusals);
    }
}
