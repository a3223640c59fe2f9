package headroom.dsl;

import headroom.dsl.build.Makings;
import headroom.dsl.build.Pass;
import headroom.dsl.build.ProfileRecipe;
import headroom.dsl.claims.Comparer;
import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.serving.DeploymentSpec;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The points of a script at which something was measured, made anew with other constants of its serving engines. Closures
 * of the script run in {@link #compare}: call it from one thread.
 */
public final class Refit {
    private static final String LEFT_OUT = "not asked for in this trial";

    private final Experiment experiment;
    private final Map<Integer, Pass> measured;
    private final Comparer comparer;
    private final CatalogueShelf shelf;
    private final Runnable soundness;

    /**
     * @param measured the evaluations of points at which something was measured, by place of the point
     * @param soundness throws when comparing has met a mistake of the script
     */
    Refit(
            Experiment experiment,
            Map<Integer, Pass> measured,
            Comparer comparer,
            CatalogueShelf shelf,
            Runnable soundness) {
        this.experiment = experiment;
        this.measured = measured;
        this.comparer = comparer;
        this.shelf = shelf;
        this.soundness = soundness;
    }

    /** Labels of the points at which something was measured, in the experiment's order. */
    public List<String> points() {
        return measured.keySet().stream().map(this::label).toList();
    }

    /**
     * The catalogue's name of a constant.
     *
     * @throws headroom.dsl.catalogue.UnknownNameException when there is none
     */
    public String constant(String name) {
        return shelf.catalogue().constant(name);
    }

    /** The unit of a constant; {@code 1} when it has none. */
    public String unitOf(String constant) {
        return shelf.unitOf(constant);
    }

    /**
     * The values that a constant has in the deployments of the measured points, without those of deployments that state it
     * by name; no trial changes these.
     */
    public List<Double> starts(String constant) {
        List<Double> starts = new ArrayList<>();
        recipes().forEach(recipe -> recipe.start(constant).ifPresent(starts::add));
        return starts;
    }

    /** Serving engines of the measured points, in order of first use. */
    public List<String> servingEngines() {
        return recipes().map(ProfileRecipe::servingEngine).distinct().toList();
    }

    /** Devices of the measured points, in order of first use. */
    public List<String> devices() {
        return recipes().map(recipe -> recipe.device().name()).distinct().toList();
    }

    /** Models of the measured points, in order of first use. */
    public List<String> models() {
        return recipes().map(recipe -> recipe.model().name()).distinct().toList();
    }

    /**
     * What a point has in a column: {@code device}, {@code model}, {@code quantization} or {@code servingEngine} of its
     * deployments, else a column of its row, else a parameter; null when it has none of that name.
     */
    public @Nullable String cell(String point, String column) {
        Pass pass = pass(point);
        List<String> made = pass.makings().profiles().values().stream()
                .map(recipe -> switch (column) {
                    case "device" -> recipe.device().name();
                    case "model" -> recipe.model().name();
                    case "quantization" -> recipe.format().name();
                    case "servingEngine" -> recipe.servingEngine();
                    default -> "";
                })
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (!made.isEmpty()) {
            return String.join(" and ", made);
        }
        Object cell = pass.makings().cell(column);
        Object value = cell == null ? point(point).values().get(column) : cell;
        return value == null ? null : value.toString();
    }

    /** Names that {@link #cell} knows at some point. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>(List.of("device", "model", "quantization", "servingEngine"));
        measured.forEach((place, pass) -> {
            pass.makings().columns().forEach(columns::add);
            columns.addAll(experiment.points().get(place).values().keySet());
        });
        return columns;
    }

    /**
     * The experiment with other constants at the measured points; all other points cannot run.
     *
     * @param constants by name, in their units
     * @param labels the points that are to run
     * @throws IllegalArgumentException when a profile cannot have such a constant
     */
    public Experiment with(Map<String, Double> constants, Collection<String> labels) {
        List<Experiment.Point> points = new ArrayList<>();
        for (int place = 0; place < experiment.points().size(); place++) {
            Experiment.Point point = experiment.points().get(place);
            Pass pass = measured.get(place);
            Plan plan = pass == null || !labels.contains(point.label())
                    ? null
                    : plan(Objects.requireNonNull(point.plan()), pass.makings(), constants);
            points.add(new Experiment.Point(
                    point.label(),
                    point.variant(),
                    point.values(),
                    plan,
                    plan == null ? List.of(LEFT_OUT) : List.of()));
        }
        return new Experiment(
                experiment.title(),
                experiment.question(),
                experiment.parameters(),
                points,
                experiment.replications(),
                experiment.seed(),
                experiment.claims(),
                experiment.report());
    }

    private static Plan plan(Plan plan, Makings makings, Map<String, Double> constants) {
        List<DeploymentSpec> deployments = plan.deployments().stream()
                .map(each -> each.with(Objects.requireNonNull(makings.profiles().get(each.name()))
                        .with(constants)))
                .toList();
        return new Plan(
                plan.sites(), plan.traffics(), deployments, plan.fixedDeployments(), plan.routes(), plan.horizon());
    }

    /**
     * Sets what was measured beside what a run says, at the points that ran, by their labels.
     *
     * @throws ScriptException when the script cannot tell
     */
    public Map<String, List<Comparison>> compare(SweepResult results) {
        Map<String, List<Comparison>> byPoint = new LinkedHashMap<>();
        comparer.comparisons(results)
                .forEach(each -> byPoint.computeIfAbsent(each.point(), key -> new ArrayList<>())
                        .add(each));
        soundness.run();
        return byPoint;
    }

    private java.util.stream.Stream<ProfileRecipe> recipes() {
        return measured.values().stream().flatMap(pass -> pass.makings().profiles().values().stream());
    }

    private String label(int place) {
        return experiment.points().get(place).label();
    }

    private Experiment.Point point(String label) {
        return experiment.points().stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no point '" + label + "'"));
    }

    private Pass pass(String label) {
        return measured.entrySet().stream()
                .filter(entry -> label(entry.getKey()).equals(label))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing was measured at '" + label + "'"));
    }
}
