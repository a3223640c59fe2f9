package headroom.engine.serving;

import headroom.engine.workload.HashChain;
import java.util.function.IntFunction;

/**
 * The text of one prompt as a chain of lines, one for each block that the trace hashed. A KV block belongs to the hashed block that
 * its last token lies in: whoever has that one has all the tokens before it, too.
 */
final class LineChain {
    private final CachedBlock.Line[] lines;
    private final int hashedTokens;
    private final int blockTokens;

    LineChain(HashChain hashes, int blockTokens, IntFunction<CachedBlock.Line> lineOf) {
        this.lines = new CachedBlock.Line[hashes.length()];
        this.hashedTokens = hashes.blockTokens();
        this.blockTokens = blockTokens;
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lineOf.apply(i);
        }
    }

    /** The line of the KV block at {@code place}, which must lie wholly in the prompt. */
    CachedBlock.Line line(int place) {
        long lastToken = (place + 1L) * blockTokens - 1;
        return lines[(int) (lastToken / hashedTokens)];
    }

    /** The first KV block whose last token lies in hashed block {@code hashed}. */
    static int firstPlace(int hashed, int hashedTokens, int blockTokens) {
        return (int) ((long) hashed * hashedTokens / blockTokens);
    }
}
