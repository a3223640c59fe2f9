package headroom.reports.tables;

import headroom.plan.Experiment;
import headroom.reports.view.Axes;
import headroom.reports.view.Metric;
import headroom.reports.view.Numbers;
import headroom.reports.view.Replications;
import headroom.reports.view.SweepRow;
import headroom.reports.view.Verdicts;
import headroom.reports.view.Warnings;
import headroom.result.Estimate;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table that decides: for each point what was swept, the slowest answers, whether the SLO is met, money and energy.
 *
 * @param heads the columns; those without any value are left out
 * @param lines one per point and traffic class, at most {@value #MOST_LINES}
 * @param omitted lines that did not fit
 * @param note what the columns need to be read; empty when nothing
 */
public record DecidingTable(List<Head> heads, List<Line> lines, int omitted, String note) {
    /** More lines than this are a list, not a table that decides. */
    static final int MOST_LINES = 40;

    private static final int WIDTH = 110;
    private static final Comparator<Double> MISSING_LAST = Comparator.nullsLast(Comparator.naturalOrder());

    public DecidingTable {
        heads = List.copyOf(heads);
        lines = List.copyOf(lines);
    }

    /** A column: name and unit, and whether it holds numbers (which stand to the right). */
    public record Head(String name, String unit, boolean numeric) {}

    /**
     * A row.
     *
     * @param cells one per head; for a point that cannot run, empty after the swept parameters
     * @param refusal why the point cannot run, empty when it can
     * @param meetsSlo whether every target of its SLO holds; null when none is stated
     */
    public record Line(
            List<String> cells, String refusal, @Nullable Boolean meetsSlo) {
        public Line {
            cells = List.copyOf(cells);
        }
    }

    /**
     * The table of a sweep. When there are more than {@value #MOST_LINES} rows, the best are shown: those that meet the
     * SLO first, then by cost, then by E2E p95.
     */
    public static DecidingTable of(SweepResult sweep) {
        List<SweepRow> rows = SweepRow.of(sweep);
        Baseline baseline = Baseline.of(sweep);
        boolean intervals = baseline == null && sweep.experiment().replications() > 1;
        List<Source> sources = sources(sweep, rows, intervals ? new Replications() : null);
        if (baseline != null) {
            addDifference(sources, rows, baseline, "p95", "e2e_p95_s");
            addDifference(sources, rows, baseline, "cost", "cost_usd_per_1M_output_tokens");
            addDifference(sources, rows, baseline, "energy", "energy_J_per_output_token");
        }
        List<Head> heads = sources.stream().map(Source::head).toList();
        List<SweepRow> shown = rows;
        if (rows.size() > MOST_LINES) {
            Metric cost = Metric.named("cost_usd_per_1M_output_tokens");
            Metric slowest = Metric.named("e2e_p95_s");
            shown = rows.stream()
                    .sorted(Comparator.comparing((SweepRow row) -> !row.meetsSlo())
                            .thenComparing(row -> row.value(cost), MISSING_LAST)
                            .thenComparing(row -> row.value(slowest), MISSING_LAST))
                    .limit(MOST_LINES)
                    .toList();
        }
        List<Line> lines = shown.stream()
                .map(row -> new Line(
                        sources.stream().map(source -> source.cell.apply(row)).toList(),
                        row.reason(),
                        row.summary() == null ? null : row.summary().slo().met()))
                .toList();
        return new DecidingTable(heads, lines, rows.size() - shown.size(), note(baseline, intervals));
    }

    /** The table for a terminal, at most about {@value #WIDTH} columns wide unless parameter values are very long. */
    public static String text(SweepResult sweep) {
        StringBuilder text = new StringBuilder(of(sweep).text());
        List<String> sentences = new ArrayList<>(Verdicts.of(sweep));
        sentences.addAll(Warnings.sentences(sweep));
        for (String sentence : sentences) {
            wrapped(sentence, WIDTH).forEach(row -> text.append(row).append('\n'));
        }
        return text.toString();
    }

    private static String note(@Nullable Baseline baseline, boolean intervals) {
        return baseline != null
                ? baseline.note()
                : intervals
                        ? "+-: half of the 95 % interval over replications; tables/intervals.csv has those of all rates,"
                                + " energy and cost, tables/summary.csv those of latencies."
                        : "";
    }

    /** @param intervals what each replication says, for figures that are shown with their interval; null to show none */
    private static List<Source> sources(SweepResult sweep, List<SweepRow> rows, @Nullable Replications intervals) {
        List<Source> sources = new ArrayList<>();
        if (Axes.of(sweep).variants()) {
            sources.add(new Source(
                    new Head("variant", "", false), row -> row.point().variant()));
        }
        for (Experiment.Parameter parameter : Axes.swept(sweep.experiment())) {
            String name = parameter.name();
            boolean numeric = parameter.swept().stream().allMatch(Number.class::isInstance);
            sources.add(new Source(
                    new Head(name, "", numeric),
                    row -> Numbers.parameter(row.point().values().get(name))));
        }
        if (rows.stream()
                        .map(SweepRow::traffic)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .count()
                > 1) {
            sources.add(new Source(new Head("traffic", "", false), SweepRow::traffic));
        }
        if (sources.isEmpty()) {
            sources.add(
                    new Source(new Head("point", "", false), row -> row.point().label()));
        }
        addMetric(sources, rows, "E2E p50", "s", "e2e_p50_s");
        addMetric(sources, rows, "p95", "s", "e2e_p95_s");
        addMetric(sources, rows, "p99", "s", "e2e_p99_s");
        addMetric(sources, rows, "TTFT p95", "s", "ttft_p95_s");
        if (rows.stream()
                .anyMatch(row -> row.summary() != null && row.summary().slo().met() != null)) {
            sources.add(new Source(new Head("SLO", "", false), DecidingTable::verdict));
        }
        addRepeated(sources, rows, "goodput", "req/s", "goodput_per_s", intervals);
        addRepeated(sources, rows, "USD per", "1M tokens", "cost_usd_per_1M_output_tokens", intervals);
        addRepeated(sources, rows, "energy", "J/token", "energy_J_per_output_token", intervals);
        return sources;
    }

    private static void addMetric(List<Source> sources, List<SweepRow> rows, String name, String unit, String column) {
        Metric metric = Metric.named(column);
        if (rows.stream().anyMatch(row -> row.value(metric) != null)) {
            sources.add(new Source(new Head(name, unit, true), row -> Numbers.readable(row.value(metric))));
        }
    }

    /** With its interval, where there is one: {@code 2.31 +-0.04}. */
    private static void addRepeated(
            List<Source> sources,
            List<SweepRow> rows,
            String name,
            String unit,
            String column,
            @Nullable Replications intervals) {
        Metric metric = Metric.named(column);
        if (intervals == null) {
            addMetric(sources, rows, name, unit, column);
        } else if (rows.stream().anyMatch(row -> row.value(metric) != null)) {
            sources.add(new Source(new Head(name, unit, true), row -> {
                Estimate estimate = intervals.estimate(row, metric);
                Double half = estimate.halfWidth95();
                return Numbers.readable(estimate.value()) + (half == null ? "" : " +-" + Numbers.readable(half));
            }));
        }
    }

    private static void addDifference(
            List<Source> sources, List<SweepRow> rows, Baseline baseline, String name, String column) {
        Metric metric = Metric.named(column);
        if (rows.stream().anyMatch(row -> row.value(metric) != null)) {
            sources.add(new Source(new Head(name, "diff %", true), row -> baseline.difference(row, metric)));
        }
    }

    private static String verdict(SweepRow row) {
        Boolean met = row.summary() == null ? null : row.summary().slo().met();
        return met == null ? "" : met ? "met" : "missed";
    }

    private String text() {
        List<String> names = heads.stream().map(Head::name).toList();
        List<String> units = heads.stream().map(Head::unit).toList();
        List<List<String>> rows = new ArrayList<>(List.of(names, units));
        lines.forEach(line -> rows.add(line.cells));
        TextColumns columns = TextColumns.of(rows, column -> heads.get(column).numeric);
        StringBuilder text = new StringBuilder();
        text.append(columns.line(names)).append('\n');
        if (heads.stream().anyMatch(head -> !head.unit.isEmpty())) {
            text.append(columns.line(units)).append('\n');
        }
        text.append("-".repeat(columns.total())).append('\n');
        for (Line line : lines) {
            if (line.refusal.isEmpty()) {
                text.append(columns.line(line.cells)).append('\n');
            } else {
                appendRefusal(text, columns, line);
            }
        }
        if (omitted > 0) {
            text.append("... and ")
                    .append(omitted)
                    .append(" more rows, which are no better; all are in tables/summary.csv\n");
        }
        if (!note.isEmpty()) {
            wrapped(note, WIDTH).forEach(row -> text.append(row).append('\n'));
        }
        return text.toString();
    }

    /** The reason starts where the first metric would stand, and goes on below itself. */
    private static void appendRefusal(StringBuilder text, TextColumns columns, Line line) {
        int last = line.cells.size();
        while (last > 0 && line.cells.get(last - 1).isEmpty()) {
            last--;
        }
        StringBuilder start = new StringBuilder(columns.start(line.cells, last));
        int indent = start.length();
        int room = Math.max(30, WIDTH - indent);
        for (String row : wrapped("cannot run: " + line.refusal, room)) {
            text.append(start.toString()).append(row).append('\n');
            start.setLength(0);
            start.append(" ".repeat(indent));
        }
    }

    private static List<String> wrapped(String sentence, int room) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        for (String word : sentence.strip().split("\\s+", -1)) {
            if (row.length() > 0 && row.length() + 1 + word.length() > room) {
                rows.add(row.toString());
                row.setLength(0);
            }
            row.append(row.length() == 0 ? "" : " ").append(word);
        }
        rows.add(row.toString());
        return rows;
    }

    private record Source(Head head, Function<SweepRow, String> cell) {}
}
