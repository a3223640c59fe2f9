package headroom.plan;

import headroom.plan.model.AttentionSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.WindowsSpec;
import java.util.ArrayList;
import java.util.List;

/** Whether a KV cache that keeps only the window of some layers goes with everything else that it does. */
final class WindowChecks {
    private WindowChecks() {}

    static List<Problem> problems(String path, DeploymentSpec deployment) {
        List<Problem> problems = new ArrayList<>();
        if (deployment.kvCache().windows() instanceof WindowsSpec.Whole) {
            return problems;
        }
        AllocationSpec allocation = deployment.kvCache().allocation();
        if (deployment.model().attention() instanceof AttentionSpec.Linear) {
            problems.add(
                    new Problem(
                            path,
                            "no layer of " + deployment.model().name()
                                    + " sees a window, and states of linear attention are always kept apart from tokens: leave out hybrid:"));
        } else if (!(deployment.model().attention() instanceof AttentionSpec.Windowed)) {
            problems.add(new Problem(
                    path,
                    "all layers of " + deployment.model().name()
                            + " see everything, so that there is no window to keep: leave out hybrid:"));
        }
        if (allocation instanceof AllocationSpec.Contiguous) {
            problems.add(new Problem(
                    path, "a contiguous cache is one piece for all layers: use paged(), or keep whole contexts"));
        }
        if (deployment.kvCache().prefixCache()) {
            problems.add(new Problem(
                    path,
                    "a prefix cache that finds only the window of some layers is not simulated: "
                            + "state hybrid: false, or prefixCache false"));
        }
        if (deployment.kvCache().windows() instanceof WindowsSpec.Apart
                && allocation instanceof AllocationSpec.OnDemand onDemand
                && onDemand.preemption() instanceof PreemptionSpec.Swap) {
            problems.add(new Problem(
                    path,
                    "swapping from a pool of windows of its own is not simulated: "
                            + "state hybrid: false or preemption: recompute"));
        }
        return problems;
    }
}
