package headroom.result;

import java.util.List;

/**
 * The warm-up that was found for a point, and from what; the same for all its replications and traffic classes.
 *
 * @param sliceSeconds length of a slice
 * @param cutSlices slices that do not count: the most that any class asks for
 * @param traffics one entry per traffic class, in the plan's order
 */
public record WarmupChoice(double sliceSeconds, int cutSlices, List<Search> traffics) {
    public WarmupChoice {
        traffics = List.copyOf(traffics);
    }

    /**
     * What one traffic class asks for.
     *
     * @param slices of the pilot runs, which had no warm-up, over all replications
     * @param cutSlices slices that this class would leave out
     * @param steady whether a steady state was found; if not, the cut is the largest allowed
     */
    public record Search(SendSlices slices, int cutSlices, boolean steady) {}

    /** How long the warm-up is. */
    public double seconds() {
        return cutSlices * sliceSeconds;
    }
}
