package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.plan.model.FixedModelSpec;
import headroom.plan.serving.FixedProfileSpec;
import headroom.units.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model of fixed work of a script's own: what the script states of its work and of the shares of peak that it reaches, laid
 * over another such model or over none.
 */
final class FixedWorkDraft {
    private static final String FLOP = "flop";
    private static final String WEIGHTS = "weights";
    private static final String READ_WEIGHTS = "readWeights";
    private static final String ACTIVATIONS = "activations";
    private static final String PASSES = "passes";
    private static final Map<String, String> PATHS = Map.of(
            FLOP,
            ".model.flopPerSample",
            WEIGHTS,
            ".model.weights",
            READ_WEIGHTS,
            ".model.readWeights",
            ACTIVATIONS,
            ".model.activationBytes16",
            PASSES,
            ".model.passes",
            "task",
            ".profile",
            "mfu",
            ".profile.mfu",
            "mbu",
            ".profile.mbu",
            "ramp",
            ".profile.rampSeconds",
            "host",
            ".profile.hostSeconds");

    private final Pass pass;
    private final String name;
    private final Origins stated;
    private final Map<String, Double> said = new LinkedHashMap<>();
    private @Nullable Chosen<FixedWorkChoice> base;
    private @Nullable FixedProfileSpec ofTask;

    FixedWorkDraft(Pass pass, String name) {
        this.pass = pass;
        this.name = name;
        this.stated = new Origins(pass.guard().findings());
    }

    /** Starts with the values of {@code known}. */
    void base(Chosen<FixedWorkChoice> known) {
        base = known;
    }

    /** Whether the model is laid over another one of fixed work. */
    boolean based() {
        return base != null;
    }

    void set(String argument, @Nullable Double value) {
        if (value != null) {
            if (!(value > 0)) {
                throw new Mistake(argument + " must be above 0, got " + value, "", argument);
            }
            said.put(argument, value);
            stated.said(PATHS.getOrDefault(argument, ""), pass.guard().place(argument));
        }
    }

    void set(String argument, @Nullable Quantity value) {
        set(argument, value == null ? null : Double.valueOf(value.si()));
    }

    /** Takes the shares of peak of models for {@code task}. */
    void task(@Nullable String task) {
        if (task != null) {
            ofTask = pass.named("task", () -> pass.shelf().fixedProfile(task));
            stated.said(PATHS.getOrDefault("task", ""), pass.guard().place("task"));
        }
    }

    /** Declares the model; without a value after reporting what is wrong with it, or when its base is wrong. */
    Chosen<FixedWorkChoice> chosen(Frame frame) {
        int place = pass.guard().place();
        Chosen<FixedWorkChoice> from = base;
        String source = "model '" + name + "' of " + pass.guard().findings().where(place);
        Origins origins = new Origins(pass.guard().findings());
        if (from != null) {
            source += ", from " + from.source();
            origins.addAll("", from.origins());
        }
        origins.said(".model.name", place);
        origins.addAll("", stated);
        boolean known = frame.sound() && (from == null || from.value() != null);
        FixedWorkChoice choice = known
                ? pass.guard().attempt(place, () -> new FixedWorkChoice(model(start()), profile(startProfile())))
                : null;
        return new Chosen<>(name, choice, source, origins);
    }

    private @Nullable FixedModelSpec start() {
        FixedWorkChoice from = base == null ? null : base.value();
        return from == null ? null : from.spec();
    }

    private @Nullable FixedProfileSpec startProfile() {
        FixedWorkChoice from = base == null ? null : base.value();
        return ofTask != null || from == null ? ofTask : from.profile();
    }

    private FixedModelSpec model(@Nullable FixedModelSpec start) {
        if (start == null && !(said.containsKey(FLOP) && said.containsKey(WEIGHTS))) {
            throw new Mistake(
                    "model '" + name + "' does not say how much work it is",
                    "write, for example, fixedWork flop: 45e9, weights: 110e6, task: 'reranker', or start with"
                            + " basedOn 'resnet50-v1.5'");
        }
        double weights = start == null ? of(WEIGHTS, 0) : of(WEIGHTS, start.weights());
        // A base of which every pass reads all weights stays so when it has others.
        boolean readsAll = start == null || start.readWeights() == start.weights();
        return new FixedModelSpec(
                name,
                of(FLOP, start == null ? 0 : start.flopPerSample()),
                weights,
                of(READ_WEIGHTS, readsAll || start == null ? weights : start.readWeights()),
                of(ACTIVATIONS, start == null ? 0 : start.activationBytes16()),
                (int) of(PASSES, start == null ? 1 : start.passes()));
    }

    private FixedProfileSpec profile(@Nullable FixedProfileSpec start) {
        if (start == null && !(said.containsKey("mfu") && said.containsKey("mbu"))) {
            throw new Mistake(
                    "model '" + name + "' does not say what share of a device's peak it reaches",
                    "name what it is for, for example fixedWork task: 'reranker', or write reaches mfu: 40.percent, mbu:"
                            + " 60.percent");
        }
        boolean own = said.keySet().stream()
                .anyMatch(argument -> PATHS.getOrDefault(argument, "").startsWith(".profile."));
        return new FixedProfileSpec(
                start == null || own ? "dynamic batching, shares of '" + name + "'" : start.name(),
                of("mfu", start == null ? 0 : start.mfu()),
                of("mbu", start == null ? 0 : start.mbu()),
                of("ramp", start == null ? 0 : start.rampSeconds()),
                of("host", start == null ? 0 : start.hostSeconds()));
    }

    private double of(String argument, double otherwise) {
        Double value = said.get(argument);
        return value == null ? otherwise : value;
    }
}
