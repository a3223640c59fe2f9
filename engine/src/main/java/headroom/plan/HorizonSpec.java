package headroom.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;

/** How long to simulate, and which part of it counts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HorizonSpec.Window.class, name = "window"),
    @JsonSubTypes.Type(value = HorizonSpec.AutoWarmup.class, name = "autoWarmup"),
    @JsonSubTypes.Type(value = HorizonSpec.UntilDone.class, name = "untilDone"),
})
public sealed interface HorizonSpec {
    /** How long the run may go on after the last arrival, in seconds; what is left then counts as unfinished. */
    double drainLimitSeconds();

    /**
     * Requests are sent until {@code totalSeconds}, then the run drains. Latency covers requests sent in
     * [warmupSeconds, totalSeconds]; tokens, energy and cost are those of that window.
     */
    record Window(double totalSeconds, double warmupSeconds, double drainLimitSeconds) implements HorizonSpec {
        public Window {
            Ranges.between("horizon.totalSeconds", totalSeconds, 1e-6, 3.2e9);
            Ranges.nonNegative("horizon.warmupSeconds", warmupSeconds);
            Ranges.between("horizon.drainLimitSeconds", drainLimitSeconds, 0, 3.2e9);
            if (!(warmupSeconds < totalSeconds)) {
                throw new IllegalArgumentException("horizon.warmupSeconds must be below horizon.totalSeconds ("
                        + totalSeconds + "), but is " + warmupSeconds);
            }
        }
    }

    /**
     * A window whose warm-up is found by pilot runs: so many of {@link #SLICES} equal slices of {@code totalSeconds} from
     * the start on do not count. The engine runs it only {@linkplain #cutting with a decided cut}.
     */
    record AutoWarmup(double totalSeconds, double drainLimitSeconds) implements HorizonSpec {
        /** Slices of a run, of which the first ones are the warm-up. */
        public static final int SLICES = 32;

        public AutoWarmup {
            Ranges.between("horizon.totalSeconds", totalSeconds, 1e-6, 3.2e9);
            Ranges.between("horizon.drainLimitSeconds", drainLimitSeconds, 0, 3.2e9);
        }

        /** Length of one slice; exact, since there are 2^5. */
        public double sliceSeconds() {
            return totalSeconds / SLICES;
        }

        /** The window without the first {@code slices}. */
        public Window cutting(int slices) {
            return new Window(totalSeconds, slices * sliceSeconds(), drainLimitSeconds);
        }
    }

    /**
     * For loads that end by themselves (a trace, a number of requests): everything counts, from time zero to the last
     * finish.
     */
    record UntilDone(double drainLimitSeconds) implements HorizonSpec {
        public UntilDone {
            Ranges.between("horizon.drainLimitSeconds", drainLimitSeconds, 0, 3.2e9);
        }
    }
}
