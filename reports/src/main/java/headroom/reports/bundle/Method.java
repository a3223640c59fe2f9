package headroom.reports.bundle;

import headroom.plan.Experiment;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.reports.view.Numbers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
        return "until the last request is done, at most " + seconds(horizon.drainLimitSeconds())
                + " after the last arrival";
    }

    private static String seconds(double value) {
        if (value >= 3600 && value % 3600 == 0) {
            return Numbers.exact(value / 3600) + " h";
        }
        return value >= 60 && value % 60 == 0 ? Numbers.exact(value / 60) + " min" : Numbers.exact(value) + " s";
    }
}
