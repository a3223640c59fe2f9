package headroom.summary;

import headroom.plan.Plan;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.result.DeploymentResult;
import headroom.result.LatencyHistogram;
import headroom.result.RunResult;
import headroom.result.TailBucket;
import headroom.result.TimePart;
import headroom.result.TrafficResult;
import headroom.summary.Bottleneck.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What binds where one pool prefills, another decodes, and a link lies between. The first that holds of:
 *
 * <ol>
 *   <li>{@code kv_cache} of the pool that decodes; it holds up the link, and that the other pool, so it comes first;
 *   <li>{@code kv_link}: the link sends at least 90 % of the time; it keeps blocks of the pool that prefills;
 *   <li>{@code kv_cache} of the pool that prefills;
 *   <li>{@code load}: neither pool nor link works for half the time;
 *   <li>what a request spends most of its time on, on average: until the end of its prompt that is the pool that prefills,
 *       with its queue; until its first token the link; then the pool that decodes. A wait for a link that sends less than half the time
 *       is one for room in the pool that decodes.
 * </ol>
 */
final class PoolsBottleneck {
    private final Plan plan;
    private final DeploymentSpec prefilling;
    private final HandoverSpec handover;
    private final Deployed decoding;
    private final List<RunResult> runs;
    private final PoolUse prefill;
    private final PoolUse decode;
    private final double linkBusy;

    PoolsBottleneck(Plan plan, DeploymentSpec prefilling, Deployed decoding, List<RunResult> runs) {
        this.plan = plan;
        this.prefilling = prefilling;
        this.handover = Objects.requireNonNull(prefilling.handover());
        this.decoding = decoding;
        this.runs = runs;
        this.prefill = PoolUse.of(prefilling, runs, decoding.name());
        this.decode = PoolUse.of(decoding, runs, decoding.name());
        this.linkBusy = runs.stream()
                .mapToDouble(run -> handovers(run).linkBusyFraction())
                .average()
                .orElse(0);
    }

    /** @param results of one class of requests, one per replication */
    Bottleneck of(List<TrafficResult> results) {
        if (decode.isFull()) {
            return new Bottleneck(Kind.KV_CACHE, pool(decoding) + decode.cacheText());
        }
        if (linkBusy >= Bottleneck.FULL) {
            return new Bottleneck(Kind.KV_LINK, link());
        }
        if (prefill.isFull()) {
            return new Bottleneck(Kind.KV_CACHE, pool(prefilling) + prefill.cacheText());
        }
        if (Math.max(linkBusy, Math.max(prefill.busy(), decode.busy())) < Bottleneck.HALF) {
            return new Bottleneck(
                    Kind.LOAD,
                    String.format(
                            Locale.ROOT,
                            "steps run %.0f %% of the time in the pool that prefills and %.0f %% in the one that decodes; %s",
                            100 * prefill.busy(),
                            100 * decode.busy(),
                            link()));
        }
        Spent spent = spent(results);
        if (spent.onLink > Math.max(spent.prefilling, spent.decoding)) {
            return new Bottleneck(Kind.KV_LINK, spent.text() + "; " + link());
        }
        boolean first = spent.prefilling > spent.decoding;
        StepShares shares = StepShares.of(plan, first ? prefilling : decoding, runs);
        return new Bottleneck(
                shares.largest(),
                String.format(
                        Locale.ROOT,
                        "%s; %ssteps run %.0f %% of the time; of that about %s",
                        spent.text(),
                        pool(first ? prefilling : decoding),
                        100 * (first ? prefill : decode).busy(),
                        shares.text()));
    }

    private static String pool(Deployed pool) {
        return "in the pool '" + pool.name() + "' ";
    }

    private String link() {
        return String.format(
                Locale.ROOT,
                "the link from '%s' to '%s' sends %.0f %% of the time",
                prefilling.name(),
                decoding.name(),
                100 * linkBusy);
    }

    private DeploymentResult.Handovers handovers(RunResult run) {
        return Objects.requireNonNull(
                Totals.deployment(run, prefilling.name()).handovers(), "a prefill pool tells what it handed over");
    }

    /** Seconds of a request, on average. */
    private record Spent(double prefilling, double onLink, double decoding) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "a request spends %.3g s until the end of its prompt, %.3g s on the link and %.3g s decoding",
                    prefilling,
                    onLink,
                    decoding);
        }
    }

    private Spent spent(List<TrafficResult> results) {
        LatencyHistogram ttft = LatencyHistogram.empty();
        LatencyHistogram e2e = LatencyHistogram.empty();
        double transferNanos = 0;
        for (TrafficResult result : results) {
            ttft = ttft.plus(result.latencies().ttft());
            e2e = e2e.plus(result.latencies().e2e());
            for (TailBucket bucket : result.tail()) {
                transferNanos += bucket.nanos().getOrDefault(TimePart.TRANSFER, 0.0);
            }
        }
        double first = ttft.count() > 0 ? ttft.meanSeconds() : 0;
        double transfer = e2e.count() > 0 ? transferNanos / 1e9 / e2e.count() : 0;
        double prefilled = Math.max(0, first - transfer);
        double decoded = Math.max(0, (e2e.count() > 0 ? e2e.meanSeconds() : 0) - first);
        double sent = Math.min(transfer, ownSeconds());
        double waited = transfer - sent;
        boolean forLink = linkBusy >= Bottleneck.HALF;
        return new Spent(prefilled, sent + (forLink ? waited : 0), decoded + (forLink ? 0 : waited));
    }

    /** What the link needs for a cache when nobody else uses it, on average over all classes of requests. */
    private double ownSeconds() {
        double bytes =
                runs.stream().mapToDouble(run -> handovers(run).movedBytes()).sum();
        double each = decode.requests() > 0 ? bytes / decode.requests() : 0;
        return each / handover.linkBytesPerSec() + handover.linkLatencySeconds();
    }
}
