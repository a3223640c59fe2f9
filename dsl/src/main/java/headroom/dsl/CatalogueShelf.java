package headroom.dsl;

import headroom.dsl.build.Adapted;
import headroom.dsl.build.CacheChoice;
import headroom.dsl.build.FixedWorkChoice;
import headroom.dsl.build.Shelf;
import headroom.dsl.catalogue.Catalogue;
import headroom.dsl.catalogue.Citation;
import headroom.dsl.catalogue.Entry;
import headroom.dsl.catalogue.HardwareEntry;
import headroom.dsl.catalogue.Kind;
import headroom.dsl.catalogue.ModelEntry;
import headroom.dsl.catalogue.QuantizationEntry;
import headroom.dsl.catalogue.ServingEngineEntry;
import headroom.dsl.catalogue.UnknownNameException;
import headroom.dsl.catalogue.UnusableEntryException;
import headroom.dsl.script.Mistake;
import headroom.plan.SourceNote;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.FixedProfileSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The shipped catalogue as the language sees it; remembers answers, since every point of a sweep asks the same. */
final class CatalogueShelf implements Shelf {
    private static final double MEMORY_SHARE = 0.9;
    private static final double ACTIVATION_BYTES = 1.5e9;

    private final Catalogue catalogue = Catalogue.shipped();
    private final Map<List<Object>, Object> answers = new HashMap<>();
    private final Map<List<String>, SourceNote> cited = new LinkedHashMap<>();

    Catalogue catalogue() {
        return catalogue;
    }

    /** Reads the tables that nearly every script asks for; may run beside anything else. */
    void readAhead() {
        catalogue.names(Kind.MODELS);
        catalogue.names(Kind.HARDWARE);
        catalogue.names(Kind.QUANTIZATIONS);
    }

    @Override
    public ModelSpec model(String name) {
        return answer(ModelSpec.class, () -> catalogue.model(name).spec(), "model", name);
    }

    @Override
    public boolean isFixedWork(String name) {
        return has("models", name) && catalogue.model(name).fixedWork();
    }

    @Override
    public FixedWorkChoice fixedModel(String name) {
        ModelEntry entry = catalogue.model(name);
        return answer(
                FixedWorkChoice.class,
                () -> new FixedWorkChoice(entry.fixedSpec(), catalogue.fixedProfile(entry.task())),
                "fixed",
                name);
    }

    @Override
    public FixedProfileSpec fixedProfile(String task) {
        return answer(FixedProfileSpec.class, () -> catalogue.fixedProfile(task), "fixedProfile", task);
    }

    @Override
    public QuantizationSpec fixedFormat(Adapted format, AcceleratorSpec accelerator) {
        return answer(
                QuantizationSpec.class,
                () -> formatEntry(format).specForFixedWork(accelerator),
                "fixedFormat",
                format,
                accelerator);
    }

    @Override
    public boolean has(String kind, String name) {
        try {
            return !catalogue.entry(Kind.of(kind), name).name().isEmpty();
        } catch (UnknownNameException e) {
            return false;
        }
    }

    @Override
    public boolean canSimulate(String kind, String name) {
        return switch (Kind.of(kind)) {
            case HARDWARE -> missing(device(name)).isEmpty();
            case MODELS, QUANTIZATIONS, ENGINES -> true;
        };
    }

    @Override
    public Adapted device(String name) {
        return answer(
                Adapted.class, () -> Adapted.listed(catalogue.hardware(name).name()), "device", name);
    }

    @Override
    public List<String> missing(Adapted device) {
        return entry(device).missing();
    }

    @Override
    public AcceleratorSpec accelerator(Adapted device) {
        return answer(AcceleratorSpec.class, () -> entry(device).accelerator(), "accelerator", device);
    }

    @Override
    public ServerSpec server(Adapted device) {
        return answer(ServerSpec.class, () -> entry(device).server(), "server", device);
    }

    @Override
    public Adapted format(String name) {
        return answer(
                Adapted.class, () -> Adapted.listed(catalogue.quantization(name).name()), "format", name);
    }

    @Override
    public QuantizationSpec quantization(Adapted format, ModelSpec model, AcceleratorSpec accelerator) {
        return answer(
                QuantizationSpec.class,
                () -> formatEntry(format).specFor(model, accelerator),
                "formatFor",
                format,
                model,
                accelerator);
    }

    private HardwareEntry entry(Adapted device) {
        return answer(
                HardwareEntry.class,
                () -> device.asListed()
                        ? catalogue.hardware(device.base())
                        : catalogue.ownHardware(device.name(), device.base(), device.cells()),
                "hardware",
                device);
    }

    private QuantizationEntry formatEntry(Adapted format) {
        return format.asListed()
                ? catalogue.quantization(format.base())
                : catalogue.ownQuantization(format.name(), format.base(), format.cells());
    }

    @Override
    public String servingEngine(String name) {
        return answer(String.class, () -> catalogue.servingEngine(name).name(), "engine", name);
    }

    @Override
    public String constant(String name) {
        return answer(String.class, () -> catalogue.constant(name), "constant", name);
    }

    @Override
    public String unitOf(String constant) {
        return catalogue.unitOf(constant);
    }

    @Override
    public double constant(String servingEngine, Adapted device, ModelSpec model, String constant) {
        return catalogue.constant(servingEngine, entry(device), model, constant);
    }

    @Override
    public int lagSteps(String servingEngine) {
        return answer(
                Integer.class, () -> catalogue.servingEngine(servingEngine).lagSteps(), "lag", servingEngine);
    }

    @Override
    public double handoverSeconds(String servingEngine) {
        return catalogue.servingEngine(servingEngine).handoverSeconds();
    }

    @Override
    public List<Integer> graphSizes(String servingEngine) {
        List<Integer> sizes = catalogue.servingEngine(servingEngine).graphSizes();
        if (sizes.isEmpty()) {
            throw new Mistake(
                    "servingEngine '" + servingEngine + "' does not fill up its steps to CUDA graphs",
                    "remove graphSizes: true, or state sizes: graphSizes: [1, 2, 4, 8]");
        }
        return sizes;
    }

    @Override
    public SchedulerSpec scheduler(String servingEngine, Adapted device, ModelSpec model) {
        return answer(
                SchedulerSpec.class,
                () -> catalogue.scheduler(servingEngine, entry(device), model),
                "scheduler",
                servingEngine,
                device,
                model);
    }

    @Override
    public CacheChoice.Usual cache(String servingEngine) {
        return answer(CacheChoice.Usual.class, () -> usualCache(servingEngine), "cache", servingEngine);
    }

    /** Where the catalogue does not know what an engine takes of a device's memory, as vLLM does. */
    private CacheChoice.Usual usualCache(String servingEngine) {
        ServingEngineEntry engine = catalogue.servingEngine(servingEngine);
        Double share = engine.memoryShare();
        Double activations = engine.activationBytes();
        return new CacheChoice.Usual(
                share == null ? MEMORY_SHARE : share,
                engine.shareOfRest(),
                activations == null ? ACTIVATION_BYTES : activations,
                engine.allocation(),
                engine.windows());
    }

    @Override
    public ProfileSpec profile(
            String servingEngine,
            Map<String, Double> constants,
            Adapted device,
            ModelSpec model,
            Adapted format,
            QuantizationSpec quantization,
            ParallelismSpec parallelism) {
        return answer(
                ProfileSpec.class,
                () -> catalogue
                        .resolve(
                                servingEngine,
                                constants,
                                entry(device),
                                model,
                                formatEntry(format),
                                quantization,
                                parallelism)
                        .spec(),
                "profile",
                servingEngine,
                Map.copyOf(constants),
                device,
                model,
                format,
                quantization,
                parallelism);
    }

    @Override
    public String source(String kind, String name) {
        return answer(String.class, () -> cite(Kind.of(kind), name), "source", kind, name);
    }

    /** What was asked for, in order of first use. */
    List<SourceNote> cited() {
        return List.copyOf(cited.values());
    }

    private String cite(Kind kind, String name) {
        Entry entry = catalogue.entry(kind, name);
        Citation citation = entry.citation();
        SourceNote note = new SourceNote(
                kind.entry(),
                entry.name(),
                citation.source(),
                citation.asOf().toString(),
                citation.confidence().toString());
        cited.putIfAbsent(List.of(note.kind(), note.name()), note);
        return published(entry);
    }

    private static String published(Entry entry) {
        return "catalogue '" + entry.name() + "' (" + entry.citation().source() + "; read "
                + entry.citation().asOf() + "; " + entry.citation().confidence() + " confidence)";
    }

    private <T> T answer(Class<T> type, Supplier<T> question, Object... key) {
        try {
            List<Object> asked = List.of(key);
            Object known = answers.get(asked);
            if (known == null) {
                known = question.get();
                answers.put(asked, known);
            }
            return type.cast(known);
        } catch (UnusableEntryException e) {
            throw new Mistake(String.valueOf(e.getMessage()), "");
        } catch (UnknownNameException e) {
            String near = String.join("' or '", e.suggestions());
            throw new Mistake(
                    "no " + e.kind() + " '" + e.name() + "' in the catalogue",
                    near.isEmpty() ? "headroom catalog lists what there is" : "did you mean '" + near + "'?");
        }
    }
}
