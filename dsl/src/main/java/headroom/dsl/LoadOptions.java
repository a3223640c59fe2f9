package headroom.dsl;

import headroom.dsl.script.ScriptRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a script is read.
 *
 * @param overrides values of parameters as text: one value fixes the parameter, several sweep it
 * @param seed replaces the script's, null to keep it
 * @param rules what the script is held to
 */
public record LoadOptions(
        Map<String, List<String>> overrides, @Nullable Long seed, ScriptRules rules) {
    public LoadOptions {
        overrides = new LinkedHashMap<>(overrides);
    }

    /**
     * With values and seed from the command line.
     *
     * @param trusted whether the script may do whatever Groovy can, without limits
     */
    public static LoadOptions of(Map<String, List<String>> overrides, @Nullable Long seed, boolean trusted) {
        return new LoadOptions(overrides, seed, trusted ? ScriptRules.TRUSTED : ScriptRules.GUARDED);
    }

    /** A guarded script, as it stands. */
    public static LoadOptions guarded() {
        return new LoadOptions(Map.of(), null, ScriptRules.GUARDED);
    }
}
