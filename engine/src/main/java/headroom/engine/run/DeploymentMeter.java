package headroom.engine.run;

import headroom.engine.cost.Costs;
import headroom.engine.metrics.UseMeter;
import headroom.engine.observe.RunPart;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedWork;
import headroom.engine.physics.StepWork;
import headroom.engine.physics.Work;
import headroom.engine.power.EnergyMeter;
import headroom.engine.workload.SendWindow;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.site.SiteSpec;
import headroom.result.DeploymentResult;
import org.jspecify.annotations.Nullable;

/** Everything counted about one deployment: cuts its runs of steps at the window's edges and hands the parts on. */
final class DeploymentMeter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Deployed deployment;
    private final SiteSpec site;
    private final SendWindow window;
    private final int windowTokens;
    private final UseMeter use;
    private final EnergyMeter energy;
    private final DeploymentTimeline timeline;
    private final RunPart part = new RunPart();
    private final RunCuts.Taker taker = this::add;
    private double handedBytes;
    private double linkSeconds;

    private DeploymentMeter(
            Deployed deployment, Work work, long blocks, SiteSpec site, SendWindow window, int traffics) {
        this.deployment = deployment;
        this.site = site;
        this.window = window;
        this.windowTokens = work.windowTokens();
        this.use = new UseMeter(deployment, work, blocks, traffics);
        this.energy = new EnergyMeter(deployment, site, work);
        this.timeline = new DeploymentTimeline(deployment, energy, windowTokens, window);
    }

    static DeploymentMeter of(Deployed deployment, SiteSpec site, SendWindow window, int traffics) {
        if (deployment instanceof FixedDeploymentSpec fixed) {
            return new DeploymentMeter(fixed, new FixedWork(fixed), 0, site, window, traffics);
        }
        DeploymentSpec tokens = (DeploymentSpec) deployment;
        long blocks = MemoryBudget.of(tokens).blocks();
        return new DeploymentMeter(tokens, new StepWork(tokens), blocks, site, window, traffics);
    }

    /** What it counts over time. */
    DeploymentTimeline timeline() {
        return timeline;
    }

    void started(int replica, StepRun run) {
        use.sawBlocks(run.firstBlocks);
        if (window.measures(run.startNanos)) {
            energy.started(replica, run);
        }
    }

    void idle(int replica, long now) {
        if (window.measures(now)) {
            energy.idle(replica);
        }
    }

    void preempted(boolean swapped, long now) {
        if (window.measures(now)) {
            use.preempted(swapped);
        }
    }

    /** Adds what moved inside the window. */
    void handedOver(long startNanos, long endNanos, double bytes) {
        timeline.handedOver(startNanos, endNanos, bytes);
        long inside = Math.min(endNanos, window.untilNanos()) - Math.max(startNanos, window.fromNanos());
        if (inside > 0) {
            double moved = bytes * inside / (endNanos - startNanos);
            handedBytes += moved;
            linkSeconds += inside / NANOS_PER_SECOND;
            energy.sent(moved);
        }
    }

    /** Adds the part of a step that lies in the window and before the run's end. */
    void cutShort(StepRun run, long limitNanos) {
        timeline.cutShort(run, limitNanos);
        RunCuts.partly(run, 0, window.fromNanos(), Math.min(limitNanos, window.untilNanos()), taker);
        timeline.skipJoules();
    }

    /** Adds steps that have ended, the last of them at {@code endNanos}. */
    void ran(StepRun run, long endNanos) {
        use.sawBlocks(run.lastBlocks);
        boolean apart = timeline.ran(run, endNanos);
        if (run.startNanos >= window.fromNanos() && endNanos <= window.untilNanos()) {
            add(run, 0, run.steps, 1); // nearly every run: no edge to cut at
        } else {
            RunCuts.between(run, window.fromNanos(), window.untilNanos(), taker);
        }
        if (apart) {
            timeline.skipJoules();
        }
    }

    private void add(StepRun run, long from, long count, double weight) {
        part.set(run, windowTokens, from, count, weight);
        use.add(run, part);
        energy.add(run, part);
    }

    double share(int traffic) {
        return use.share(traffic);
    }

    DeploymentResult toResult(double windowSeconds) {
        DeploymentResult.Energy joules = energy.toResult(windowSeconds);
        return new DeploymentResult(
                deployment.name(),
                site.name(),
                deployment.devices(),
                use.steps(),
                use.preemptions(),
                use.swaps(),
                use.utilization(windowSeconds),
                use.kvUse(windowSeconds),
                joules,
                Costs.of(deployment, site, windowSeconds, joules.facilityJoules()),
                handovers(windowSeconds));
    }

    private DeploymentResult.@Nullable Handovers handovers(double windowSeconds) {
        HandoverSpec handover = deployment instanceof DeploymentSpec tokens ? tokens.handover() : null;
        return handover == null
                ? null
                : new DeploymentResult.Handovers(
                        handover.to(), handedBytes, windowSeconds > 0 ? linkSeconds / windowSeconds : 0);
    }
}
