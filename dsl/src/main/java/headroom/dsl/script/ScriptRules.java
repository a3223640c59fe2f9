package headroom.dsl.script;

/**
 * What a script is held to.
 *
 * @param limits how much it may use
 */
public record ScriptRules(ScriptLimits limits) {
    /** For a script that may be somebody else's. */
    public static final ScriptRules GUARDED = new ScriptRules(ScriptLimits.USUAL);
}
