package headroom.plan.traffic;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * The rows of a recorded trace, in order of arrival: when each request was sent, its prompt and its answer.
 *
 * <p>Three columns of equal length, at least one row. Instants are nanoseconds from the start of the run and never
 * fall; lengths are tokens, at least 1. Equality is by content.
 */
public final class TraceRows {
    private final long[] arrivalNanos;
    private final int[] promptTokens;
    private final int[] outputTokens;

    /** Copies its columns. */
    @JsonCreator
    public TraceRows(
            @JsonProperty("arrivalNanos") long[] arrivalNanos,
            @JsonProperty("promptTokens") int[] promptTokens,
            @JsonProperty("outputTokens") int[] outputTokens) {
        this.arrivalNanos = arrivalNanos.clone();
        this.promptTokens = promptTokens.clone();
        this.outputTokens = outputTokens.clone();
        if (arrivalNanos.length == 0
                || promptTokens.length != arrivalNanos.length
                || outputTokens.length != arrivalNanos.length) {
            throw new IllegalArgumentException("trace must have equal columns of at least one row, but has "
                    + arrivalNanos.length + ", " + promptTokens.length + " and " + outputTokens.length);
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
            before = arrivalNanos[row];
        }
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
                && Arrays.equals(outputTokens, rows.outputTokens);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(arrivalNanos) + Arrays.hashCode(promptTokens))
                + Arrays.hashCode(outputTokens);
    }

    @Override
    public String toString() {
        return "TraceRows[" + size() + " rows]";
    }
}
