package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Constants of a serving engine that a script has in place of the catalogue's.
 *
 * @param ofFile those of a profile file
 * @param stated those that the script states by name; they go before those of the file
 */
record StatedConstants(Map<String, Double> ofFile, Map<String, Double> stated) {
    static final StatedConstants NONE = new StatedConstants(Map.of(), Map.of());

    StatedConstants {
        ofFile = Map.copyOf(ofFile);
        stated = Map.copyOf(stated);
    }

    /**
     * What {@code servingEngine} was given; each mistake of a profile file is reported.
     *
     * @param profile a file; null for none
     * @param constants a map of numbers; null for none
     */
    static StatedConstants of(Pass pass, String engine, @Nullable String profile, @Nullable Object constants) {
        return new StatedConstants(
                profile == null ? Map.of() : ofFile(pass, engine, profile),
                constants == null ? Map.of() : stated(pass, constants));
    }

    private static Map<String, Double> ofFile(Pass pass, String engine, String name) {
        ProfileFile file = pass.named("profile", () -> pass.files().profile(name, pass.shelf()));
        int place = pass.guard().place("profile");
        file.problems().forEach(problem -> pass.guard().mistake(place, problem.message(), problem.remedy()));
        Map<String, Double> constants = file.constants(engine);
        if (constants.isEmpty() && file.problems().isEmpty()) {
            throw new Mistake(
                    "'" + name + "' has constants of " + String.join(", ", file.engines()) + ", but none of " + engine,
                    "name the serving engine that it was fitted for",
                    "profile");
        }
        return constants;
    }

    private static Map<String, Double> stated(Pass pass, Object constants) {
        if (!(constants instanceof Map<?, ?> map)) {
            throw new Mistake(
                    "servingEngine constants: needs a map, got " + Accepts.describe(constants),
                    "write, for example, constants: [per_step: 400]",
                    "constants");
        }
        Map<String, Double> stated = new TreeMap<>();
        map.forEach((name, value) -> state(pass, stated, String.valueOf(name), value));
        return stated;
    }

    private static void state(Pass pass, Map<String, Double> stated, String name, @Nullable Object value) {
        if (!(value instanceof Number number && number.doubleValue() >= 0)) {
            throw new Mistake(
                    "servingEngine constants: " + name + " must be a number of at least 0, got "
                            + Accepts.describe(value),
                    "write, for example, constants: [per_step: 400]",
                    "constants");
        }
        stated.put(pass.named("constants", () -> pass.shelf().constant(name)), number.doubleValue());
    }
}
