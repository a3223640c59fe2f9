package headroom.result;

/**
 * What became of an {@code expect} of the script.
 *
 * @param text as the script states it
 * @param detail for a failed claim the compared values with units and points, for a skipped one the reason; else empty
 * @param file included script in which the claim stands; empty for the script itself
 * @param line line of the claim in its file, from 1
 */
public record ClaimOutcome(String text, Verdict verdict, String detail, String file, int line) {
    /** Whether the claim holds. */
    public enum Verdict {
        HELD,
        FAILED,
        SKIPPED
    }
}
