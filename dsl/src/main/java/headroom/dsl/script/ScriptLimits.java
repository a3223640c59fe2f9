package headroom.dsl.script;

/**
 * How much a script may use. Every evaluation (one point of a sweep, one claim) has its own steps and cells; the time is
 * that of all evaluations together.
 *
 * @param steps calls, operators, loop rounds, closures and names, in one evaluation
 * @param cells elements of lists and maps, eight characters of text or 64 bits of a number, made in one evaluation
 * @param depth calls of methods and closures inside each other
 * @param elements of one list, map or range, and of what lies in it when all of it is visited
 * @param characters of one text
 * @param digits of one number, before or behind the point
 * @param sourceCharacters of the script itself
 * @param nesting brackets inside each other
 * @param seconds of evaluation, all points together
 */
public record ScriptLimits(
        long steps,
        long cells,
        int depth,
        int elements,
        int characters,
        int digits,
        int sourceCharacters,
        int nesting,
        int seconds) {
    /** Ample for a scenario: a hundred times what the largest sweep of the manual needs. */
    public static final ScriptLimits USUAL =
            new ScriptLimits(2_000_000, 5_000_000, 200, 1_000_000, 1_000_000, 1_000, 1_000_000, 100, 120);

    /** As much as there is. */
    public static final ScriptLimits NONE = new ScriptLimits(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);
}
