package headroom.plan.traffic;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import headroom.units.Ranges;
import java.util.Arrays;

/**
 * What the prompts of a trace have in common, as hashes of their blocks tell: two prompts begin alike as far as their lists of
 * hashes agree from the start, at most to the end of the shorter one.
 *
 * <p>Each prompt has one hash for every {@code blockTokens} tokens begun, the last block may be partial. Equality is by content.
 */
public final class PromptHashes {
    private final int blockTokens;
    private final int[][] ids;

    /** Copies the lists, one a row of the trace. */
    @JsonCreator
    public PromptHashes(@JsonProperty("blockTokens") int blockTokens, @JsonProperty("ids") int[][] ids) {
        Ranges.atLeast("trace.hashes.blockTokens", blockTokens, 1);
        this.blockTokens = blockTokens;
        this.ids = copy(ids);
        for (int[] row : this.ids) {
            if (Arrays.stream(row).anyMatch(id -> id < 0)) {
                throw new IllegalArgumentException("trace.hashes.ids must be at least 0");
            }
        }
    }

    /** Tokens that one hash stands for. */
    @JsonProperty
    public int blockTokens() {
        return blockTokens;
    }

    /** Number of prompts. */
    public int size() {
        return ids.length;
    }

    /** How many hashes the prompt of request {@code row} has. */
    public int count(int row) {
        return ids[row].length;
    }

    /** Hash of block {@code block} of the prompt of request {@code row}. */
    public int id(int row, int block) {
        return ids[row][block];
    }

    /** How many hashes a prompt of so many tokens has. */
    public static int blocks(int promptTokens, int blockTokens) {
        return (promptTokens - 1) / blockTokens + 1;
    }

    @JsonProperty("ids")
    int[][] idColumn() {
        return copy(ids);
    }

    private static int[][] copy(int[][] lists) {
        return Arrays.stream(lists).map(int[]::clone).toArray(int[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptHashes hashes
                && blockTokens == hashes.blockTokens
                && Arrays.deepEquals(ids, hashes.ids);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(ids) + blockTokens;
    }

    @Override
    public String toString() {
        return "PromptHashes[" + size() + " prompts, blocks of " + blockTokens + " tokens]";
    }
}
