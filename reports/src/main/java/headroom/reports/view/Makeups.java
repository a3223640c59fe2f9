package headroom.reports.view;

import headroom.result.SweepResult;
import headroom.result.TrafficResult;
import headroom.result.TrafficSummary;
import headroom.summary.TailMakeup;
import java.util.ArrayList;
import java.util.List;

/** What makes the percentiles of the E2E of a traffic class at a point. */
public final class Makeups {
    private static final List<Double> PERCENTS = List.of(50.0, 95.0, 99.0);

    private Makeups() {}

    /** That of p50, p95 and p99; empty when nothing was completed. */
    public static List<TailMakeup> of(SweepResult.PointResult result, TrafficSummary summary) {
        List<TrafficResult> results = result.runs().stream()
                .flatMap(run -> run.traffics().stream())
                .filter(traffic -> traffic.traffic().equals(summary.traffic()))
                .toList();
        List<TailMakeup> makeups = new ArrayList<>();
        for (double percent : PERCENTS) {
            TailMakeup makeup = TailMakeup.of(results, summary.distributions().e2e(), percent);
            if (makeup != null) {
                makeups.add(makeup);
            }
        }
        return makeups;
    }
}
