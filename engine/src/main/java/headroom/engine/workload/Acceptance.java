package headroom.engine.workload;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.RandomStreams;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;

/**
 * How many drafted tokens each step of a request accepts. The draw is keyed by the request and its own count of steps, so
 * that it is the same whoever else is in the batch, and that a better draft never accepts less.
 */
public final class Acceptance {
    private final Draws[] byTraffic;
    private final double[] reaches;

    /**
     * Draws for the traffic classes of a plan.
     *
     * @param reaches probabilities that at least 1, 2, ... drafted tokens are accepted
     */
    public Acceptance(double[] reaches, List<TrafficSpec> traffics, RandomStreams streams) {
        this.byTraffic =
                traffics.stream().map(t -> streams.named("accept/" + t.name())).toArray(Draws[]::new);
        this.reaches = reaches.clone();
    }

    /** Drafted tokens that the request's step {@code step}, from 0, accepts. */
    public int accepted(Request request, int step) {
        double draw = byTraffic[request.traffic()].at(request.index()).uniform(step);
        int count = 0;
        while (count < reaches.length && draw < reaches[count]) {
            count++;
        }
        return count;
    }
}
