package headroom.reports.bundle;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.serving.AdmissionSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.DraftSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.SchedulerSpec;
import headroom.plan.serving.SpeculativeSpec;
import headroom.plan.serving.WindowsSpec;
import headroom.reports.view.Numbers;
import java.util.ArrayList;
import java.util.List;

/** How a deployment schedules requests, in words. */
final class ServingWays {
    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private ServingWays() {}

    /** How a replica is spread over its devices; empty for one. */
    static String spread(ParallelismSpec parallelism) {
        int tensor = parallelism.tensorParallel();
        int parts = parallelism.expertParallel();
        List<String> ways = new ArrayList<>();
        if (parallelism.dataParallelAttention() && tensor > 1) {
            ways.add("attention data-parallel in " + tensor + " ranks");
        } else if (tensor > 1) {
            ways.add("tensor parallel over " + tensor + " devices");
        }
        if (parts > 1) {
            ways.add("experts spread over " + parts + (parts == tensor ? " devices" : " parts of them"));
        }
        if (parallelism.pipelineParallel() > 1) {
            ways.add(parallelism.pipelineParallel() + " stages of a pipeline");
        }
        return String.join(", ", ways);
    }

    /** What a step holds. */
    static String steps(SchedulerSpec scheduler) {
        if (scheduler instanceof SchedulerSpec.PrefillFirst first) {
            return "a step holds prompts or decodes, prompts first" + looks(first);
        }
        if (scheduler instanceof SchedulerSpec.GatheredPrompts gathered) {
            return "decodes first, then prompts that are not cut, which wait until every rank has one and "
                    + gathered.moreSteps() + " steps more; a prompt may start without the others every "
                    + gathered.timeoutSteps() + " steps";
        }
        if (scheduler instanceof SchedulerSpec.BatchedPrompts batched) {
            return "decodes first, then prompts that are not cut, which wait until they fill the step to "
                    + Numbers.tick(100 * batched.tokenShare()) + " %, for at most " + batched.timeoutSteps() + " steps";
        }
        return scheduler instanceof SchedulerSpec.WholePrompts
                ? "decodes first, then prompts that are not cut"
                : "decodes first, then prompts in chunks";
    }

    private static String looks(SchedulerSpec.PrefillFirst first) {
        boolean sameWhileBusy = first.busyPollSteps() == first.pollSteps();
        if (sameWhileBusy && first.pollSteps() == 1) {
            return "";
        }
        return "; looks at new requests every " + first.pollSteps() + " decode steps"
                + (sameWhileBusy
                        ? ""
                        : ", every " + first.busyPollSteps() + " from " + first.busyFromRunning()
                                + " running sequences on");
    }

    /** To what steps without prompts are filled up; empty for nothing. */
    static String graphs(BatchingSpec batching) {
        int count = batching.graphSizes().size();
        return count == 0
                ? ""
                : "; steps without prompts are filled up to " + count + " CUDA graphs, of at most "
                        + batching.graphSizes().get(count - 1) + " tokens";
    }

    /** Who drafts tokens, and how many are accepted. */
    static String drafts(SpeculativeSpec spec) {
        String who = spec.draft() instanceof DraftSpec.Small small
                ? small.model().name() + " in " + small.quantization().name()
                : heads((DraftSpec.Heads) spec.draft());
        double mean = 1;
        for (double reach : spec.reaches()) {
            mean += reach;
        }
        return spec.tokens() + " tokens a step by " + who + ", accepted so that a step gives " + Numbers.tick(mean)
                + " tokens on average";
    }

    private static String heads(DraftSpec.Heads heads) {
        return "heads of " + Numbers.tick(100 * heads.share()) + " % of the model"
                + (heads.parallel() ? ", all tokens in one pass" : "");
    }

    /** When sequences get KV blocks. */
    static String blocks(AllocationSpec allocation) {
        if (allocation instanceof AllocationSpec.Contiguous contiguous) {
            return "one piece of " + contiguous.maxTokens() + " tokens for each request, at admission";
        } else if (allocation instanceof AllocationSpec.WholeAnswer whole) {
            Integer most = whole.mostOutputTokens();
            return "those of prompt and answer at admission"
                    + (most == null ? "" : ", for an answer of at least " + most + " tokens");
        }
        String out = allocation instanceof AllocationSpec.OnDemand onDemand
                        && onDemand.preemption() instanceof PreemptionSpec.Swap swap
                ? "moves to the host, which has room for " + Numbers.readable(swap.hostBytes() / GIGA) + " GB, and back"
                : "is recomputed";
        return "those of the prompt at admission, others as the answer grows; out of blocks, a preempted request "
                + out;
    }

    /** What is kept for layers that see a window. */
    static String windows(AttentionSpec.Windowed attention, DeploymentSpec deployment) {
        String layers = attention.windowedLayers() + " layers see the last " + attention.windowTokens() + " tokens";
        if (KvGroups.slidingIn(deployment) == null) {
            return layers + ", but whole contexts are kept for them";
        } else if (deployment.kvCache().windows() instanceof WindowsSpec.Apart apart) {
            return layers + ", kept in a pool of their own for " + Numbers.tick(100 * apart.tokenShare())
                    + " % of the other layers' tokens";
        }
        KvGroups groups = KvGroups.of(deployment);
        return layers + ": at most " + groups.windowed() * groups.windowBlocks()
                + " blocks of a request that decodes are for them; a block holds " + groups.blockTokens()
                + " tokens of " + Numbers.tick(groups.layersPerBlock()) + " layers";
    }

    /** What layers with an indexer read. */
    static String selections(IndexerSpec indexer) {
        return "each token reads at most " + indexer.topTokens() + " others in a layer, which an indexer of "
                + indexer.heads() + " heads selects; its key of each token takes " + indexer.keyBytes()
                + " bytes a layer";
    }

    /** What is kept of layers of linear attention. */
    static String states(AttentionSpec.Linear attention, DeploymentSpec deployment) {
        KvGroups groups = KvGroups.of(deployment);
        int shards = deployment.parallelism().shards();
        double bytes = attention.linearLayers() * attention.state().bytes(shards) * shards;
        return attention.linearLayers() + " layers keep a state of " + Numbers.readable(bytes / MEGA)
                + " MB of each request, in " + groups.stateBlocks() + " blocks; a block holds " + groups.blockTokens()
                + " tokens of " + Numbers.tick(groups.layersPerBlock()) + " of the other layers";
    }

    /** What stays of a request that has ended. */
    static String prefixes(KvCacheSpec cache) {
        if (!cache.prefixCache()) {
            return "none: each prompt is computed whole";
        }
        Double hostBytes = cache.prefixHostBytes();
        return "full blocks stay until their memory is needed"
                + (hostBytes == null
                        ? ""
                        : ", then on the host, which has room for " + Numbers.readable(hostBytes / GIGA) + " GB")
                + "; prompts that begin alike find them";
    }

    /** Who is turned away. */
    static String admission(AdmissionSpec admission) {
        Integer limit = admission.queueLimit();
        Double timeout = admission.timeoutSeconds();
        return (limit == null ? "any number may wait" : "at most " + limit + " may wait at a replica")
                + (timeout == null ? ", for ever" : ", for at most " + Numbers.readable(timeout) + " s")
                + (admission.startUpSeconds() == 0
                        ? ""
                        : "; replicas begin to serve " + Numbers.readable(admission.startUpSeconds())
                                + " s into the run");
    }
}
