package headroom.reports.bundle;

import headroom.plan.Plan;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.DynamicBatchingSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.reports.view.Numbers;
import headroom.result.SweepResult;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Deployments of models of fixed work, as terms and facts. */
final class FixedFacts {
    private static final int MOST = 6;

    private FixedFacts() {}

    /** Adds a group for each different one of the plans, as far as a reader can be asked to look at them. */
    static void add(List<Map<String, Object>> groups, SweepResult sweep) {
        Set<FixedDeploymentSpec> different = new LinkedHashSet<>();
        for (SweepResult.PointResult result : sweep.points()) {
            Plan plan = result.point().plan();
            if (plan != null) {
                different.addAll(plan.fixedDeployments());
            }
        }
        int left = Math.max(0, different.size() - MOST);
        different.stream()
                .limit(MOST)
                .forEach(each -> groups.add(Assumptions.group(
                        "Deployment " + each.name() + ", " + each.quantization().name() + " on " + each.devices()
                                + " × " + each.accelerator().name(),
                        facts(each),
                        0)));
        if (left > 0) {
            groups.get(groups.size() - 1).put("left", left);
        }
    }

    private static Map<String, String> facts(FixedDeploymentSpec deployment) {
        Map<String, String> facts = new LinkedHashMap<>();
        QuantizationSpec.Weights weights = deployment.quantization().linear();
        facts.put(
                "Model",
                deployment.model().name() + ", fixed work of "
                        + Numbers.readable(deployment.model().flopPerSample() / 1e9) + " GFLOP a request");
        facts.put(
                "Precision",
                Numbers.tick(weights.bits()) + " bits a weight, multiplied in "
                        + weights.multiplyType().name().toLowerCase(Locale.ROOT));
        DynamicBatchingSpec batching = deployment.batching();
        facts.put(
                "Batching",
                "dynamic, at most " + batching.maximumSamples() + " requests; the oldest waits at most "
                        + Numbers.tick(1000 * batching.delaySeconds()) + " ms for company; " + batching.instances()
                        + " under way on a device");
        facts.put("Admission", ServingWays.admission(deployment.admission()));
        facts.put("Serving profile", deployment.profile().name());
        return facts;
    }
}
