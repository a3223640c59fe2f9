package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.ParameterCount;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A model that a script declares: what its block states, laid over another model, a config file or nothing. */
final class OwnModel {
    private static final double TOLERANCE = 0.02;

    private final Pass pass;
    private final String name;
    private final ModelDraft draft = new ModelDraft();
    private final Origins stated;
    private final FixedWorkDraft fixedWork;
    private @Nullable Chosen<ModelChoice> base;
    private HuggingFaceConfig.@Nullable Read config;
    private String configFile = "";
    private @Nullable Double expectedParameters;
    private int parametersPlace;

    OwnModel(Pass pass, String name) {
        this.pass = pass;
        this.name = name;
        this.stated = new Origins(pass.guard().findings());
        this.fixedWork = new FixedWorkDraft(pass, name);
    }

    ModelDraft draft() {
        return draft;
    }

    FixedWorkDraft fixedWork() {
        return fixedWork;
    }

    void basedOn(String known) {
        onlyStart();
        Chosen<FixedWorkChoice> ofFixedWork = FixedWorkWords.find(known, pass);
        if (ofFixedWork == null) {
            base = pass.model(known);
        } else {
            fixedWork.base(ofFixedWork);
        }
    }

    void fromConfig(String file) {
        onlyStart();
        config = pass.files().model(name, file);
        configFile = file;
    }

    private void onlyStart() {
        if (base != null || config != null || fixedWork.based()) {
            throw new Mistake("basedOn and fromConfig both say where the model starts", "keep one of them");
        }
    }

    void tie(boolean tied) {
        draft.tie(tied);
        stated.said(".model.tiedEmbeddings", pass.guard().place());
    }

    /** Checks the number of weights. */
    void expect(double parameters) {
        expectedParameters = parameters;
        parametersPlace = pass.guard().place(0);
    }

    void set(String field, @Nullable Integer value, Object argument) {
        if (value != null) {
            draft.set(field, value);
            stated.said(".model." + field, pass.guard().place(argument));
        }
    }

    /** Says yes as 1 and no as 0. */
    void set(String field, @Nullable Boolean value, Object argument) {
        if (value != null) {
            set(field, value ? 1 : 0, argument);
        }
    }

    /** Says how a token changes the state of a layer of linear attention. */
    void rule(@Nullable String name) {
        if (name != null) {
            draft.rule(StateDraft.rule(name));
            stated.said(".model.attention.state.rule", pass.guard().place("rule"));
        }
    }

    /** Declares the model, of tokens or of fixed work. */
    void declare(Frame frame) {
        if (!fixedWork.based() && frame.lacks("fixedWork") && frame.lacks("reaches")) {
            pass.ownModels().declare(chosen(frame));
            return;
        }
        if (base != null || config != null || draft.saysAnything() || expectedParameters != null) {
            pass.guard()
                    .mistake(
                            pass.guard().place(),
                            "model '" + name + "' has both fixed work and the dimensions of a language model",
                            "keep one of them: fixedWork and reaches go with basedOn a model of fixed work only");
        }
        pass.ownFixedModels().declare(fixedWork.chosen(frame));
    }

    /** Declares the model; without a value after reporting what is wrong with it, or when its base is wrong. */
    private Chosen<ModelChoice> chosen(Frame frame) {
        int place = pass.guard().place();
        Chosen<ModelChoice> from = base;
        String source = "model '" + name + "' of " + pass.guard().findings().where(place);
        Origins origins = new Origins(pass.guard().findings());
        if (from != null) {
            source += ", from " + from.source();
            origins.addAll("", from.origins());
        } else if (!configFile.isEmpty()) {
            source += ", from '" + configFile + "'" + leftOut();
        }
        origins.said(".model.name", place);
        origins.addAll("", stated);
        boolean known = frame.sound() && (from == null || from.value() != null);
        ModelChoice choice = known ? pass.guard().attempt(place, this::choice) : null;
        return new Chosen<>(name, choice, source, origins);
    }

    /** What the file left to its family. */
    private String leftOut() {
        HuggingFaceConfig.Read read = config;
        if (read == null || read.filledIn().isEmpty()) {
            return "";
        }
        return read.filledIn().entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", ", " (not in the file, so its family's default: ", ")"));
    }

    private @Nullable ModelChoice choice() {
        ModelChoice from = base == null ? null : base.value();
        HuggingFaceConfig.Read read = config;
        ModelSpec start = from != null ? from.spec() : read != null ? read.spec() : null;
        if (start == null && draft.shapeless()) {
            pass.guard()
                    .mistake(
                            pass.guard().place(),
                            "model '" + name + "' does not say where its dimensions come from",
                            "add basedOn 'llama-3.1-8b' or fromConfig 'config.json', or its dimensions");
            return null;
        }
        List<String> missing = draft.missing(start);
        if (!missing.isEmpty()) {
            throw new Mistake(
                    "model '" + name + "' does not say " + String.join(", ", missing),
                    "add them, or start with basedOn 'llama-3.1-8b'");
        }
        ModelSpec spec = draft.spec(name, start);
        Double expected = expectedParameters;
        double counted = ParameterCount.of(spec).total();
        if (expected != null && !(Math.abs(counted - expected) <= TOLERANCE * expected)) {
            pass.guard()
                    .mistake(
                            parametersPlace,
                            String.format(
                                    Locale.ROOT,
                                    "the dimensions of '%s' make %.2f billion parameters, not %.2f",
                                    name,
                                    counted / 1e9,
                                    expected / 1e9),
                            "check its dimensions");
            return null;
        }
        return new ModelChoice(spec, from == null || draft.changesWeights() ? "" : from.weightsOf());
    }
}
