package headroom.dsl.claims;

import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.Better;
import headroom.result.Estimate;
import headroom.result.LatencySummary;
import headroom.units.Quantity;
import headroom.units.Units;

/** One latency at one point. */
public final class LatencyFigures implements Vocabulary {
    private final String name;
    private final LatencySummary summary;
    private final Figures figures;

    LatencyFigures(String name, LatencySummary summary, Figures figures) {
        this.name = name;
        this.summary = summary;
        this.figures = figures;
    }

    @Word(doc = "the mean", example = "at(users: 50).e2e.mean < 2.s", gives = Quantity.class)
    public Object mean() {
        return seconds("mean", summary.mean());
    }

    @Word(doc = "the median", example = "at(users: 50).e2e.p50 < 2.s", gives = Quantity.class)
    public Object p50() {
        return seconds("p50", summary.p50());
    }

    @Word(doc = "90 % of requests are within it", example = "at(users: 50).e2e.p90 < 2.s", gives = Quantity.class)
    public Object p90() {
        return seconds("p90", summary.p90());
    }

    @Word(doc = "95 % of requests are within it", example = "at(users: 50).e2e.p95 < 2.s", gives = Quantity.class)
    public Object p95() {
        return seconds("p95", summary.p95());
    }

    @Word(doc = "99 % of requests are within it", example = "at(users: 50).e2e.p99 < 2.s", gives = Quantity.class)
    public Object p99() {
        return seconds("p99", summary.p99());
    }

    @Word(doc = "99.9 % of requests are within it", example = "at(users: 50).e2e.p999 < 2.s", gives = Quantity.class)
    public Object p999() {
        return seconds("p999", summary.p999());
    }

    @Word(doc = "the longest", example = "at(users: 50).e2e.longest < 2.s", gives = Quantity.class)
    public Object longest() {
        return figures.of(name + ".longest", summary.max(), Units.SECOND, Better.LOWER);
    }

    private Object seconds(String statistic, Estimate estimate) {
        return figures.of(name + "." + statistic, estimate.value(), Units.SECOND, Better.LOWER);
    }

    @Override
    public String toString() {
        return name;
    }
}
