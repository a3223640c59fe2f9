package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.traffic.SloSpec;
import headroom.units.Dimension;
import headroom.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Words of an {@code slo} block: which share of requests is promised within which time. */
public final class SloWords implements Vocabulary {
    private final List<SloSpec.Target> targets = new ArrayList<>();

    SloWords() {}

    @Word(doc = "time to the first token, network and queue included", example = "ttft p95: 500.ms")
    public void ttft(
            @Arg(doc = "times by percentile: p95 means that 95 % of the requests are within it", like = "p95: 500.ms")
                    Map<String, Object> promises) {
        promise("ttft", SloSpec.Metric.TTFT, promises);
    }

    @Word(doc = "mean time between the tokens of one answer", example = "tpot p95: 40.ms")
    public void tpot(
            @Arg(doc = "times by percentile: p95 means that 95 % of the requests are within it", like = "p95: 40.ms")
                    Map<String, Object> promises) {
        promise("tpot", SloSpec.Metric.TPOT, promises);
    }

    @Word(doc = "time from question to the end of the answer", example = "e2e p95: 2.s")
    public void e2e(
            @Arg(doc = "times by percentile: p95 means that 95 % of the requests are within it", like = "p95: 2.s")
                    Map<String, Object> promises) {
        promise("e2e", SloSpec.Metric.E2E, promises);
    }

    private void promise(String word, SloSpec.Metric metric, Map<String, Object> promises) {
        if (promises.isEmpty()) {
            throw new Mistake(word + " needs a promise", "write, for example, " + word + " p95: 500.ms");
        }
        promises.forEach((name, value) -> {
            double percent = Percent.of(word, name);
            if (!(value instanceof Quantity quantity) || !quantity.dimension().equals(Dimension.TIME)) {
                throw new Mistake(
                        word + " " + name + ": needs a time such as 500.ms, got " + Accepts.describe(value),
                        value instanceof Number ? "give it a unit: " + value + ".ms" : "",
                        name);
            }
            targets.add(new SloSpec.Target(metric, percent, quantity.si()));
        });
    }

    SloSpec spec() {
        return new SloSpec(targets);
    }
}
