package headroom.plan;

import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayList;
import java.util.List;

/** Whether a model can be spread over devices as a deployment says: what does not divide, and what would fit. */
final class ParallelismChecks {
    /** Wider groups are not advised, even where a link joins thousands of devices. */
    private static final int MOST_ADVISED = 256;

    private final ModelSpec model;
    private final ParallelismSpec parallelism;
    private final DeploymentSpec deployment;

    ParallelismChecks(DeploymentSpec deployment) {
        this.deployment = deployment;
        this.model = deployment.model();
        this.parallelism = deployment.parallelism();
    }

    /** What does not divide or does not fit one server, in sentences. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        int tensor = parallelism.tensorParallel();
        int heads = model.attention().heads();
        if (heads % parallelism.shards() != 0) {
            problems.add("tensorParallel " + tensor + " does not divide the " + heads + " attention heads of "
                    + model.name());
        }
        if (model.attention() instanceof AttentionSpec.Linear linear
                && linear.state().valueHeads() % parallelism.shards() != 0) {
            problems.add("tensorParallel " + tensor + " does not divide the "
                    + linear.state().valueHeads() + " value heads of linear attention of " + model.name());
        }
        ServerSpec server = deployment.server();
        if (tensor > server.linkedAccelerators()) {
            problems.add("tensorParallel " + tensor + " is more than the " + server.linkedAccelerators() + " "
                    + deployment.accelerator().name()
                    + (server.linkedAccelerators() > server.accelerators()
                            ? " that one link joins"
                            : " of one server"));
        }
        if (parallelism.pipelineParallel() > model.layers()) {
            problems.add("pipelineParallel " + parallelism.pipelineParallel() + " is more than the " + model.layers()
                    + " layers of " + model.name());
        }
        if (model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe) {
            experts(moe, problems);
        } else if (parallelism.expertParallel() > 1) {
            problems.add("expertParallel " + parallelism.expertParallel() + " needs experts, but " + model.name()
                    + " has none: leave it out");
        } else if (parallelism.dataParallelAttention() && tensor > 1) {
            problems.add("dataParallelAttention leaves only experts to split, but " + model.name()
                    + " has none: use replicas for independent copies");
        }
        if (deployment.batching().scheduler() instanceof SchedulerSpec.GatheredPrompts
                && parallelism.attentionRanks() == 1) {
            problems.add("gatheredPrompts gathers prompts for ranks of data-parallel attention, but there is one rank: "
                    + "use wholePrompts, or dataParallelAttention: true on several devices");
        }
        if (deployment.batching().scheduler() instanceof SchedulerSpec.BatchedPrompts
                && parallelism.attentionRanks() > 1) {
            problems.add("batchedPrompts waits for one batch of prompts, but "
                    + parallelism.attentionRanks() + " ranks of data-parallel attention prefill each its own: "
                    + "use gatheredPrompts()");
        }
        return problems;
    }

    private void experts(FeedForwardSpec.MixtureOfExperts moe, List<String> problems) {
        int parts = parallelism.expertParallel();
        if (parallelism.tensorParallel() % parts != 0) {
            problems.add("expertParallel " + parts + " does not divide tensorParallel " + parallelism.tensorParallel()
                    + ": each part of the experts needs as many devices as the others");
        } else if (moe.experts() % parts != 0) {
            problems.add("expertParallel " + parts + " does not divide the " + moe.experts() + " experts of "
                    + model.name());
        } else if (moe.expertIntermediate() % parallelism.devicesPerExpert() != 0) {
            problems.add("tensorParallel " + parallelism.tensorParallel() + " / expertParallel " + parts + " = "
                    + parallelism.devicesPerExpert() + " devices do not divide the " + moe.expertIntermediate()
                    + " columns of an expert of " + model.name());
        }
    }

    /** Which spread would do for one whose memory is too small: with the fewest stages, then the fewest devices. */
    String remedy() {
        int most = Math.min(deployment.server().linkedAccelerators(), MOST_ADVISED);
        for (int stages = parallelism.pipelineParallel(); stages <= model.layers(); stages++) {
            int same = stages == parallelism.pipelineParallel() ? 1 : 0;
            for (int tensor = parallelism.tensorParallel() + same; tensor <= most; tensor++) {
                ParallelismSpec wider = widened(tensor, stages);
                if (new ParallelismChecks(deployment.with(wider)).problems().isEmpty()
                        && MemoryBudget.of(deployment, wider).blocksPerRank()
                                >= KvGroups.of(deployment.with(wider)).leastBlocks()) {
                    return "it needs " + said(wider);
                }
            }
        }
        return "use a device with more memory, or fewer bits a weight";
    }

    /** Larger groups, or more of them; experts that were spread over all of a group stay so. */
    private ParallelismSpec widened(int tensor, int stages) {
        int parts = parallelism.expertParallel();
        int expert = parts > 1 && parts == parallelism.tensorParallel() ? tensor : parts;
        return new ParallelismSpec(
                tensor,
                expert,
                parallelism.dataParallelAttention(),
                stages,
                parallelism.hostWeightShare(),
                parallelism.drawnRanks());
    }

    private String said(ParallelismSpec wider) {
        String words = "tensorParallel: " + wider.tensorParallel();
        if (wider.expertParallel() != parallelism.expertParallel()) {
            words += ", expertParallel: " + wider.expertParallel();
        }
        return wider.pipelineParallel() == 1 ? words : words + ", pipelineParallel: " + wider.pipelineParallel();
    }
}
