package headroom.reports.view;

import headroom.plan.Plan;
import headroom.plan.traffic.ArrivalSpec;
import headroom.result.Estimate;
import headroom.result.LatencyHistogram;
import headroom.result.SweepResult;
import headroom.result.TrafficResult;
import headroom.result.TrafficSummary;
import headroom.result.WarmupChoice;
import headroom.summary.Growth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What makes figures of a sweep less solid than they look. */
public final class Warnings {
    /** A percentile that rests on fewer observations beyond it is a third off by chance: 1 / sqrt(10). */
    static final long LEAST_BEYOND = 10;

    /** Work of two variants that differs by less is the edge of the window. */
    private static final double SAME_WORK = 0.01;

    private static final double[] PERCENTS = {90, 95, 99, 99.9};

    private Warnings() {}

    /** Kinds of warnings, the gravest first. */
    public enum Kind {
        QUEUE_GROWS("The queue grows to the end of the window, so latency depends on how long was simulated", true),
        UNFINISHED("Requests were unfinished when the drain limit was reached; percentiles leave them out", true),
        NO_STEADY_STATE("No steady state was found, so half of the run is its warm-up", true),
        DIFFERENT_WORK("Variants under the same open load served different work", true),
        SHORT_RUN("The run is too short for its p99", true),
        /** Of a percentile that only claims read. */
        SHORT_FOR_P999("The run is too short for its p99.9", false),
        NO_INTERVAL("A percentile has no interval", false);

        private final String sentence;
        private final boolean told;

        Kind(String sentence, boolean told) {
            this.sentence = sentence;
            this.told = told;
        }
    }

    /** One warning, about one class of requests at one point. */
    public record Warning(SweepRow row, Kind kind, String text) {}

    /** All of them, in the sweep's order. */
    public static List<Warning> of(SweepResult sweep) {
        Differences differences = Differences.of(sweep);
        List<Warning> warnings = new ArrayList<>();
        for (SweepRow row : SweepRow.of(sweep)) {
            TrafficSummary summary = row.summary();
            if (summary != null) {
                growth(warnings, row);
                steadiness(warnings, row);
                if (summary.requests().unfinished() > 0) {
                    warnings.add(new Warning(
                            row,
                            Kind.UNFINISHED,
                            String.format(
                                    Locale.ROOT,
                                    "%,d of %,d requests were unfinished",
                                    summary.requests().unfinished(),
                                    summary.requests().sent())));
                }
                work(warnings, row, summary, differences);
                percentiles(warnings, row, summary);
            }
        }
        return warnings;
    }

    /** One sentence for each kind that the reader of a report must know, with the first place. */
    public static List<String> sentences(SweepResult sweep) {
        Map<Kind, List<Warning>> byKind = new java.util.EnumMap<>(Kind.class);
        of(sweep).stream()
                .filter(warning -> warning.kind.told)
                .forEach(warning -> byKind.computeIfAbsent(warning.kind, key -> new ArrayList<>())
                        .add(warning));
        List<String> sentences = new ArrayList<>();
        byKind.forEach((kind, warnings) -> {
            long places = warnings.stream()
                    .map(warning -> warning.row.point().label())
                    .distinct()
                    .count();
            Warning first = warnings.get(0);
            sentences.add("Warning: " + kind.sentence + ": " + first.text
                    + (sweep.points().size() > 1 ? " at " + first.row.point().label() : "")
                    + (places > 1 ? ", and likewise at " + (places - 1) + " more points" : "")
                    + "; tables/warnings.csv.");
        });
        return sentences;
    }

    private static void growth(List<Warning> warnings, SweepRow row) {
        List<TrafficResult> results = row.result().runs().stream()
                .flatMap(run -> run.traffics().stream())
                .filter(result -> result.traffic().equals(row.traffic()))
                .toList();
        Growth growth = Growth.of(results);
        if (growth != null) {
            warnings.add(new Warning(
                    row,
                    Kind.QUEUE_GROWS,
                    String.format(
                            Locale.ROOT,
                            "%,.0f requests in the system at half the window, %,.0f at its end",
                            growth.atHalf(),
                            growth.atEnd())));
        }
    }

    private static void steadiness(List<Warning> warnings, SweepRow row) {
        WarmupChoice warmup = row.result().warmup();
        if (warmup != null
                && warmup.traffics().stream()
                        .anyMatch(search -> search.slices().traffic().equals(row.traffic()) && !search.steady())) {
            warnings.add(new Warning(
                    row, Kind.NO_STEADY_STATE, "the mean E2E has not settled, or too few were answered to tell"));
        }
    }

    private static void work(
            List<Warning> warnings, SweepRow row, TrafficSummary summary, @Nullable Differences differences) {
        SweepRow reference = differences == null || differences.isBaseline(row) ? null : differences.reference(row);
        TrafficSummary base = reference == null ? null : reference.summary();
        if (reference == null || base == null || !isOpen(row) || !isOpen(reference)) {
            return;
        }
        Double mine = summary.load().outputTokensPerSec();
        Double theirs = base.load().outputTokensPerSec();
        if (mine == null || theirs == null) {
            return;
        }
        if (Math.abs(mine - theirs) > SAME_WORK * Math.max(mine, theirs)) {
            warnings.add(new Warning(
                    row,
                    Kind.DIFFERENT_WORK,
                    Numbers.readable(mine) + " output tokens a second, the baseline " + Numbers.readable(theirs)));
        }
    }

    /** Users of a closed loop ask more when answers are faster: there, other work is the result and no flaw. */
    private static boolean isOpen(SweepRow row) {
        Plan plan = row.point().plan();
        return plan != null
                && plan.traffics().stream()
                        .filter(traffic -> traffic.name().equals(row.traffic()))
                        .noneMatch(traffic -> traffic.arrivals() instanceof ArrivalSpec.ClosedLoop
                                || traffic.arrivals() instanceof ArrivalSpec.Concurrency);
    }

    private static void percentiles(List<Warning> warnings, SweepRow row, TrafficSummary summary) {
        LatencyHistogram e2e = summary.distributions().e2e();
        Map<Double, Estimate> estimates = new LinkedHashMap<>();
        Estimate[] inOrder = {
            summary.e2e().p90(),
            summary.e2e().p95(),
            summary.e2e().p99(),
            summary.e2e().p999()
        };
        for (int i = 0; i < PERCENTS.length; i++) {
            estimates.put(PERCENTS[i], inOrder[i]);
        }
        if (e2e.count() == 0) {
            return;
        }
        estimates.forEach((percent, estimate) -> {
            long beyond = e2e.observationsBeyond(percent);
            String name = "p" + Numbers.tick(Objects.requireNonNull(percent));
            if (beyond < LEAST_BEYOND) {
                String text = String.format(
                        Locale.ROOT, "%s rests on %,d of %,d requests beyond it", name, beyond, e2e.count());
                warnings.add(new Warning(row, percent > 99 ? Kind.SHORT_FOR_P999 : Kind.SHORT_RUN, text));
            }
            if (summary.replications() > 1 && estimate.halfWidth95() == null) {
                warnings.add(new Warning(
                        row,
                        Kind.NO_INTERVAL,
                        name + " of E2E: a replication has fewer than 200 observations beyond it"));
            }
        });
    }
}
