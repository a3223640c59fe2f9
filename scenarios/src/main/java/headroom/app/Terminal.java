package headroom.app;

import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Where the command prints: results on {@code out}, everything else on {@code err}.
 *
 * @param alphabet what both can show
 * @param interactive whether somebody watches {@code err}, so that a line there may be drawn again and again
 * @param columns width of {@code err} in characters
 */
record Terminal(PrintStream out, PrintStream err, Charset alphabet, boolean interactive, int columns) {
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;

    /** This process's own; the launcher tells whether it is a terminal, and how wide. */
    static Terminal ofProcess() {
        // Java takes text for UTF-8 whatever the locale says, but a terminal reads what its locale says.
        Charset alphabet = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return new Terminal(
                new PrintStream(System.out, true, alphabet),
                new PrintStream(System.err, true, alphabet),
                alphabet,
                Boolean.getBoolean("headroom.terminal"),
                Math.max(FEWEST_COLUMNS, Integer.getInteger("headroom.columns", USUAL_COLUMNS)));
    }

    /** A sign, or letters where the alphabet lacks it. */
    String mark(String sign, String letters) {
        return alphabet.newEncoder().canEncode(sign) ? sign : letters;
    }
}
