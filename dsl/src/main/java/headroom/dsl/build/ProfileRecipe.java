package headroom.dsl.build;

import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the profile of one deployment is made of.
 *
 * @param constants those of the catalogue that the script replaces
 */
public record ProfileRecipe(
        Shelf shelf,
        String servingEngine,
        StatedConstants constants,
        Adapted device,
        ModelSpec model,
        Adapted format,
        QuantizationSpec quantization,
        ParallelismSpec parallelism) {

    /** The profile as the script has it. */
    ProfileSpec profile() {
        return with(Map.of());
    }

    /** The same of a deployment that is spread otherwise. */
    ProfileRecipe on(ParallelismSpec other) {
        return new ProfileRecipe(shelf, servingEngine, constants, device, model, format, quantization, other);
    }

    /** The profile with other constants; those that the script itself states by name stay. */
    public ProfileSpec with(Map<String, Double> tried) {
        Map<String, Double> all = new TreeMap<>(constants.ofFile());
        all.putAll(tried);
        all.putAll(constants.stated());
        return shelf.profile(servingEngine, all, device, model, format, quantization, parallelism);
    }

    /** The value of a constant without a trial; empty when the script states it by name, so that no trial changes it. */
    public OptionalDouble start(String constant) {
        if (constants.stated().containsKey(constant)) {
            return OptionalDouble.empty();
        }
        Double filed = constants.ofFile().get(constant);
        return OptionalDouble.of(filed == null ? shelf.constant(servingEngine, device, model, constant) : filed);
    }
}
