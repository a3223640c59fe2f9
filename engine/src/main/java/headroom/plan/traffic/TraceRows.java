package headroom.plan.traffic;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a recorded trace, in order of arrival: when each request was sent, its prompt and its answer, and which prompts are
 * the same, or begin alike.
 *
 * <p>Columns of equal length, at least one row. Instants are nanoseconds from the start of the run and never
 * fall; lengths are tokens, at least 1. Of rows with the same prompt id, the shorter prompt is how the longer one begins;
 * hashes tell block by block what prompts have in common. Without ids and hashes, no prompt comes twice. Equality is by content.
 */
public final class TraceRows {
    private final long[] arrivalNanos;
    private final int[] promptTokens;
    private final int[] outputTokens;
    private final int @Nullable [] promptIds;
    private final @Nullable PromptHashes hashes;

    /** Copies its columns. */
    @JsonCreator
    public TraceRows(
            @JsonProperty("arrivalNanos") long[] arrivalNanos,
            @JsonProperty("promptTokens") int[] promptTokens,
            @JsonProperty("outputTokens") int[] outputTokens,
            @JsonProperty("promptIds") int @Nullable [] promptIds,
            @JsonProperty("hashes") @Nullable PromptHashes hashes) {
        this.arrivalNanos = arrivalNanos.clone();
        this.promptTokens = promptTokens.clone();
        this.outputTokens = outputTokens.clone();
        this.promptIds = promptIds == null ? null : promptIds.clone();
        this.hashes = hashes;
        if (arrivalNanos.length == 0
                || promptTokens.length != arrivalNanos.length
                || outputTokens.length != arrivalNanos.length) {
            throw new IllegalArgumentException("trace must have equal columns of at least one row, but has "
                    + arrivalNanos.length + ", " + promptTokens.length + " and " + outputTokens.length);
        }
        if (promptIds != null && promptIds.length != arrivalNanos.length) {
            throw new IllegalArgumentException("trace must name the prompt of each of its " + arrivalNanos.length
                    + " rows, or of none, but names " + promptIds.length);
        }
        if (promptIds != null && Arrays.stream(promptIds).anyMatch(id -> id < 0)) {
            throw new IllegalArgumentException("trace.promptIds must be at least 0");
        }
        if (hashes != null && promptIds != null) {
            throw new IllegalArgumentException("trace must have prompt ids or hashes, not both");
        }
        if (hashes != null && hashes.size() != arrivalNanos.length) {
            throw new IllegalArgumentException("trace must have the hashes of each of its " + arrivalNanos.length
                    + " rows, or of none, but has " + hashes.size());
        }
        long before = 0;
        for (int row = 0; row < arrivalNanos.length; row++) {
            if (arrivalNanos[row] < before) {
                throw new IllegalArgumentException("trace.arrivalNanos must not fall, but row " + row + " has "
                        + arrivalNanos[row] + " after " + before);
            }
            if (promptTokens[row] < 1 || outputTokens[row] < 1) {
                throw new IllegalArgumentException("trace lengths must be at least 1 token, but row " + row + " has "
                        + promptTokens[row] + " and " + outputTokens[row]);
            }
            int blocks = hashes == null ? 0 : PromptHashes.blocks(promptTokens[row], hashes.blockTokens());
            if (hashes != null && hashes.count(row) != blocks) {
                throw new IllegalArgumentException("trace.hashes of a prompt of " + promptTokens[row]
                        + " tokens must be " + blocks + ", but row " + row + " has " + hashes.count(row));
            }
            before = arrivalNanos[row];
        }
    }

    /** A trace that says which prompts are the same. */
    public TraceRows(long[] arrivalNanos, int[] promptTokens, int[] outputTokens, int @Nullable [] promptIds) {
        this(arrivalNanos, promptTokens, outputTokens, promptIds, null);
    }

    /** A trace in which no prompt comes twice. */
    public TraceRows(long[] arrivalNanos, int[] promptTokens, int[] outputTokens) {
        this(arrivalNanos, promptTokens, outputTokens, null);
    }

    /** Number of requests. */
    public int size() {
        return arrivalNanos.length;
    }

    /** When request {@code row} was sent, in nanoseconds from the start. */
    public long arrivalNanos(int row) {
        return arrivalNanos[row];
    }

    /** Prompt of request {@code row}, in tokens. */
    public int promptTokens(int row) {
        return promptTokens[row];
    }

    /** Answer of request {@code row}, in tokens. */
    public int outputTokens(int row) {
        return outputTokens[row];
    }

    /** Whether prompts come more than once, so that {@link #promptId} tells which are the same. */
    public boolean namesPrompts() {
        return promptIds != null;
    }

    /** Which prompt request {@code row} has; only where {@link #namesPrompts}. */
    public int promptId(int row) {
        if (promptIds == null) {
            throw new IllegalStateException("the trace does not say which prompts are the same");
        }
        return promptIds[row];
    }

    /** What the prompts' blocks hash to; null where the trace does not say. */
    @JsonProperty
    public @Nullable PromptHashes hashes() {
        return hashes;
    }

    @JsonProperty("promptIds")
    int @Nullable [] promptIdColumn() {
        return promptIds == null ? null : promptIds.clone();
    }

    @JsonProperty("arrivalNanos")
    long[] arrivalColumn() {
        return arrivalNanos.clone();
    }

    @JsonProperty("promptTokens")
    int[] promptColumn() {
        return promptTokens.clone();
    }

    @JsonProperty("outputTokens")
    int[] outputColumn() {
        return outputTokens.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceRows rows
                && Arrays.equals(arrivalNanos, rows.arrivalNanos)
                && Arrays.equals(promptTokens, rows.promptTokens)
                && Arrays.equals(outputTokens, rows.outputTokens)
                && Arrays.equals(promptIds, rows.promptIds)
                && Objects.equals(hashes, rows.hashes);
    }

    @Override
    public int hashCode() {
        int lengths = 31 * Arrays.hashCode(promptTokens) + Arrays.hashCode(outputTokens);
        int same = 31 * Arrays.hashCode(promptIds) + Objects.hashCode(hashes);
        return 31 * (31 * lengths + Arrays.hashCode(arrivalNanos)) + same;
    }

    @Override
    public String toString() {
        return "TraceRows[" + size() + " rows]";
    }
}
