package headroom.dsl.script;

/**
 * What a script is held to.
 *
 * @param limits how much it may use
 * @param trusted whether it may do whatever Groovy can, beyond the language
 */
public record ScriptRules(ScriptLimits limits, boolean trusted) {
    /** For a script that may be somebody else's. */
    public static final ScriptRules GUARDED = guarded(ScriptLimits.USUAL);

    /** For a script of one's own: full Groovy, and no limits. */
    public static final ScriptRules TRUSTED = new ScriptRules(ScriptLimits.NONE, true);

    /** The language, within these limits. */
    public static ScriptRules guarded(ScriptLimits limits) {
        return new ScriptRules(limits, false);
    }
}
