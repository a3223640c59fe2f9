package headroom.summary;

import headroom.result.TrafficResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the system never reached a steady state: more and more requests were in it. Judged over all replications
 * together, in the second half of the window.
 *
 * @param atHalf requests present at half the window, mean over replications
 * @param atEnd the same at its end
 */
public record Growth(double atHalf, double atEnd) {
    /** Less of the requests sent in half a window than this is the sway of a queue. */
    private static final double LEAST_SHARE = 0.01;

    private static final double LEAST_REQUESTS = 30;

    /**
     * The growth of one traffic class; null when its queue does not grow, or ends by itself. It grows when each quarter ends with more
     * requests than the one before, and half a window adds at least 30 and 1 % of those sent in it.
     */
    public static @Nullable Growth of(List<TrafficResult> replications) {
        if (replications.isEmpty()
                || replications.stream()
                        .anyMatch(result -> result.presentAtQuarters().size() != 5)) {
            return null;
        }
        double[] present = new double[5];
        double sent = 0;
        for (TrafficResult result : replications) {
            sent += (double) result.requests().sent() / replications.size();
            for (int quarter = 0; quarter < present.length; quarter++) {
                present[quarter] += (double) result.presentAtQuarters().get(quarter) / replications.size();
            }
        }
        double added = present[4] - present[2];
        boolean rises = present[1] < present[2] && present[2] < present[3] && present[3] < present[4];
        boolean much = added >= LEAST_REQUESTS && added >= LEAST_SHARE * sent / 2;
        return rises && much ? new Growth(present[2], present[4]) : null;
    }
}
