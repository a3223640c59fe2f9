package headroom.dsl;

import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a point without simulating it.
 *
 * @param memory of each deployment, in the plan's order; empty when the point cannot run
 * @param rentUsdPerHour of all devices held, used or not; null when a price is missing or the point cannot run
 * @param refusals why it cannot run; empty when it can
 */
public record PointCheck(
        String label, List<Memory> memory, @Nullable Double rentUsdPerHour, List<String> refusals) {
    public PointCheck {
        memory = List.copyOf(memory);
        refusals = List.copyOf(refusals);
    }

    /**
     * How the memory of one replica is spent.
     *
     * @param devices of one replica
     * @param usableBytes that the serving engine may use, of all devices of the replica
     * @param weightBytes of all devices of the replica
     * @param activationBytes of all devices of the replica
     * @param kvBlocks of the replica
     * @param cacheTokens that these blocks hold, of contexts that are long compared with any window
     */
    public record Memory(
            String deployment,
            String accelerator,
            int devices,
            int replicas,
            double usableBytes,
            double weightBytes,
            double activationBytes,
            long kvBlocks,
            long cacheTokens) {
        static Memory of(DeploymentSpec deployment) {
            MemoryBudget budget = MemoryBudget.of(deployment);
            int devices = deployment.parallelism().devices();
            return new Memory(
                    deployment.name(),
                    deployment.accelerator().name(),
                    devices,
                    deployment.replicas(),
                    devices * budget.memoryBytes(),
                    devices * budget.weightBytes(),
                    devices * budget.activationBytes(),
                    budget.blocks(),
                    KvGroups.of(deployment).tokensIn(budget.blocks()));
        }
    }

    static PointCheck of(Experiment.Point point) {
        Plan plan = point.plan();
        if (plan == null) {
            return new PointCheck(point.label(), List.of(), null, point.refusals());
        }
        List<Memory> memory = plan.deployments().stream().map(Memory::of).toList();
        return new PointCheck(point.label(), memory, rent(plan), List.of());
    }

    private static @Nullable Double rent(Plan plan) {
        double sum = 0;
        for (SiteSpec site : plan.sites()) {
            for (HardwarePool pool : site.pools()) {
                Double rent = pool.rentUsdPerDeviceHour();
                if (rent == null) {
                    return null;
                }
                sum += pool.count() * rent;
            }
        }
        return sum;
    }
}
