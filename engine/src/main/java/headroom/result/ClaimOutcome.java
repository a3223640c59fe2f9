package headroom.result;

/**
 * What became of an {@code expect} of the script.
 *
 * @param text as the script states it
 * @param detail for a failed claim the compared values with units, for a skipped one the reason; else empty
 * @param line line of the claim in the script, from 1
 */
public record ClaimOutcome(String text, Verdict verdict, String detail, int line) {
    /** Whether the claim holds. */
    public enum Verdict {
        HELD,
        FAILED,
        SKIPPED
    }
}
