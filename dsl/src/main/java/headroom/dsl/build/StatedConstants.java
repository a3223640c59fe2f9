package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Constants of a serving engine that a script states in place of fitted ones. */
final class StatedConstants {
    private static final String EXAMPLE = "write, for example, constants: [per_step: 400]";

    private StatedConstants() {}

    /** The values by name; null states none. */
    static Map<String, Double> of(Pass pass, @Nullable Object constants) {
        Map<String, Double> values = new TreeMap<>();
        if (constants instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                double number = number(String.valueOf(name), value);
                values.put(pass.named("constants", () -> pass.shelf().constant(String.valueOf(name))), number);
            });
        } else if (constants != null) {
            throw new Mistake(
                    "servingEngine constants: needs a map, got " + Accepts.describe(constants), EXAMPLE, "constants");
        }
        return values;
    }

    private static double number(String name, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() >= 0) {
            return number.doubleValue();
        }
        throw new Mistake(
                "servingEngine constants: " + name + " must be a number of at least 0, got " + Accepts.describe(value),
                EXAMPLE,
                "constants");
    }
}
