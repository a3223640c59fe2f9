package headroom.plan.traffic;

import headroom.units.Ranges;
import java.util.List;

/**
 * What users were promised: for each target, a share of requests within a time.
 *
 * <p>A request is good when it is within every target's time (of several on one metric, the largest).
 */
public record SloSpec(List<Target> targets) {
    public SloSpec {
        targets = List.copyOf(targets);
    }

    /** The latencies that a promise can be about. */
    public enum Metric {
        TTFT,
        TPOT,
        E2E
    }

    /** {@code percent} % of requests have {@code metric} within {@code seconds}. */
    public record Target(Metric metric, double percent, double seconds) {
        public Target {
            Ranges.between("slo.percent", percent, 0.001, 100);
            Ranges.positive("slo.seconds", seconds);
        }
    }
}
