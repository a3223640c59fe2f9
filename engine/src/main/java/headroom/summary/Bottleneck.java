package headroom.summary;

import headroom.plan.Plan;
import headroom.plan.serving.Deployed;
import headroom.result.RunResult;
import headroom.result.TrafficResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What keeps one class of requests from going faster, judged over all replications of a point. The first that holds of:
 *
 * <ol>
 *   <li>{@code queue}: more comes than is served: the requests in the system {@linkplain Growth grow} through the window, or
 *       at least 1 % of them were turned away by a full queue, waited too long or were left unfinished. The reason names
 *       what binds the deployment then.
 *   <li>{@code kv_cache}: at least 1 % as many preemptions as requests, or on average at least 90 % of the KV blocks in use
 *       while steps run.
 *   <li>{@code load}: no step runs for at least half the window.
 *   <li>{@code bandwidth}, {@code compute}, {@code collective} or {@code host_overhead}: what takes the largest
 *       {@linkplain StepShares share of the steps}.
 * </ol>
 *
 * <p>Where prompts are prefilled in a pool of their own, {@link PoolsBottleneck} says which of the pools and the link between
 * them it is.
 *
 * @param reason the figures that it rests on
 */
public record Bottleneck(Kind kind, String reason) {
    /** How results call requests that a full queue turned away. */
    static final String QUEUE_FULL = "as many requests wait at the replica as its queue limit allows";

    /** Less of its requests than this is no reason. */
    static final double FEW = 0.01;

    /** What is used so much is full. */
    static final double FULL = 0.9;

    /** What is used less than this waits for requests. */
    static final double HALF = 0.5;

    /** What binds. */
    public enum Kind {
        QUEUE,
        KV_CACHE,
        KV_LINK,
        LOAD,
        BANDWIDTH,
        COMPUTE,
        COLLECTIVE,
        HOST_OVERHEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As {@code summary.csv} says it: {@code bandwidth: steps run 93 % of the time; of that ...}. */
    @Override
    public String toString() {
        return kind + ": " + reason;
    }

    /**
     * The bottleneck of one class of requests.
     *
     * @param runs replications of {@code plan}, at least one
     * @param traffic place of the class in the plan
     */
    public static Bottleneck of(Plan plan, List<RunResult> runs, int traffic) {
        List<TrafficResult> results =
                runs.stream().map(run -> run.traffics().get(traffic)).toList();
        String name = results.get(0).deployment();
        int place = plan.indexOf(name);
        Deployed deployed = plan.deployed().get(place);
        Bottleneck within = plan.entranceOf(place) == place
                ? within(plan, deployed, runs)
                : new PoolsBottleneck(plan, plan.deployments().get(plan.entranceOf(place)), deployed, runs).of(results);
        String queue = queue(results);
        if (queue == null) {
            return within;
        }
        return new Bottleneck(Kind.QUEUE, queue + "; the deployment: " + within.kind + ", " + within.reason);
    }

    /** Why more comes than is served; null when it does not. */
    private static @Nullable String queue(List<TrafficResult> results) {
        Growth growth = Growth.of(results);
        if (growth != null) {
            return String.format(
                    Locale.ROOT,
                    "%,.0f requests in the system at half the window, %,.0f at its end",
                    growth.atHalf(),
                    growth.atEnd());
        }
        long sent = 0;
        long lost = 0;
        for (TrafficResult result : results) {
            sent += result.requests().sent();
            lost += result.requests().failed()
                    + result.requests().unfinished()
                    + result.rejectionReasons().getOrDefault(QUEUE_FULL, 0L);
        }
        return lost > 0 && lost >= FEW * sent
                ? String.format(Locale.ROOT, "%,d of %,d requests turned away, given up or unfinished", lost, sent)
                : null;
    }

    private static Bottleneck within(Plan plan, Deployed deployed, List<RunResult> runs) {
        PoolUse use = PoolUse.of(deployed, runs, deployed.name());
        if (use.isFull()) {
            return new Bottleneck(Kind.KV_CACHE, use.cacheText());
        }
        String share = String.format(Locale.ROOT, "steps run %.0f %% of the time", 100 * use.busy());
        if (use.busy() < HALF) {
            return new Bottleneck(Kind.LOAD, share);
        }
        StepShares shares = StepShares.of(plan, deployed, runs);
        return new Bottleneck(shares.largest(), share + "; of that about " + shares.text());
    }
}
