package headroom.dsl.claims;

import headroom.dsl.build.Measured;
import headroom.dsl.build.Outline;
import headroom.dsl.build.Pass;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Findings;
import headroom.dsl.script.Poison;
import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import headroom.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sets what was measured at the points of a script beside what the simulation says. */
public final class Comparer {
    private final Experiment experiment;
    private final Map<Integer, Pass> measured;

    /**
     * @param measured the evaluations of points at which something was measured, by place of the point
     */
    public Comparer(Experiment experiment, Map<Integer, Pass> measured) {
        this.experiment = experiment;
        this.measured = measured;
    }

    /** Asks invented figures of every point, so that mistakes show before anything is simulated. */
    public void rehearse() {
        measured.forEach((index, pass) -> {
            Experiment.Point point = experiment.points().get(index);
            Plan plan = Objects.requireNonNull(point.plan());
            List<TrafficSummary> invented = plan.traffics().stream()
                    .map(traffic -> Rehearsal.invented(
                            new Outline.Requests(
                                    traffic.name(), !traffic.slo().targets().isEmpty()),
                            1,
                            1))
                    .toList();
            PointAnswer answer = answer(point, invented);
            pass.measurements().forEach(each -> predicted(pass, each, answer, new Doubts()));
        });
    }

    /** Every comparison of points that ran, in the order of points and of the script. */
    public List<Comparison> comparisons(SweepResult results) {
        List<Comparison> comparisons = new ArrayList<>();
        measured.forEach((index, pass) -> {
            SweepResult.PointResult result = results.points().get(index);
            if (result.point().plan() == null) {
                return; // a trial of constants runs only some of the points
            }
            PointAnswer answer = answer(result.point(), result.summaries());
            for (Measured each : pass.measurements()) {
                Doubts doubts = new Doubts();
                long metBefore = pass.guard().findings().met();
                Quantity predicted = predicted(pass, each, answer, doubts);
                comparisons.add(new Comparison(
                        answer.label(),
                        each.group(),
                        each.metric(),
                        each.value().amount(),
                        predicted == null ? null : predicted.in(each.value().unit()),
                        each.value().unit().symbol(),
                        predicted == null ? why(doubts, pass.guard().findings(), metBefore) : ""));
            }
        });
        return comparisons;
    }

    /** A branch that only real figures take may hold a mistake that no rehearsal met. */
    private static String why(Doubts doubts, Findings findings, long metBefore) {
        if (findings.met() > metBefore) {
            return findings.lastMessage();
        }
        return Objects.requireNonNullElse(doubts.unknown(), "it cannot be told");
    }

    private static PointAnswer answer(Experiment.Point point, List<TrafficSummary> summaries) {
        return new PointAnswer(
                point.label(),
                point.label(),
                Judge.values(point.variant(), point.values()),
                summaries,
                String.join("; ", point.refusals()),
                false,
                true);
    }

    private static @Nullable Quantity predicted(Pass pass, Measured each, PointAnswer answer, Doubts doubts) {
        PointFigures figures = new PointFigures(answer, doubts, new Evidence());
        Object value = pass.guard().evaluate("measured", figures, each.predicted(), null);
        if (value instanceof Poison) {
            return null;
        }
        if (value instanceof Quantity quantity
                && quantity.dimension().equals(each.value().dimension())) {
            return quantity;
        }
        pass.guard()
                .mistake(
                        each.place(),
                        "measured '" + each.metric() + "' is in "
                                + each.value().unit().symbol() + ", but predicted: gives " + Accepts.describe(value),
                        "ask for the same, as in predicted: { tpot.mean }");
        return null;
    }
}
