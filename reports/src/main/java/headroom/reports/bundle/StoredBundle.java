package headroom.reports.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.PlanChecks;
import headroom.plan.PlanJson;
import headroom.plan.Problem;
import headroom.plan.variation.Sensitivity;
import headroom.reports.tables.Csv;
import headroom.result.ClaimOutcome;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** A bundle that was read back: its experiment with every plan, and its tables. Nothing of it was run. */
public final class StoredBundle {
    /** More runs than anybody waits for; results of all of them are kept. */
    private static final long MOST_RUNS = 1_000_000;

    private static final String ENVIRONMENT = "environment.json";

    private final Map<String, String> madeWith;
    private final Script script;
    private final List<String> altered;
    private final List<String> unlisted;
    private final Experiment experiment;
    private final Map<String, CsvCells> tables;
    private final List<String> otherForms;

    private record Script(String name, String sha256) {}

    private StoredBundle(
            Map<String, String> madeWith,
            Script script,
            List<String> altered,
            List<String> unlisted,
            Experiment experiment,
            Map<String, CsvCells> tables,
            List<String> otherForms) {
        this.madeWith = madeWith;
        this.script = script;
        this.otherForms = otherForms;
        this.altered = altered;
        this.unlisted = unlisted;
        this.experiment = experiment;
        this.tables = tables;
    }

    /**
     * Reads a folder or a zip file.
     *
     * @throws BadBundleException when it is no bundle, a damaged one, or one that may not be read
     */
    public static StoredBundle read(Path path) {
        try (BundleSource source = BundleSource.open(path)) {
            if (!source.has(Bundle.MANIFEST)) {
                throw new BadBundleException(path + " has no " + Bundle.MANIFEST + " at its top, so it is no bundle;"
                        + " name the folder, or a zip of the files within it");
            }
            return read(path, source);
        } catch (IllegalArgumentException e) {
            throw new BadBundleException(path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BadBundleException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static StoredBundle read(Path path, BundleSource source) throws IOException {
        JsonNode manifest = json(Bundle.MANIFEST, source);
        if (!"headroom".equals(manifest.path("product").asText())) {
            throw new BadBundleException(path + " is no bundle of Headroom: its " + Bundle.MANIFEST + " is another's");
        }
        int format = manifest.path("format").asInt();
        if (format != Manifest.FORMAT) {
            throw new BadBundleException(path + " is a bundle of format " + format + ", and only format "
                    + Manifest.FORMAT + " can be read; run its script again");
        }
        Map<String, String> listed = new LinkedHashMap<>(hashes(manifest, "files"));
        List<String> altered = new ArrayList<>();
        if (!Manifest.identity(listed).equals(ExperimentJson.text(manifest, "identity"))) {
            altered.add(Bundle.MANIFEST);
        }
        listed.putAll(hashes(manifest, "otherFiles"));
        Map<String, Plan> plans = new LinkedHashMap<>();
        Map<String, CsvCells> tables = new LinkedHashMap<>();
        String experiment = null;
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> file : listed.entrySet()) {
            String name = file.getKey();
            if (!source.has(name)) {
                wrong.add("'" + name + "' is missing");
                continue;
            }
            byte[] bytes = source.read(name);
            if (!Manifest.sha256(bytes).equals(file.getValue())) {
                altered.add(name);
            }
            if (name.startsWith("plans/")) {
                plan(name, bytes, plans, wrong);
            } else if (name.startsWith("tables/") && name.endsWith(".csv")) {
                tables.put(name, CsvCells.read(new String(bytes, UTF_8)));
            } else if (name.equals(BundleFiles.EXPERIMENT)) {
                experiment = new String(bytes, UTF_8);
            }
        }
        if (experiment == null) {
            wrong.add(Bundle.MANIFEST + " lists no " + BundleFiles.EXPERIMENT);
        }
        if (!wrong.isEmpty() || experiment == null) {
            throw new BadBundleException(path + " is not whole: "
                    + String.join("; ", wrong.subList(0, Math.min(10, wrong.size()))));
        }
        Experiment whole = ExperimentJson.read(experiment, name -> planNamed(name, plans));
        long runs = (long) (whole.points().size() + Sensitivity.of(whole).size()) * whole.replications();
        if (runs > MOST_RUNS) {
            throw new BadBundleException(path + " asks for more than " + MOST_RUNS + " runs");
        }
        TreeSet<String> unlisted = new TreeSet<>(source.names());
        unlisted.removeAll(listed.keySet());
        unlisted.removeAll(List.of(Bundle.MANIFEST, ENVIRONMENT));
        JsonNode script = ExperimentJson.field(manifest, "script");
        return new StoredBundle(
                madeWith(manifest, source),
                new Script(ExperimentJson.text(script, "name"), ExperimentJson.text(script, "sha256")),
                altered,
                List.copyOf(unlisted),
                whole,
                tables,
                listed.keySet().stream().filter(BundleFiles::isOtherForm).toList());
    }

    private static Plan planNamed(String name, Map<String, Plan> plans) {
        Plan plan = plans.get(name);
        if (plan == null) {
            throw new IllegalArgumentException(BundleFiles.EXPERIMENT + " names the plan '" + name + "', which "
                    + Bundle.MANIFEST + " does not list");
        }
        return plan;
    }

    private static void plan(String name, byte[] bytes, Map<String, Plan> plans, List<String> wrong) {
        try {
            Plan plan = PlanJson.read(new String(bytes, UTF_8));
            List<Problem> problems = PlanChecks.problems(plan);
            if (!problems.isEmpty()) {
                wrong.add("'" + name + "' cannot run: " + problems.get(0));
            }
            plans.put(name, plan);
        } catch (IllegalArgumentException e) {
            wrong.add("'" + name + "' is " + e.getMessage());
        }
    }

    private static JsonNode json(String name, BundleSource source) throws IOException {
        try {
            return new ObjectMapper().readTree(source.read(name));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, String> hashes(JsonNode manifest, String list) {
        Map<String, String> hashes = new LinkedHashMap<>();
        ExperimentJson.field(manifest, list)
                .properties()
                .forEach(each -> hashes.put(each.getKey(), each.getValue().asText()));
        return hashes;
    }

    private static Map<String, String> madeWith(JsonNode manifest, BundleSource source) throws IOException {
        Map<String, String> made = new LinkedHashMap<>();
        made.put("Headroom", manifest.path("productVersion").asText());
        made.put("engine", manifest.path("engineVersion").asText());
        made.put("catalogue", manifest.path("catalogueVersion").asText());
        if (source.has(ENVIRONMENT)) {
            made.put("Java", json(ENVIRONMENT, source).path("java.version").asText());
        }
        made.replaceAll((what, version) -> Printable.of(version));
        return made;
    }

    /** What made it: {@code Headroom}, {@code engine}, {@code catalogue} and, in folders, {@code Java}, with versions. */
    public Map<String, String> madeWith() {
        return madeWith;
    }

    /** Files that are not those that the manifest lists: their SHA-256 differs. */
    public List<String> altered() {
        return altered.stream().map(Printable::of).toList();
    }

    /** Files that the manifest does not list; they were not read. */
    public List<String> unlisted() {
        return unlisted.stream().map(Printable::of).toList();
    }

    /** What the bundle asks, with every plan. */
    public Experiment experiment() {
        return experiment;
    }

    /** A table by its place, for example {@code tables/summary.csv}; null when there is none. */
    @Nullable
    CsvCells table(String name) {
        return tables.get(name);
    }

    /** Tables that plans alone do not give, since the script's claims and measurements make them. */
    public List<String> tablesOfScript() {
        return placesOfScript().stream().map(Printable::of).toList();
    }

    /** Files that hold the tables in other forms than CSV. */
    public List<String> otherForms() {
        return otherForms.stream().map(Printable::of).toList();
    }

    /** Name of the script that made it. */
    public String scriptName() {
        return Printable.of(script.name);
    }

    /** Whether {@code text} is the script that made it, to the letter. */
    public boolean isItsScript(String text) {
        return Manifest.sha256(text.getBytes(UTF_8)).equals(script.sha256);
    }

    /** Every cell of the tables of the plans that is not the same when made from {@code results}. */
    public List<CellChange> differencesFrom(SweepResult results) {
        return differences(BundleFiles.TABLES_OF_PLANS, BundleFiles.tablesOfPlans(results));
    }

    /** Every cell of the tables of the script that is not the same when made from what it says of the same run. */
    public List<CellChange> differencesFrom(List<ClaimOutcome> claims, List<Comparison> comparisons) {
        return differences(placesOfScript(), BundleFiles.tablesOfScript(claims, comparisons, script.name));
    }

    /** Numbers and other cells of the tables of the plans. */
    public long cellsOfPlans() {
        return cells(BundleFiles.TABLES_OF_PLANS);
    }

    /** Numbers and other cells of the tables of the script. */
    public long cellsOfScript() {
        return cells(placesOfScript());
    }

    private List<String> placesOfScript() {
        return tables.keySet().stream()
                .filter(name -> !BundleFiles.TABLES_OF_PLANS.contains(name))
                .toList();
    }

    private List<CellChange> differences(List<String> places, List<Table> made) {
        Map<String, CsvCells> remade = new LinkedHashMap<>();
        places.forEach(place -> remade.put(place, CsvCells.EMPTY));
        made.forEach(table -> remade.put(BundleFiles.placeOf(table), CsvCells.read(Csv.text(table))));
        List<CellChange> changes = new ArrayList<>();
        remade.forEach((place, cells) ->
                changes.addAll(CellChange.between(place, tables.getOrDefault(place, CsvCells.EMPTY), cells)));
        return changes;
    }

    private long cells(List<String> places) {
        return places.stream()
                .mapToLong(name -> tables.getOrDefault(name, CsvCells.EMPTY).size())
                .sum();
    }
}
