package headroom.reports.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.PlanJson;
import headroom.reports.formats.TableFormat;
import headroom.reports.plots.Drawing;
import headroom.reports.plots.Drawings;
import headroom.reports.plots.Figures;
import headroom.reports.tables.ClaimsTable;
import headroom.reports.tables.Csv;
import headroom.reports.tables.DeploymentsTable;
import headroom.reports.tables.DifferencesTable;
import headroom.reports.tables.ErrorsTable;
import headroom.reports.tables.IntervalsTable;
import headroom.reports.tables.MeasurementsTable;
import headroom.reports.tables.SensitivityTable;
import headroom.reports.tables.SitesTable;
import headroom.reports.tables.SummaryTable;
import headroom.reports.tables.TailTable;
import headroom.reports.tables.TimelineTable;
import headroom.reports.tables.WarmupTable;
import headroom.reports.tables.WarningsTable;
import headroom.result.ClaimOutcome;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * The files of a bundle by their place in it, in the order in which they are written: all but {@code environment.json},
 * which only folders have.
 */
final class BundleFiles {
    static final String EXPERIMENT = "experiment.json";

    /** Places of the tables that {@link #tablesOfPlans} may give. */
    static final List<String> TABLES_OF_PLANS = List.of(
            "tables/summary.csv",
            "tables/intervals.csv",
            "tables/differences.csv",
            "tables/tail.csv",
            "tables/deployments.csv",
            "tables/sites.csv",
            "tables/warnings.csv",
            "tables/timeline.csv",
            "tables/warmup.csv",
            "tables/sensitivity.csv");

    private static final String TABLES = "tables/";
    private static final String CSV = ".csv";
    private static final int LONGEST_NAME = 80;

    private BundleFiles() {}

    static Map<String, byte[]> of(BundleContent content) {
        Figures figures = Figures.of(content.results(), content.comparisons());
        Drawings pending = Drawings.begin(figures.figures());
        Map<String, byte[]> identity = new LinkedHashMap<>();
        identity.put(
                EXPERIMENT, ExperimentJson.of(content.results().experiment()).getBytes(UTF_8));
        plans(content.results().experiment().points(), identity);
        List<Table> tables = tables(content);
        for (Table table : tables) {
            identity.put(placeOf(table), Csv.text(table).getBytes(UTF_8));
        }
        identity.put("claims.xml", ClaimsXml.of(content).getBytes(UTF_8));

        List<Drawing> drawings = pending.all();
        Map<String, byte[]> beside = new LinkedHashMap<>();
        for (Drawing drawing : drawings) {
            beside.put("plots/" + drawing.figure().id() + ".svg", drawing.svg().getBytes(UTF_8));
            beside.put("plots/" + drawing.figure().id() + ".png", drawing.png());
        }
        beside.putAll(identity);
        beside.putAll(TableFormat.files(content.formats(), tables));
        beside.put(scriptName(content), content.scriptText().getBytes(UTF_8));
        List<String> names = new ArrayList<>(beside.keySet());
        names.add(RoCrate.NAME);
        names.add(Bundle.MANIFEST);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                "index.html",
                HtmlPage.of(content, tables, drawings, figures, names).getBytes(UTF_8));
        files.putAll(beside);
        files.put(RoCrate.NAME, RoCrate.of(content, files).getBytes(UTF_8));
        files.put(Bundle.MANIFEST, Manifest.json(content, files).getBytes(UTF_8));
        return files;
    }

    /** Whether a file is part of the bundle's identity: the same on every machine, and whatever other forms are asked for. */
    static boolean isIdentity(String name) {
        return name.startsWith("plans/")
                || (name.startsWith(TABLES) && name.endsWith(CSV))
                || name.equals("claims.xml")
                || name.equals(EXPERIMENT);
    }

    /** The tables that follow from the plans alone, without the script. */
    static List<Table> tablesOfPlans(SweepResult results) {
        List<Table> tables = new ArrayList<>(List.of(
                SummaryTable.of(results),
                TailTable.of(results),
                DeploymentsTable.of(results),
                SitesTable.of(results),
                WarningsTable.of(results)));
        addTo(tables, 1, DifferencesTable.of(results));
        addTo(tables, 1, IntervalsTable.of(results));
        addTo(tables, tables.size(), TimelineTable.of(results));
        addTo(tables, tables.size(), WarmupTable.of(results));
        addTo(tables, tables.size(), SensitivityTable.of(results));
        return tables;
    }

    private static void addTo(List<Table> tables, int place, @Nullable Table table) {
        if (table != null) {
            tables.add(place, table);
        }
    }

    static List<Table> tables(BundleContent content) {
        List<Table> tables = new ArrayList<>(tablesOfPlans(content.results()));
        tables.addAll(tablesOfScript(content.claims(), content.comparisons(), scriptName(content)));
        return tables;
    }

    /** The tables that only the script can give. */
    static List<Table> tablesOfScript(List<ClaimOutcome> claims, List<Comparison> comparisons, String scriptName) {
        List<Table> tables = new ArrayList<>();
        tables.add(ClaimsTable.of(claims, scriptName));
        if (!comparisons.isEmpty()) {
            tables.add(ErrorsTable.of(comparisons));
            tables.add(MeasurementsTable.of(comparisons));
        }
        return tables;
    }

    static String placeOf(Table table) {
        return TABLES + table.name() + CSV;
    }

    /** Whether a file has tables in another form than CSV. */
    static boolean isOtherForm(String name) {
        return name.equals("tables.xlsx") || (name.startsWith(TABLES) && !name.endsWith(CSV));
    }

    /** The script's own name, made safe; never that of another file of the bundle. */
    static String scriptName(BundleContent content) {
        String name = safe(content.scriptName());
        return name.toLowerCase(Locale.ROOT).endsWith(".groovy") ? name : name + ".groovy";
    }

    /** The place of a point's plan, {@code plans/001-users-10-precision-fp16.json}. */
    static String planName(int index, Experiment.Point point) {
        return String.format(Locale.ROOT, "plans/%03d-%s.json", index + 1, safe(point.label()));
    }

    private static void plans(List<Experiment.Point> points, Map<String, byte[]> files) {
        for (int i = 0; i < points.size(); i++) {
            Plan plan = points.get(i).plan();
            if (plan != null) {
                files.put(
                        planName(i, points.get(i)), PlanJson.canonicalJson(plan).getBytes(UTF_8));
            }
        }
    }

    /** Letters, digits, dots, dashes and underscores; no leading dot; not longer than file systems like. */
    private static String safe(String text) {
        String name = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        name = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return name.isEmpty() ? "unnamed" : name;
    }
}
