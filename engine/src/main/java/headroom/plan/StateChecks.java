package headroom.plan;

import headroom.plan.model.AttentionSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the states of layers of linear attention go with the KV cache of a deployment, and whether one sequence fits. */
final class StateChecks {
    private static final double MEGA = 1e6;

    private StateChecks() {}

    static List<Problem> problems(String path, DeploymentSpec deployment, MemoryBudget budget) {
        List<Problem> problems = new ArrayList<>();
        if (!(deployment.model().attention() instanceof AttentionSpec.Linear linear)) {
            return problems;
        }
        KvGroups groups = KvGroups.of(deployment);
        if (budget.blocksPerRank() < groups.leastBlocks()) {
            problems.add(new Problem(
                    path + ".kvCache",
                    String.format(
                            Locale.ROOT,
                            "one sequence of %s needs %,d blocks for the states of its %d layers of linear attention and %d for tokens, "
                                    + "%.0f MB of a device, but there are %,d blocks; %s",
                            deployment.model().name(),
                            groups.stateBlocks(),
                            linear.linearLayers(),
                            groups.leastBlocks() - groups.stateBlocks(),
                            groups.leastBlocks() * budget.blockBytes() / MEGA,
                            budget.blocksPerRank(),
                            deployment.kvCache().blocks() == null
                                    ? new ParallelismChecks(deployment).remedy()
                                    : "state what its server reports, or leave out blocks:")));
        }
        if (deployment.kvCache().prefixCache()) {
            problems.add(new Problem(
                    path + ".kvCache.prefixCache",
                    "a prefix cache would have to keep the states of "
                            + deployment.model().name()
                            + " at many places of a prompt, which is not simulated: leave out prefixCache"));
        }
        return problems;
    }
}
