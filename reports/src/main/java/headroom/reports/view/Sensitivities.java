package headroom.reports.view;

import headroom.plan.Experiment;
import headroom.plan.ReportSpec;
import headroom.plan.variation.Sensitivity;
import headroom.plan.variation.Variation;
import headroom.result.Estimate;
import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import headroom.summary.PairedDifference;
import headroom.summary.PairedDifference.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One point beside its variations: the same requests, replication by replication, with one thing a tenth larger or smaller.
 * What a variation changes is read as the difference from a baseline is.
 */
public final class Sensitivities {
    /** How the point itself is called among its variations. */
    public static final String UNCHANGED = "as it is";

    /** The figures that it tells of: how slow, how dear, how much energy; the last two for each request. */
    public static final List<Metric> METRICS = List.of(
            Metric.named("e2e_p99_s"),
            Metric.named("cost_usd_per_1k_requests"),
            new Metric(
                    "energy_J_per_request",
                    "Energy per request",
                    "J",
                    summary -> new Estimate(joulesPerRequest(summary), null),
                    Metric.Spread.REPEATED));

    /** Less than this is not worth a sentence. */
    private static final double LEAST_PERCENT = 0.5;

    private static final double JOULES_PER_KWH = 3.6e6;

    private final String label;
    private final SweepResult sweep;
    private final List<Variation> variations;
    private final List<String> traffics;
    private final @Nullable Differences differences;
    private final List<SweepRow> rows;

    private Sensitivities(String label, SweepResult sweep, List<Variation> variations) {
        this.label = label;
        this.sweep = sweep;
        this.variations = variations;
        this.differences = Differences.of(sweep);
        this.rows = SweepRow.of(sweep);
        this.traffics = rows.stream()
                .filter(row -> row.point().variant().equals(UNCHANGED))
                .map(SweepRow::traffic)
                .toList();
    }

    /** The variations of the point that the report asks for; null when it asks for none. */
    public static @Nullable Sensitivities of(SweepResult sweep) {
        Experiment experiment = sweep.experiment();
        String at = experiment.report().sensitivityAt();
        if (at == null) {
            return null;
        }
        SweepResult.PointResult base = sweep.points().stream()
                .filter(each -> each.point().label().equals(at))
                .findFirst()
                .orElseThrow();
        Experiment.Point point = new Experiment.Point(
                UNCHANGED, UNCHANGED, Map.of(), base.point().plan(), List.of());
        List<SweepResult.PointResult> results = new ArrayList<>();
        results.add(new SweepResult.PointResult(point, base.runs(), base.summaries()));
        results.addAll(sweep.varied());
        Experiment beside = new Experiment(
                experiment.title(),
                experiment.question(),
                List.of(),
                results.stream().map(SweepResult.PointResult::point).toList(),
                experiment.replications(),
                experiment.seed(),
                List.of(),
                ReportSpec.NONE.against(UNCHANGED));
        return new Sensitivities(at, new SweepResult(beside, results), Sensitivity.of(experiment));
    }

    private static @Nullable Double joulesPerRequest(TrafficSummary summary) {
        long completed = summary.requests().completed();
        return completed == 0
                ? null
                : (Double) (summary.energy().kWh() * JOULES_PER_KWH * summary.replications() / completed);
    }

    /** Label of the point. */
    public String label() {
        return label;
    }

    /** The point as it is, then its variations, as a sweep against a baseline. */
    public SweepResult sweep() {
        return sweep;
    }

    /** Rows of the point, then of its variations; those of one that cannot run have no summary. */
    public List<SweepRow> rows() {
        return rows;
    }

    /** Classes of requests. */
    public List<String> traffics() {
        return traffics;
    }

    /** The variation that a row shows; null for the point as it is. */
    public @Nullable Variation variation(SweepRow row) {
        return variations.stream()
                .filter(each -> each.label().equals(row.point().label()))
                .findFirst()
                .orElse(null);
    }

    /** How much more a variation has than the point, in percent with its half-width; null when nobody can tell. */
    public @Nullable Change change(SweepRow row, Metric metric) {
        SweepRow reference = differences == null ? null : differences.reference(row);
        Variation variation = variation(row);
        if (differences == null || reference == null || variation == null) {
            return null;
        }
        PairedDifference difference = differences.difference(row, metric);
        Double base = reference.value(metric);
        if (difference == null || base == null || base == 0) {
            return null;
        }
        Double half = difference.halfWidth95();
        return new Change(
                variation,
                base,
                Objects.requireNonNull(row.value(metric)),
                100 * difference.difference() / base,
                half == null ? null : (Double) (100 * half / base),
                difference.verdict());
    }

    /** Every change of one figure for one class of requests, in the order of the variations. */
    public List<Change> changes(String traffic, Metric metric) {
        List<Change> changes = new ArrayList<>();
        for (SweepRow row : rows) {
            Change change = row.traffic().equals(traffic) ? change(row, metric) : null;
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** What to buy next, one sentence for each class of requests; from the numbers alone. */
    public List<String> advice() {
        return traffics.stream()
                .map(traffic -> (traffics.size() > 1 ? "For " + traffic + ": " : "") + advice(traffic))
                .toList();
    }

    /** What of the things that money buys shortens the slowest answers most, and what it does to the cost. */
    public String advice(String traffic) {
        Metric p99 = METRICS.get(0);
        List<Change> bought = changes(traffic, p99).stream()
                .filter(each -> each.variation.kind() == Variation.Kind.BOUGHT && each.variation.more())
                .filter(Change::isShown)
                .filter(each -> each.percent <= -LEAST_PERCENT)
                .sorted(Comparator.comparingDouble(Change::percent))
                .toList();
        String at = label.equals("all") ? "" : " at " + label;
        if (bought.isEmpty()) {
            return "What to buy next" + at + ": nothing. No tenth more of a device's resources, nor one more replica,"
                    + " is shown to shorten " + p99.title() + " by " + LEAST_PERCENT + " % or more.";
        }
        Change best = bought.get(0);
        StringBuilder text = new StringBuilder("What to buy next" + at + ": " + best.named() + ", which shortens "
                + p99.title() + " most, from " + Numbers.readable(best.base) + " s to "
                + Numbers.readable(best.value) + " s (" + best.signed() + ")");
        for (Metric metric : METRICS.subList(1, METRICS.size())) {
            other(traffic, metric, best.variation)
                    .ifPresent(change -> text.append("; ")
                            .append(metric.title().toLowerCase(Locale.ROOT))
                            .append(' ')
                            .append(change.signed()));
        }
        if (bought.size() > 1) {
            text.append(". Then ")
                    .append(bought.get(1).named())
                    .append(", ")
                    .append(bought.get(1).signed());
        }
        text.append(". A better device is counted at the rent and the joules a byte and a FLOP of this one.");
        if (best.verdict == Verdict.UNKNOWN) {
            text.append(" There is no interval, so chance may have a part in it.");
        }
        return text.toString();
    }

    private Optional<Change> other(String traffic, Metric metric, Variation variation) {
        return changes(traffic, metric).stream()
                .filter(each -> each.variation.equals(variation))
                .findFirst();
    }

    /**
     * What one variation does to one figure.
     *
     * @param base the figure at the point as it is
     * @param value the figure with the variation
     * @param percent by which it is more
     * @param halfWidth95 of the percent; null when there is none to tell
     * @param verdict what replications allow to say
     */
    public record Change(
            Variation variation,
            double base,
            double value,
            double percent,
            @Nullable Double halfWidth95,
            Verdict verdict) {
        /** Whether chance is not known to be enough to make it. */
        boolean isShown() {
            return verdict != Verdict.NONE_SHOWN;
        }

        /** For example {@code device bandwidth (+10 %)}. */
        String named() {
            return variation.resource() + " (" + variation.change() + ")";
        }

        /** For example {@code -12.3 %}. */
        public String signed() {
            return String.format(Locale.ROOT, "%+.1f %%", percent);
        }
    }
}
