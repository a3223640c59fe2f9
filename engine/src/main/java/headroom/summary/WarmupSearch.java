package headroom.summary;

import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.result.SendSlices;
import headroom.result.WarmupChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the warm-up of a point from its pilot runs. As MSER-5 [Spratt 1998], it applies MSER to means of batches; here a batch
 * is what was sent in one slice of the run, in all replications, so that it needs constant memory and all replications cut
 * the same time.
 */
public final class WarmupSearch {
    /** A cut beyond half of the run means that the run is too short to tell [White 1997]. */
    static final int MOST_CUT = HorizonSpec.AutoWarmup.SLICES / 2;

    private static final double NANOS_PER_SECOND = 1e9;

    private WarmupSearch() {}

    /**
     * Chooses the cut of {@code plan}, whose horizon leaves it to be found.
     *
     * @param pilots of each replication the slices of each traffic class, in order
     */
    public static WarmupChoice of(Plan plan, List<List<SendSlices>> pilots) {
        if (!(plan.horizon() instanceof HorizonSpec.AutoWarmup auto)) {
            throw new IllegalArgumentException("the plan states its warm-up");
        }
        List<WarmupChoice.Search> searches = new ArrayList<>();
        int cut = 0;
        for (int i = 0; i < plan.traffics().size(); i++) {
            SendSlices pooled = pilots.get(0).get(i);
            for (List<SendSlices> next : pilots.subList(1, pilots.size())) {
                pooled = pooled.plus(next.get(i));
            }
            Mser mser = Mser.of(nanos(pooled), MOST_CUT);
            searches.add(new WarmupChoice.Search(pooled, mser.cut(), mser.inside()));
            cut = Math.max(cut, mser.cut());
        }
        return new WarmupChoice(auto.sliceSeconds(), cut, searches);
    }

    /** Means in whole nanoseconds, since that is how finely time is told: what differs by less is the same. */
    private static double[] nanos(SendSlices pooled) {
        return pooled.slices().stream().mapToDouble(WarmupSearch::nanos).toArray();
    }

    private static double nanos(SendSlices.Slice slice) {
        @Nullable Double mean = slice.meanSeconds();
        return mean == null ? Double.NaN : Math.rint(mean * NANOS_PER_SECOND);
    }
}
