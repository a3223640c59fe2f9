package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Constants that a script puts in place of those of the catalogue's profiles, by the catalogue's names. */
final class StatedConstants {
    private static final String EXAMPLE = "write, for example, constants: [per_step: 400]";

    private StatedConstants() {}

    static Map<String, Double> of(Pass pass, @Nullable Object stated) {
        Map<String, Double> constants = new TreeMap<>();
        if (stated instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                double number = number(String.valueOf(name), value);
                constants.put(pass.named("constants", () -> pass.shelf().constant(String.valueOf(name))), number);
            });
        } else if (stated != null) {
            throw new Mistake(
                    "servingEngine constants: needs a map, got " + Accepts.describe(stated), EXAMPLE, "constants");
        }
        return constants;
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
