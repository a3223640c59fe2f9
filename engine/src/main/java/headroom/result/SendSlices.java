package headroom.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long answers of one traffic class took, by when their requests were sent.
 *
 * @param slices of the time in which requests are sent, all of the same length, from time zero on
 */
public record SendSlices(String traffic, List<Slice> slices) {
    public SendSlices {
        slices = List.copyOf(slices);
    }

    /**
     * Requests sent in one slice.
     *
     * @param completed those that were answered
     * @param e2eSumSeconds their E2E, summed
     */
    public record Slice(long completed, double e2eSumSeconds) {
        /** Their mean E2E; null when none was answered. */
        public @Nullable Double meanSeconds() {
            return completed == 0 ? null : (Double) (e2eSumSeconds / completed);
        }
    }

    /** The requests of both, slice by slice. */
    public SendSlices plus(SendSlices next) {
        List<Slice> sums = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            Slice one = slices.get(i);
            Slice other = next.slices.get(i);
            sums.add(new Slice(one.completed + other.completed, one.e2eSumSeconds + other.e2eSumSeconds));
        }
        return new SendSlices(traffic, sums);
    }
}
