package headroom.summary;

import headroom.plan.Plan;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.result.DeploymentResult;
import headroom.result.RunResult;
import headroom.result.TrafficResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * On what the steps of a deployment spend their time, estimated from its use: memory at the profile's share of peak
 * bandwidth, FLOPs at its share of the dense peak, collectives and hops by their latency and rate, and the overheads of
 * the steps that ran. Reading and computing overlap, so shares need not add up to 100 %; which is the largest does not
 * depend on that.
 */
record StepShares(double bandwidth, double compute, double collective, double overhead) {
    private static final double BYTES_16_BIT = 2;

    /** Shares of the time in which steps ran, means over replications. */
    static StepShares of(Plan plan, Deployed deployed, List<RunResult> runs) {
        StepShares sum = new StepShares(0, 0, 0, 0);
        for (RunResult run : runs) {
            DeploymentResult result = Totals.deployment(run, deployed.name());
            double busySeconds =
                    result.utilization().busyFraction() * run.window().seconds() * deployed.replicas();
            if (busySeconds > 0) {
                StepShares one = deployed instanceof DeploymentSpec tokens
                        ? ofTokens(tokens, Work.of(plan, tokens, run), result, busySeconds)
                        : ofFixedWork((FixedDeploymentSpec) deployed, result, busySeconds);
                sum = sum.plus(one, 1.0 / runs.size());
            }
        }
        return sum;
    }

    /**
     * What steps of a deployment had to do: a pool that prefills has no answers, one that decodes only has no prompts.
     *
     * @param tokens that they computed
     * @param prompts that they read
     * @param taken prompts that they took, to read them or with what another pool had read
     */
    private record Work(double tokens, double prompts, double taken) {
        static Work of(Plan plan, DeploymentSpec deployment, RunResult run) {
            HandoverSpec handover = deployment.handover();
            String name = handover == null ? deployment.name() : handover.to();
            int place = plan.indexOf(deployment.name());
            boolean reads = plan.entranceOf(place) == place;
            double tokens = 0;
            double prompts = 0;
            double taken = 0;
            for (TrafficResult each : run.traffics()) {
                if (each.deployment().equals(name)) {
                    tokens += (reads ? each.promptTokens() : 0) + (handover == null ? each.outputTokens() : 0);
                    prompts += reads ? each.requests().completed() : 0;
                    taken += each.requests().completed();
                }
            }
            return new Work(tokens, prompts, taken);
        }
    }

    private static StepShares ofTokens(
            DeploymentSpec deployment, Work work, DeploymentResult result, double busySeconds) {
        ProfileSpec profile = deployment.profile();
        boolean moe = deployment.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts;
        double busy = result.utilization().busyFraction();
        return new StepShares(
                result.utilization().bandwidth()
                        / busy
                        / (moe ? profile.experts().mbu() : profile.kernels().linearMbu()),
                result.utilization().compute()
                        / busy
                        / (moe ? profile.experts().mfu() : profile.kernels().linearMfu()),
                collectives(deployment, result.steps(), work.tokens) / busySeconds,
                overheads(deployment, result, work) / busySeconds);
    }

    /** Two all-reduces a layer under tensor parallelism, one exchange a layer of experts between ranks; a hop between stages. */
    private static double collectives(DeploymentSpec deployment, double steps, double tokens) {
        ProfileSpec profile = deployment.profile();
        int devices = deployment.parallelism().tensorParallel();
        double bytes = tokens * deployment.model().hidden() * BYTES_16_BIT;
        double seconds = devices == 1 ? 0 : exchanges(deployment, steps, bytes * 2 * (devices - 1) / devices);
        int hops = deployment.parallelism().pipelineParallel() - 1;
        return seconds
                + hops
                        * (steps * profile.hop().latencySeconds()
                                + bytes / devices / profile.hop().bytesPerSec());
    }

    /** Of {@code steps} steps of equal size, if each moves all its tokens' vectors: {@code movedBytes} over all steps. */
    private static double exchanges(DeploymentSpec deployment, double steps, double movedBytes) {
        ProfileSpec.Collectives links = deployment.profile().collectives();
        ParallelismSpec parallelism = deployment.parallelism();
        double moving = movedBytes / links.busBytesPerSec();
        if (!parallelism.dataParallelAttention()) {
            double onePass = moving * parallelism.tensorParallel() / 2;
            double fastest = Math.min(onePass, steps * links.twoPassSeconds() + moving);
            return 2 * deployment.model().layers() * (steps * links.latencySeconds() + fastest);
        }
        if (deployment.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe) {
            int spread = parallelism.expertParallel();
            double start = spread > moe.expertsPerToken()
                    ? links.allToAllSeconds()
                    : spread > 1 ? links.gatherScatterSeconds() : links.latencySeconds();
            return moe.moeLayers() * (steps * start + moving);
        }
        return 0;
    }

    private static double overheads(DeploymentSpec deployment, DeploymentResult result, Work work) {
        ProfileSpec.Overheads each = deployment.profile().overheads();
        double floors = each.floorSeconds(deployment.model());
        double sequences = result.utilization().meanBatchSequences()
                / deployment.parallelism().attentionRanks();
        // How many steps held prompts is not counted; no more than there were prompts.
        return result.steps() * (each.perStepSeconds() + floors + each.perSequenceSeconds() * sequences)
                + Math.min(result.steps(), work.prompts) * each.perPrefillStepSeconds()
                + work.taken * each.perPrefillSequenceSeconds();
    }

    private static StepShares ofFixedWork(FixedDeploymentSpec deployment, DeploymentResult result, double busySeconds) {
        double busy = result.utilization().busyFraction();
        return new StepShares(
                result.utilization().bandwidth() / busy / deployment.profile().mbu(),
                result.utilization().compute() / busy / deployment.profile().mfu(),
                0,
                result.steps() * deployment.profile().rampSeconds() / busySeconds);
    }

    private StepShares plus(StepShares other, double weight) {
        return new StepShares(
                bandwidth + weight * other.bandwidth,
                compute + weight * other.compute,
                collective + weight * other.collective,
                overhead + weight * other.overhead);
    }

    /** What takes the largest share. */
    Bottleneck.Kind largest() {
        Map<Bottleneck.Kind, Double> all = new LinkedHashMap<>();
        all.put(Bottleneck.Kind.BANDWIDTH, bandwidth);
        all.put(Bottleneck.Kind.COMPUTE, compute);
        all.put(Bottleneck.Kind.COLLECTIVE, collective);
        all.put(Bottleneck.Kind.HOST_OVERHEAD, overhead);
        return all.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }

    /** For people: {@code 71 % reading memory, 20 % computing, ...}. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%.0f %% reading memory, %.0f %% computing, %.0f %% collectives, %.0f %% overheads of steps",
                100 * bandwidth,
                100 * compute,
                100 * collective,
                100 * overhead);
    }
}
