package headroom.plan;

import headroom.plan.model.AttentionSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.SchedulerSpec;
import headroom.plan.serving.WindowsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether weights and KV cache of a deployment fit its devices, with the arithmetic where they do not. */
final class CacheChecks {
    private static final double GB = 1e9;

    private CacheChecks() {}

    static List<Problem> problems(String path, DeploymentSpec deployment) {
        List<Problem> problems = new ArrayList<>();
        MemoryBudget budget = MemoryBudget.of(deployment);
        if (deployment.kvCache().blocks() != null) {
            statedBlocks(path, deployment, budget, problems);
        } else if (budget.blocks() < 1) {
            problems.add(new Problem(path + ".memory", doesNotFit(deployment, budget)));
        }
        if (problems.isEmpty()) {
            problems.addAll(StateChecks.problems(path, deployment, budget));
        }
        if (problems.isEmpty() && deployment.kvCache().allocation() instanceof AllocationSpec.Contiguous contiguous) {
            contiguous(path, deployment, budget, contiguous.maxTokens(), problems);
        }
        hostWeights(path, deployment, problems);
        if (deployment.kvCache().allocation() instanceof AllocationSpec.OnDemand onDemand
                && onDemand.preemption() instanceof PreemptionSpec.Swap) {
            swapping(path, deployment, problems);
        }
        if (deployment.kvCache().prefixCache()) {
            prefixCaching(path, deployment, problems);
        }
        problems.addAll(WindowChecks.problems(path + ".kvCache.windows", deployment));
        return problems;
    }

    private static void hostWeights(String path, DeploymentSpec deployment, List<Problem> problems) {
        if (deployment.parallelism().hostWeightShare() > 0
                && deployment.accelerator().hostLinkBytesPerSec() == null) {
            problems.add(new Problem(
                    path + ".parallelism.hostWeightShare",
                    "weights in the host's memory need the rate of the link between "
                            + deployment.accelerator().name()
                            + " and its host, which nobody published: state it in a hardware block, hostLink 25.GBps"));
        }
    }

    private static void swapping(String path, DeploymentSpec deployment, List<Problem> problems) {
        if (deployment.accelerator().hostLinkBytesPerSec() == null) {
            problems.add(new Problem(
                    path + ".kvCache.allocation",
                    "swapping needs the rate of the link between "
                            + deployment.accelerator().name()
                            + " and its host, which nobody published: state it in a hardware block, hostLink 25.GBps"));
        }
        if (deployment.batching().scheduler() instanceof SchedulerSpec.PrefillFirst) {
            problems.add(new Problem(
                    path + ".kvCache.allocation",
                    "steps that hold prompts or decodes, never both, recompute: swapping is not simulated with them"));
        }
    }

    private static void prefixCaching(String path, DeploymentSpec deployment, List<Problem> problems) {
        if (deployment.kvCache().allocation() instanceof AllocationSpec.Contiguous) {
            problems.add(
                    new Problem(
                            path + ".kvCache.prefixCache",
                            "a prefix cache shares blocks, and contiguous caches have none: use paged(), or prefixCache false"));
        }
        Double hostBytes = deployment.kvCache().prefixHostBytes();
        if (hostBytes != null) {
            cachingOnHost(path, deployment, hostBytes, problems);
        }
        if (deployment.parallelism().attentionRanks() > 1) {
            problems.add(new Problem(
                    path + ".kvCache.prefixCache",
                    "under data-parallel attention each rank has a prefix cache of its own, which is not simulated: "
                            + "leave out dataParallelAttention, or prefixCache"));
        }
    }

    private static void cachingOnHost(
            String path, DeploymentSpec deployment, double hostBytes, List<Problem> problems) {
        if (deployment.accelerator().hostLinkBytesPerSec() == null) {
            problems.add(new Problem(
                    path + ".kvCache.prefixHostBytes",
                    "a prefix cache on the host needs the rate of the link between "
                            + deployment.accelerator().name()
                            + " and its host, which nobody published: state it in a hardware block, hostLink 25.GBps"));
        }
        double blockBytes = MemoryBudget.of(deployment).blockBytes()
                * deployment.parallelism().shards()
                * deployment.parallelism().pipelineParallel();
        if (hostBytes < blockBytes) {
            problems.add(new Problem(
                    path + ".kvCache.prefixHostBytes",
                    String.format(
                            Locale.ROOT,
                            "%.3g GB of the host hold no KV block, which takes %.3g GB: state more, or leave host: out",
                            hostBytes / GB,
                            blockBytes / GB)));
        }
    }

    private static void statedBlocks(
            String path, DeploymentSpec deployment, MemoryBudget budget, List<Problem> problems) {
        double cacheBytes = budget.blocksPerRank() * budget.blockBytes();
        double device = deployment.accelerator().memoryBytes();
        // A server may know of windows that the plan keeps whole: its blocks are then smaller than they are taken to
        // be.
        boolean windowed = deployment.model().attention() instanceof AttentionSpec.Windowed
                && deployment.kvCache().windows() instanceof WindowsSpec.Whole;
        if (budget.weightBytes() + (windowed ? 0 : cacheBytes) > device) {
            problems.add(new Problem(
                    path + ".kvCache.blocks",
                    String.format(
                            Locale.ROOT,
                            "%,d KV blocks are %s and the weights %s, but one %s has %s: state what its server reports",
                            budget.blocksPerRank(),
                            gigabytes(cacheBytes),
                            gigabytes(budget.weightBytes()),
                            deployment.accelerator().name(),
                            gigabytes(device))));
        }
    }

    private static void contiguous(
            String path, DeploymentSpec deployment, MemoryBudget budget, int maxTokens, List<Problem> problems) {
        int contextLimit = deployment.model().contextLimitTokens();
        if (maxTokens > contextLimit) {
            problems.add(new Problem(
                    path + ".kvCache.maxTokens",
                    "a cache of " + maxTokens + " tokens is longer than the context window of "
                            + deployment.model().name() + ", " + contextLimit));
        }
        int block = deployment.kvCache().blockTokens();
        KvGroups groups = KvGroups.of(deployment);
        if (groups.blocks(maxTokens) > budget.blocksPerRank()) {
            problems.add(new Problem(
                    path + ".kvCache.maxTokens",
                    "one contiguous cache of " + maxTokens + " tokens takes "
                            + gigabytes(groups.blocks(maxTokens) * budget.blockBytes()) + " of a device, but only "
                            + (budget.blocksPerRank() - groups.stateBlocks()) / Math.max(1, groups.full()) * block
                            + " tokens fit: state a maxLength of at most that many"));
        }
    }

    private static String doesNotFit(DeploymentSpec deployment, MemoryBudget budget) {
        int parallel = deployment.parallelism().devices();
        String device = deployment.accelerator().name();
        String devices = parallel + " x " + gigabytes(deployment.accelerator().memoryBytes()) + " of " + device;
        String what = gigabytes(budget.weightBytes() * parallel) + " of weights";
        String fit = budget.weightBytes() > deployment.accelerator().memoryBytes()
                ? what + " do not fit " + devices
                : what + " leave no room for a KV cache on " + devices + ": " + gigabytes(budget.memoryBytes())
                        + " usable - " + gigabytes(budget.weightBytes()) + " weights - "
                        + gigabytes(budget.activationBytes()) + " activations a device";
        return fit + "; " + new ParallelismChecks(deployment).remedy();
    }

    private static String gigabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GB);
    }
}
