package headroom.testing;

import headroom.plan.traffic.TrafficSpec;
import headroom.result.LatencyHistogram;
import headroom.result.TrafficResult;
import org.HdrHistogram.Histogram;

/** Records every latency of one traffic class one by one. */
public final class PlainMeter {
    private final TrafficSpec spec;
    private final Histogram[] histograms = new Histogram[5];
    private final double[] sums = new double[5];
    private long sent;
    private long rejected;
    private long completed;
    private long failed;
    private long lookedUp;
    private long outputTokens;
    private long found;

    PlainMeter(TrafficSpec spec) {
        this.spec = spec;
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = new Histogram(LatencyHistogram.SIGNIFICANT_DIGITS);
            histograms[i].setAutoResize(true);
        }
    }

    void sent(PlainRequest request) {
        sent += request.measured ? 1 : 0;
    }

    void rejected(PlainRequest request) {
        rejected += request.measured ? 1 : 0;
    }

    void timedOut(PlainRequest request) {
        failed += request.measured ? 1 : 0;
    }

    void admitted(PlainRequest request, long now) {
        record(request, 0, now - request.sent);
        lookedUp += request.measured ? request.prompt : 0;
        found += request.measured ? request.foundTokens : 0;
    }

    /** Tokens that arrive at an instant; those of the window count, whoever asked for them. */
    void delivered(int tokens, long now, long fromNanos, long untilNanos) {
        outputTokens += now > fromNanos && now <= untilNanos ? tokens : 0;
    }

    void gap(PlainRequest request, long nanos) {
        record(request, 1, nanos);
    }

    void finished(PlainRequest request, long now, long client) {
        completed += request.measured ? 1 : 0;
        record(request, 2, request.firstTokenNanos - request.sent + client);
        record(request, 3, now - request.sent + client);
        if (request.output > 1) {
            record(request, 4, (now - request.firstTokenNanos) / (request.output - 1));
        }
    }

    private void record(PlainRequest request, int which, long nanos) {
        if (request.measured) {
            histograms[which].recordValue(nanos);
            sums[which] += nanos;
        }
    }

    /** What differs from the engine's result, empty when nothing does. */
    public String differences(TrafficResult result) {
        TrafficResult.RequestCounts counts = result.requests();
        StringBuilder text = new StringBuilder();
        if (counts.sent() != sent
                || counts.completed() != completed
                || counts.rejected() != rejected
                || counts.failed() != failed) {
            text.append(spec.name())
                    .append(": counts ")
                    .append(counts)
                    .append(" but plainly sent ")
                    .append(sent);
            text.append(", completed ")
                    .append(completed)
                    .append(", rejected ")
                    .append(rejected)
                    .append(", failed ")
                    .append(failed)
                    .append('\n');
        }
        TrafficResult.PrefixHits hits = result.prefixHits();
        if (hits == null ? found != 0 : hits.lookedUpTokens() != lookedUp || hits.foundTokens() != found) {
            text.append(spec.name()).append(": ").append(hits);
            text.append(" but plainly looked up ")
                    .append(lookedUp)
                    .append(", found ")
                    .append(found)
                    .append('\n');
        }
        if (result.outputTokens() != outputTokens) {
            text.append(spec.name()).append(": ").append(result.outputTokens());
            text.append(" tokens in the window but plainly ")
                    .append(outputTokens)
                    .append('\n');
        }
        compare(text, "queue", 0, result.latencies().queue(), true);
        compare(text, "itl", 1, result.latencies().itl(), false);
        compare(text, "ttft", 2, result.latencies().ttft(), true);
        compare(text, "e2e", 3, result.latencies().e2e(), true);
        compare(text, "tpot", 4, result.latencies().tpot(), true);
        return text.toString();
    }

    private void compare(StringBuilder text, String name, int which, LatencyHistogram engine, boolean exactSum) {
        LatencyHistogram plain = LatencyHistogram.of(
                histograms[which], sums[which], histograms[which].getMinValue(), histograms[which].getMaxValue());
        boolean same = engine.buckets() == plain.buckets();
        for (int i = 0; same && i < engine.buckets(); i++) {
            same = engine.bucketCount(i) == plain.bucketCount(i) && engine.bucketNanos(i) == plain.bucketNanos(i);
        }
        if (!same) {
            text.append(spec.name()).append(": ").append(name).append(" histograms differ: ");
            text.append(engine).append(" but plainly ").append(plain).append('\n');
        }
        if (exactSum && engine.meanSeconds() * engine.count() != plain.meanSeconds() * plain.count()) {
            text.append(spec.name()).append(": sums of ").append(name).append(" differ\n");
        }
    }
}
