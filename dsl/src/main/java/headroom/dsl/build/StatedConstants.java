package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values in place of fitted constants, as a script states them. */
final class StatedConstants {
    private StatedConstants() {}

    /** By the catalogue's names; nothing when the script says nothing. */
    static Map<String, Double> of(@Nullable Object said, Pass pass) {
        Map<String, Double> constants = new TreeMap<>();
        if (said instanceof Map<?, ?> map) {
            map.forEach((constant, value) -> {
                String name = String.valueOf(constant);
                double number = number(name, value);
                constants.put(pass.named("constants", () -> pass.shelf().constant(name)), number);
            });
        } else if (said != null) {
            throw new Mistake(
                    "servingEngine constants: needs a map, got " + Accepts.describe(said),
                    "write, for example, constants: [per_step: 400]",
                    "constants");
        }
        return constants;
    }

    private static double number(String name, @Nullable Object value) {
        if (!(value instanceof Number number && number.doubleValue() >= 0)) {
            throw new Mistake(
                    "servingEngine constants: " + name + " must be a number of at least 0, got "
                            + Accepts.describe(value),
                    "write, for example, constants: [per_step: 400]",
                    "constants");
        }
        return number.doubleValue();
    }
}
