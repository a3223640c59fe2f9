package headroom.app;

import headroom.result.ClaimOutcome;
import java.util.List;

/** What became of the claims, one a line. */
final class ClaimLines {
    private ClaimLines() {}

    /** Prints verdict, text and reason of each claim; nothing when the script claims nothing. */
    static void print(Terminal terminal, List<ClaimOutcome> claims) {
        if (!claims.isEmpty()) {
            terminal.out().println();
            claims.forEach(claim -> terminal.out().println(line(terminal, claim)));
        }
    }

    private static String line(Terminal terminal, ClaimOutcome claim) {
        String mark = switch (claim.verdict()) {
            case HELD -> terminal.mark("\u2714", "holds  ");
            case FAILED -> terminal.mark("\u2718", "FAILS  ");
            case SKIPPED -> terminal.mark("\u2013", "skipped");
        };
        String detail = claim.detail().isEmpty() ? "" : ": " + claim.detail();
        String line = (claim.file().isEmpty() ? "" : claim.file() + " ") + "line " + claim.line();
        String place = claim.verdict() == ClaimOutcome.Verdict.FAILED ? " (" + line + ")" : "";
        return mark + " " + claim.text() + detail + place;
    }
}
