package headroom.dsl.build;

import headroom.plan.Experiment;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what an experiment spans, also while mistakes keep its points from being formed. */
final class Spanning {
    /** Of a script with mistakes, claims are tried on this many points at most. */
    private static final int MOST_POINTS = 100_000;

    private final Pass discovery;
    private final Factors factors;
    private final Set<String> overridden;

    /** @param overridden parameters that the command line set */
    Spanning(Pass discovery, Factors factors, Set<String> overridden) {
        this.discovery = discovery;
        this.factors = factors;
        this.overridden = overridden;
    }

    /** The outline; {@code experiment} is null when the script has mistakes. */
    Outline outline(@Nullable Experiment experiment) {
        List<Outline.Requests> traffics = discovery.traffics().stream()
                .map(traffic -> {
                    TrafficSpec spec = traffic.value();
                    return new Outline.Requests(
                            traffic.name(),
                            spec == null || !spec.slo().targets().isEmpty());
                })
                .toList();
        boolean allParameters = discovery.knowsAll("param");
        boolean allTraffics = discovery.knowsAll("traffic");
        return new Outline(
                experiment == null ? combinations() : settings(experiment),
                factors.scriptValues(),
                overridden,
                traffics,
                experiment == null ? uncertain() : Set.of(),
                allParameters,
                allTraffics);
    }

    private static List<Outline.Setting> settings(Experiment experiment) {
        return experiment.points().stream()
                .map(point -> new Outline.Setting(point.label(), point.variant(), point.values()))
                .toList();
    }

    private List<Outline.Setting> combinations() {
        Map<String, Object> fixed = discovery.parameters().resolved();
        List<Outline.Setting> points = new ArrayList<>();
        List<String> variants = factors.variants().isEmpty() ? List.of("") : factors.variants();
        for (String variant : variants) {
            int[] index = new int[factors.all().size()];
            do {
                Outline.Setting swept = factors.setting(variant, index);
                Map<String, Object> values = new LinkedHashMap<>(fixed);
                swept.values().forEach((name, value) -> values.replace(name, value));
                points.add(new Outline.Setting(swept.label(), variant, values));
            } while (factors.next(index) && points.size() < MOST_POINTS);
        }
        return points;
    }

    /** Parameters of which a sweep that went wrong may have named more values. */
    private Set<String> uncertain() {
        List<String> known = discovery.parameters().names();
        List<String> swept = discovery.frozen().factors().stream()
                .flatMap(factor -> factor.parameters().stream())
                .toList();
        boolean allSwept = discovery.knowsAll("sweep") && known.containsAll(swept);
        long points = Math.max(1, factors.variants().size());
        for (Factor factor : factors.all()) {
            points *= factor.settings().size();
        }
        Set<String> uncertain = new LinkedHashSet<>();
        for (String name : known) {
            boolean named = swept.contains(name)
                    || !discovery.parameters().overridden(name).isEmpty();
            if (points > MOST_POINTS || (!allSwept && !named)) {
                uncertain.add(name);
            }
        }
        if (!discovery.knowsAll("variant") || points > MOST_POINTS) {
            uncertain.add(Factors.VARIANT);
        }
        return uncertain;
    }
}
