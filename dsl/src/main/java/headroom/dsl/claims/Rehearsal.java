package headroom.dsl.claims;

import headroom.dsl.build.Claim;
import headroom.dsl.build.Outline;
import headroom.dsl.build.Pass;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Guard;
import headroom.dsl.script.Poison;
import headroom.result.Estimate;
import headroom.result.LatencyHistogram;
import headroom.result.LatencySummary;
import headroom.result.TrafficResult;
import headroom.result.TrafficSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries the claims of a script on invented figures, so that their mistakes show before anything is simulated, together
 * with those of the rest of the script.
 */
public final class Rehearsal {
    /** With more points, figures that differ from point to point would take too long to invent. */
    private static final int MOST_POINTS_THAT_DIFFER = 2000;

    private static final double LITTLE = 1e-3;
    private static final double MUCH = 1e3;
    private static final double STEP = 1e-6;

    private final Pass discovery;
    private final Outline outline;

    public Rehearsal(Pass discovery, Outline outline) {
        this.discovery = discovery;
        this.outline = outline;
    }

    /**
     * Tries every claim. The first figures are all 1; further ones are all good or all bad, and rise or fall from point to
     * point, since {@code &&} and {@code ||} hide what stands behind them from figures that decide already.
     */
    public void run() {
        if (outline.points().isEmpty()) {
            return;
        }
        List<Answers> worlds = new ArrayList<>();
        worlds.add(world(1, 1, 0));
        if (outline.points().size() <= MOST_POINTS_THAT_DIFFER) {
            worlds.add(world(LITTLE, MUCH, STEP));
            worlds.add(world(LITTLE, MUCH, -STEP));
            worlds.add(world(MUCH, LITTLE, STEP));
            worlds.add(world(MUCH, LITTLE, -STEP));
        }
        for (Claim claim : discovery.claims()) {
            long before = discovery.guard().findings().met();
            for (Answers answers : worlds) {
                if (discovery.guard().findings().met() == before) {
                    rehearse(claim, answers);
                }
            }
        }
    }

    private void rehearse(Claim claim, Answers answers) {
        Guard guard = discovery.guard();
        ClaimWords words = new ClaimWords(guard, answers, new Doubts(), new Evidence());
        Object value = guard.evaluate("expect", words, claim.body());
        if (!(value instanceof Boolean || value instanceof Poison)) {
            guard.mistake(
                    claim.place(),
                    "a claim must be true or false, got " + Accepts.describe(value),
                    "compare something: at(...).e2e.p95 < 2.s");
        }
    }

    /**
     * Results of every point.
     *
     * @param low of figures that are better when lower
     * @param high of figures that are better when higher
     * @param rise from one point to the next, as a share
     */
    private Answers world(double low, double high, double rise) {
        List<PointAnswer> points = new ArrayList<>();
        List<TrafficSummary> same = invented(low, high);
        for (Outline.Setting setting : outline.points()) {
            double factor = 1 + rise * points.size();
            points.add(new PointAnswer(
                    setting.label(),
                    setting.label(),
                    Judge.values(setting.variant(), setting.values()),
                    rise == 0 ? same : invented(low * factor, high * factor),
                    "",
                    !outline.allTraffics(),
                    outline.allParameters()));
        }
        return new Answers(points, outline, true);
    }

    private List<TrafficSummary> invented(double low, double high) {
        List<Outline.Requests> traffics =
                outline.traffics().isEmpty() ? List.of(new Outline.Requests("traffic", true)) : outline.traffics();
        return traffics.stream().map(traffic -> invented(traffic, low, high)).toList();
    }

    static TrafficSummary invented(Outline.Requests traffic, double low, double high) {
        Estimate estimate = new Estimate(low, null);
        LatencySummary latency = new LatencySummary(estimate, estimate, estimate, estimate, estimate, estimate, low);
        LatencyHistogram none = LatencyHistogram.empty();
        @Nullable Double attained = traffic.promises() ? high : null;
        @Nullable Boolean met = traffic.promises() ? high >= low : null;
        long refused = Math.round(low);
        long done = Math.round(high);
        return new TrafficSummary(
                traffic.name(),
                "",
                1,
                new TrafficResult.RequestCounts(done, done, refused, refused, refused),
                new TrafficResult.Latencies(none, none, none, none, none),
                latency,
                latency,
                latency,
                latency,
                latency,
                new TrafficSummary.Slo(attained, high, met, List.of()),
                new TrafficSummary.Load(high, high),
                new TrafficSummary.Use(low, low, low, low, refused, low),
                new TrafficSummary.Energy(low, low, low, low, low, low),
                new TrafficSummary.Cost(low, low, low),
                high);
    }
}
