package headroom.dsl;

import headroom.dsl.build.Shelf;
import headroom.dsl.catalogue.Catalogue;
import headroom.dsl.catalogue.Entry;
import headroom.dsl.catalogue.Kind;
import headroom.dsl.catalogue.UnknownNameException;
import headroom.dsl.catalogue.UnusableEntryException;
import headroom.dsl.script.Mistake;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.ProfileSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The shipped catalogue as the language sees it; remembers answers, since every point of a sweep asks the same. */
final class CatalogueShelf implements Shelf {
    private final Catalogue catalogue = Catalogue.shipped();
    private final Map<List<Object>, Object> answers = new HashMap<>();

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
    public boolean hasModel(String name) {
        try {
            return !catalogue.model(name).name().isEmpty();
        } catch (UnknownNameException e) {
            return false;
        }
    }

    @Override
    public AcceleratorSpec accelerator(String name) {
        return answer(AcceleratorSpec.class, () -> catalogue.hardware(name).accelerator(), "device", name);
    }

    @Override
    public ServerSpec server(String accelerator) {
        return answer(ServerSpec.class, () -> catalogue.hardware(accelerator).server(), "server", accelerator);
    }

    @Override
    public String quantization(String name) {
        return answer(String.class, () -> catalogue.quantization(name).name(), "format", name);
    }

    @Override
    public QuantizationSpec quantization(String name, ModelSpec model, AcceleratorSpec accelerator) {
        return answer(
                QuantizationSpec.class,
                () -> catalogue.quantization(name).specFor(model, accelerator),
                "formatFor",
                name,
                model,
                accelerator);
    }

    @Override
    public String servingEngine(String name) {
        return answer(String.class, () -> catalogue.servingEngine(name).name(), "engine", name);
    }

    @Override
    public int lagSteps(String servingEngine) {
        return answer(
                Integer.class, () -> catalogue.servingEngine(servingEngine).lagSteps(), "lag", servingEngine);
    }

    @Override
    public ProfileSpec profile(
            String servingEngine,
            AcceleratorSpec accelerator,
            ModelSpec model,
            QuantizationSpec quantization,
            int tensorParallel) {
        return answer(
                ProfileSpec.class,
                () -> catalogue.profile(
                        servingEngine, catalogue.hardware(accelerator.name()), model, quantization, tensorParallel),
                "profile",
                servingEngine,
                accelerator,
                model,
                quantization,
                tensorParallel);
    }

    @Override
    public String source(String kind, String name) {
        return answer(String.class, () -> published(catalogue.entry(Kind.of(kind), name)), "source", kind, name);
    }

    private static String published(Entry entry) {
        return "catalogue '" + entry.name() + "' (" + entry.citation().source() + "; read "
                + entry.citation().asOf() + "; " + entry.citation().confidence() + " confidence)";
    }

    private <T> T answer(Class<T> type, Supplier<T> question, Object... key) {
        try {
            return type.cast(answers.computeIfAbsent(List.of(key), k -> question.get()));
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
