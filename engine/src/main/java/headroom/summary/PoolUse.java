package headroom.summary;

import headroom.plan.serving.Deployed;
import headroom.result.DeploymentResult;
import headroom.result.RunResult;
import java.util.List;
import java.util.Locale;

/**
 * How much of a deployment was in use, over all replications of a point.
 *
 * @param busy share of the time in which steps ran
 * @param kvWhileBusy share of KV blocks in use while they did
 * @param preemptions of all replications
 * @param requests completed, of all replications
 */
record PoolUse(double busy, double kvWhileBusy, double preemptions, double requests) {
    /** @param answering name of the deployment that answers the requests: itself, or the one that a prefill pool hands over to */
    static PoolUse of(Deployed deployed, List<RunResult> runs, String answering) {
        double busy = 0;
        double kv = 0;
        double preemptions = 0;
        double requests = 0;
        for (RunResult run : runs) {
            DeploymentResult result = Totals.deployment(run, deployed.name());
            busy += result.utilization().busyFraction() / runs.size();
            kv += result.kv().meanUtilization() / runs.size();
            preemptions += result.preemptions();
            requests += run.traffics().stream()
                    .filter(each -> each.deployment().equals(answering))
                    .mapToDouble(each -> each.requests().completed())
                    .sum();
        }
        return new PoolUse(busy, busy > 0 ? kv / busy : 0, preemptions, requests);
    }

    /** Whether the KV cache is what requests wait for. */
    boolean isFull() {
        return (preemptions > 0 && preemptions >= Bottleneck.FEW * requests) || kvWhileBusy >= Bottleneck.FULL;
    }

    String cacheText() {
        return String.format(
                Locale.ROOT,
                "%.0f %% of KV blocks in use while steps run, %,.0f preemptions of %,.0f requests",
                100 * kvWhileBusy,
                preemptions,
                requests);
    }
}
