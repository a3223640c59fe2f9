package headroom.summary;

import headroom.plan.Plan;
import headroom.plan.serving.Deployed;
import headroom.result.DeploymentResult;
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
 * @param reason the figures that it rests on
 */
public record Bottleneck(Kind kind, String reason) {
    /** How results call requests that a full queue turned away. */
    static final String QUEUE_FULL = "as many requests wait at the replica as its queue limit allows";

    private static final double FEW = 0.01;
    private static final double FULL = 0.9;
    private static final double HALF = 0.5;

    /** What binds. */
    public enum Kind {
        QUEUE,
        KV_CACHE,
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
        Deployed deployed = plan.deployed().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Bottleneck within = within(deployed, runs);
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

    private static Bottleneck within(Deployed deployed, List<RunResult> runs) {
        double busy = 0;
        double kv = 0;
        double preemptions = 0;
        double requests = 0;
        for (RunResult run : runs) {
            DeploymentResult result = Totals.deployment(run, deployed.name());
            busy += result.utilization().busyFraction() / runs.size();
            kv += result.kv().meanUtilization() / runs.size();
            preemptions += result.preemptions();
            requests += run.traffics().stream()
                    .filter(each -> each.deployment().equals(deployed.name()))
                    .mapToDouble(each -> each.requests().completed())
                    .sum();
        }
        double kvWhileBusy = busy > 0 ? kv / busy : 0;
        if ((preemptions > 0 && preemptions >= FEW * requests) || kvWhileBusy >= FULL) {
            return new Bottleneck(
                    Kind.KV_CACHE,
                    String.format(
                            Locale.ROOT,
                            "%.0f %% of KV blocks in use while steps run, %,.0f preemptions of %,.0f requests",
                            100 * kvWhileBusy,
                            preemptions,
                            requests));
        }
        String share = String.format(Locale.ROOT, "steps run %.0f %% of the time", 100 * busy);
        if (busy < HALF) {
            return new Bottleneck(Kind.LOAD, share);
        }
        StepShares shares = StepShares.of(deployed, runs);
        return new Bottleneck(shares.largest(), share + "; of that about " + shares.text());
    }
}
