package headroom.reports.bundle;

import headroom.plan.Experiment;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.reports.view.Numbers;
import headroom.result.SweepResult;
import headroom.result.WarmupChoice;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the numbers were made, as terms and facts. */
final class Method {
    private Method() {}

    static Map<String, String> of(BundleContent content) {
        Experiment experiment = content.results().experiment();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Points", Integer.toString(experiment.points().size()));
        facts.put(
                "Replications",
                experiment.replications() == 1
                        ? "1, so there are no intervals"
                        : experiment.replications() + " of each point, with different random numbers");
        facts.put("Seed", Long.toString(experiment.seed()));
        Set<String> horizons = new LinkedHashSet<>();
        for (Experiment.Point point : experiment.points()) {
            Plan plan = point.plan();
            if (plan != null) {
                horizons.add(horizon(plan.horizon()));
            }
        }
        if (!horizons.isEmpty()) {
            facts.put("Simulated time", String.join("; ", horizons));
        }
        String warmup = warmup(content.results());
        if (!warmup.isEmpty()) {
            facts.put("Warm-up", warmup);
        }
        facts.put("Headroom", content.productVersion());
        facts.put("Engine", content.engineVersion());
        return facts;
    }

    private static String horizon(HorizonSpec horizon) {
        if (horizon instanceof HorizonSpec.Window window) {
            return seconds(window.totalSeconds()) + ", of which the first " + seconds(window.warmupSeconds())
                    + " do not count; then up to " + seconds(window.drainLimitSeconds())
                    + " for requests under way";
        }
        if (horizon instanceof HorizonSpec.AutoWarmup auto) {
            return seconds(auto.totalSeconds()) + ", of which the warm-up does not count; then up to "
                    + seconds(auto.drainLimitSeconds()) + " for requests under way";
        }
        return "until the last request is done, at most " + seconds(horizon.drainLimitSeconds())
                + " after the last arrival";
    }

    /** How warm-ups were found, and the shortest and the longest; empty when every plan states its own. */
    private static String warmup(SweepResult results) {
        List<SweepResult.PointResult> found = results.points().stream()
                .filter(point -> point.warmup() != null)
                .sorted(Comparator.comparingDouble(Method::warmupSeconds))
                .toList();
        if (found.isEmpty()) {
            return "";
        }
        SweepResult.PointResult shortest = found.get(0);
        SweepResult.PointResult longest = found.get(found.size() - 1);
        String cuts = seconds(warmupSeconds(shortest));
        if (warmupSeconds(shortest) != warmupSeconds(longest)) {
            cuts += " (" + shortest.point().label() + ") to " + seconds(warmupSeconds(longest)) + " ("
                    + longest.point().label() + ")";
        }
        return cuts
                + ", found for each point, the same in its replications: pilot runs with the same random numbers and no "
                + "warm-up give the mean E2E of what was sent in each of " + HorizonSpec.AutoWarmup.SLICES
                + " slices of the run, and MSER (White 1997) says how many to leave out, at most half. tables/warmup.csv has"
                + " them all.";
    }

    private static double warmupSeconds(SweepResult.PointResult result) {
        WarmupChoice warmup = result.warmup();
        return warmup == null ? 0 : warmup.seconds();
    }

    private static String seconds(double value) {
        if (value >= 3600 && value % 3600 == 0) {
            return Numbers.exact(value / 3600) + " h";
        }
        return value >= 60 && value % 60 == 0 ? Numbers.exact(value / 60) + " min" : Numbers.exact(value) + " s";
    }
}
