package headroom.dsl.claims;

import headroom.dsl.build.Claim;
import headroom.dsl.build.Pass;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Finding;
import headroom.dsl.script.Guard;
import headroom.dsl.script.Poison;
import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.traffic.TrafficSpec;
import headroom.result.ClaimOutcome;
import headroom.result.ClaimOutcome.Verdict;
import headroom.result.Estimate;
import headroom.result.LatencyHistogram;
import headroom.result.LatencySummary;
import headroom.result.SweepResult;
import headroom.result.TrafficResult;
import headroom.result.TrafficSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the claims of a script, on invented figures before the run and on real ones after it. */
public final class Judge {
    private final Pass discovery;
    private final Experiment experiment;
    private final Map<String, List<Object>> scriptValues;
    private final Map<String, List<String>> overrides;

    /**
     * @param scriptValues values of each parameter that the script itself names
     * @param overrides what the command line set
     */
    public Judge(
            Pass discovery,
            Experiment experiment,
            Map<String, List<Object>> scriptValues,
            Map<String, List<String>> overrides) {
        this.discovery = discovery;
        this.experiment = experiment;
        this.scriptValues = scriptValues;
        this.overrides = overrides;
    }

    /** Tries every claim on figures that are all 1, so that its mistakes show before anything is simulated. */
    public void rehearse() {
        List<String> traffics = experiment.points().stream()
                .map(Experiment.Point::plan)
                .filter(plan -> plan != null)
                .map(Plan::traffics)
                .findFirst()
                .orElse(List.of())
                .stream()
                .map(TrafficSpec::name)
                .toList();
        List<TrafficSummary> invented = traffics.stream().map(Judge::allOnes).toList();
        List<Answers.PointAnswer> points = experiment.points().stream()
                .map(point -> new Answers.PointAnswer(point.label(), values(point), invented, ""))
                .toList();
        for (Claim claim : discovery.claims()) {
            Doubts doubts = new Doubts();
            Object value = evaluate(claim, points, doubts);
            if (!(value instanceof Boolean || value instanceof Poison)) {
                discovery
                        .guard()
                        .mistake(
                                claim.place(),
                                "a claim must be true or false, got " + Accepts.describe(value),
                                "compare something: at(...).e2e.p95 < 2.s");
            }
        }
    }

    /** What became of each claim, in the script's order. */
    public List<ClaimOutcome> outcomes(SweepResult results) {
        List<Answers.PointAnswer> points = results.points().stream()
                .map(result -> new Answers.PointAnswer(
                        result.point().label(),
                        values(result.point()),
                        result.summaries(),
                        String.join("; ", result.point().refusals())))
                .toList();
        List<ClaimOutcome> outcomes = new ArrayList<>();
        discovery.guard().noteComparisons();
        for (Claim claim : discovery.claims()) {
            outcomes.add(outcome(claim, points));
        }
        return outcomes;
    }

    /** Values of the parameters, and the variant where there are several. */
    private static Map<String, Object> values(Experiment.Point point) {
        if (point.variant().isEmpty()) {
            return point.values();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("variant", point.variant());
        values.putAll(point.values());
        return values;
    }

    private ClaimOutcome outcome(Claim claim, List<Answers.PointAnswer> points) {
        Guard guard = discovery.guard();
        guard.comparisons();
        long metBefore = guard.findings().met();
        Doubts doubts = new Doubts();
        Object value = evaluate(claim, points, doubts);
        List<String> comparisons = guard.comparisons();
        String skipped = doubts.skipped();
        String unknown = doubts.unknown();
        if (skipped != null) {
            return outcome(claim, Verdict.SKIPPED, skipped);
        } else if (unknown != null) {
            return outcome(claim, Verdict.FAILED, unknown);
        } else if (guard.findings().met() > metBefore) {
            List<Finding> found = guard.findings().inOrder();
            return outcome(claim, Verdict.FAILED, found.get(found.size() - 1).message());
        } else if (Boolean.TRUE.equals(value)) {
            return outcome(claim, Verdict.HELD, "");
        }
        return outcome(claim, Verdict.FAILED, "does not hold: " + String.join("; ", comparisons));
    }

    private static ClaimOutcome outcome(Claim claim, Verdict verdict, String detail) {
        return new ClaimOutcome(claim.text(), verdict, detail, Guard.line(claim.place()));
    }

    private @Nullable Object evaluate(Claim claim, List<Answers.PointAnswer> points, Doubts doubts) {
        Answers answers = new Answers(points, scriptValues, overrides.keySet());
        ClaimWords words = new ClaimWords(discovery.guard(), answers, doubts);
        return discovery.guard().evaluate("expect", words, claim.body());
    }

    private static TrafficSummary allOnes(String traffic) {
        Estimate one = new Estimate(1.0, null);
        LatencySummary latency = new LatencySummary(one, one, one, one, one, one, 1.0);
        LatencyHistogram none = LatencyHistogram.empty();
        return new TrafficSummary(
                traffic,
                "",
                1,
                new TrafficResult.RequestCounts(1, 1, 1, 1, 1),
                new TrafficResult.Latencies(none, none, none, none, none),
                latency,
                latency,
                latency,
                latency,
                latency,
                new TrafficSummary.Slo(1.0, 1.0, true, List.of()),
                new TrafficSummary.Load(1, 1),
                new TrafficSummary.Use(1, 1, 1, 1, 1),
                new TrafficSummary.Energy(1.0, 1, 1, 1.0, 1.0),
                new TrafficSummary.Cost(1.0, 1.0, 1.0),
                1.0);
    }
}
