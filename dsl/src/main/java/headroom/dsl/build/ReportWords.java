package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.ReportSpec;
import headroom.plan.SummaryColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of a {@code report} block: what the report should set side by side. */
public final class ReportWords implements Vocabulary {
    private final Pass pass;
    private @Nullable String by;
    private @Nullable String over;
    private final List<String> pareto = new ArrayList<>();

    ReportWords(Pass pass) {
        this.pass = pass;
    }

    @Word(
            doc = "parameter whose values become lines, and the one along the axis",
            example = "compare by: 'precision', over: 'users'")
    public void compare(
            @Arg(
                            doc = "a parameter whose values become lines",
                            named = true,
                            like = "'precision'",
                            unsaid = "chosen by Headroom")
                    @Nullable
                    String by,
            @Arg(doc = "a parameter along the axis", named = true, like = "'users'", unsaid = "chosen by Headroom")
                    @Nullable
                    String over) {
        if (by == null && over == null) {
            throw new Mistake(
                    "compare needs by: or over:", "write, for example, compare by: 'precision', over: 'users'");
        }
        this.by = known(by, "by");
        this.over = known(over, "over");
    }

    private @Nullable String known(@Nullable String name, String argument) {
        if (name != null) {
            pass.refersToParameter(name, pass.guard().place(argument));
        }
        return name;
    }

    @Word(doc = "metrics to trade off against each other", example = "pareto cost, e2e.p95, energy")
    public void pareto(
            @Arg(
                            doc = "at least two: words such as cost, or names of columns of summary.csv",
                            like = "cost, e2e.p95, energy")
                    Object[] metrics) {
        if (metrics.length < 2) {
            throw new Mistake("pareto needs at least two metrics", "write, for example, pareto cost, e2e.p95, energy");
        }
        for (int i = 0; i < metrics.length; i++) {
            if (metrics[i] instanceof Column column) {
                pareto.add(column.name());
            } else if (metrics[i] instanceof CharSequence name) {
                addColumn(name.toString(), i);
            } else {
                String remedy = metrics[i] instanceof LatencyColumns ? "add a percentile: " + metrics[i] + ".p95" : "";
                throw new Mistake(
                        "pareto needs metrics such as cost, energy or e2e.p95, got " + Accepts.describe(metrics[i]),
                        remedy,
                        i);
            }
        }
    }

    private void addColumn(String name, int argument) {
        List<String> known = SummaryColumns.tradeable();
        if (!known.contains(name)) {
            String near = Nearest.remedy(name, known);
            pass.guard()
                    .mistake(
                            pass.guard().place(argument),
                            SummaryColumns.metrics().contains(name)
                                    ? "pareto cannot trade off '" + name + "', which is neither good nor bad"
                                    : "pareto knows no metric '" + name + "'",
                            near.isEmpty() ? "name one of " + String.join(", ", known) : near);
        } else {
            pareto.add(name);
        }
    }

    @Word(doc = "US dollars per million answer tokens", example = "pareto cost, e2e.p95")
    public Column cost() {
        return new Column("cost_usd_per_1M_output_tokens");
    }

    @Word(doc = "joules per answer token", example = "pareto energy, e2e.p95")
    public Column energy() {
        return new Column("energy_J_per_output_token");
    }

    @Word(doc = "good requests per second", example = "pareto goodput, cost")
    public Column goodput() {
        return new Column("goodput_per_s");
    }

    @Word(doc = "grams of CO2 per thousand requests", example = "pareto carbon, cost")
    public Column carbon() {
        return new Column("carbon_g_per_1k_requests");
    }

    @Word(doc = "time to the first token", example = "pareto ttft.p95, cost")
    public LatencyColumns ttft() {
        return new LatencyColumns("ttft");
    }

    @Word(doc = "mean time between tokens of an answer", example = "pareto tpot.p95, cost")
    public LatencyColumns tpot() {
        return new LatencyColumns("tpot");
    }

    @Word(doc = "time between deliveries", example = "pareto itl.p99, cost")
    public LatencyColumns itl() {
        return new LatencyColumns("itl");
    }

    @Word(doc = "time from question to the end of the answer", example = "pareto e2e.p95, cost")
    public LatencyColumns e2e() {
        return new LatencyColumns("e2e");
    }

    @Word(
            doc = "what a tenth more or less of each resource, setting and demand does to p99, cost and energy",
            example = "sensitivity at: [users: 50]")
    public void sensitivity(
            @Arg(
                            doc = "values of the point; of several such points the first",
                            named = true,
                            like = "parameter values such as [users: 50]",
                            unsaid = "the first point, of the baseline where there is one")
                    @Nullable
                    Map<String, Object> at) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        Map<?, ?> given = at == null ? Map.of() : at;
        for (Map.Entry<?, ?> each : given.entrySet()) {
            Object value = each.getValue();
            if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean)) {
                throw new Mistake(
                        "sensitivity at: needs one value of " + each.getKey() + ", got "
                                + (value == null ? "nothing (null)" : Accepts.describe(value)),
                        "write, for example, sensitivity at: [users: 50]",
                        "at");
            }
            wanted.put(String.valueOf(each.getKey()), value instanceof CharSequence ? value.toString() : value);
        }
        pass.frozen().say(SensitivityWish.WORD, pass.guard().place(), new SensitivityWish(wanted));
    }

    ReportSpec spec() {
        return new ReportSpec(by, over, pareto, null);
    }

    /** A column of summary.csv. */
    record Column(String name) {}

    /** The columns of one latency. */
    public static final class LatencyColumns implements Vocabulary {
        private final String metric;

        LatencyColumns(String metric) {
            this.metric = metric;
        }

        @Word(doc = "the mean", example = "pareto e2e.mean, cost")
        public Column mean() {
            return column("mean");
        }

        @Word(doc = "the median", example = "pareto e2e.p50, cost")
        public Column p50() {
            return column("p50");
        }

        @Word(doc = "the 90th percentile", example = "pareto e2e.p90, cost")
        public Column p90() {
            return column("p90");
        }

        @Word(doc = "the 95th percentile", example = "pareto e2e.p95, cost")
        public Column p95() {
            return column("p95");
        }

        @Word(doc = "the 99th percentile", example = "pareto e2e.p99, cost")
        public Column p99() {
            return column("p99");
        }

        private Column column(String statistic) {
            return new Column(metric + "_" + statistic + "_s");
        }

        @Override
        public String toString() {
            return metric;
        }
    }
}
