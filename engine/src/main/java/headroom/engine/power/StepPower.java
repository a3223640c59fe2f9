package headroom.engine.power;

import headroom.engine.observe.RunPart;
import headroom.engine.observe.StepRun;
import headroom.engine.physics.Work;
import headroom.plan.serving.Deployed;
import headroom.plan.site.SiteSpec;

/** Facility power of one replica, run of steps by run of steps: the mean that has the joules of {@link EnergyMeter}. */
public final class StepPower {
    private static final double NANOS_PER_SECOND = 1e9;

    private final EnergyMeter meter;
    private final int windowTokens;
    private final RunPart part = new RunPart();

    /** Power of the replicas of {@code deployment} at {@code site}. */
    public StepPower(Deployed deployment, SiteSpec site) {
        Work work = Work.of(deployment);
        this.meter = new EnergyMeter(deployment, site, work);
        this.windowTokens = work.windowTokens();
    }

    /** Mean watts of the replica that takes the steps of {@code run}. */
    public double watts(StepRun run) {
        part.set(run, windowTokens, 0, run.steps, 1);
        return meter.joulesOf(run, part) / part.seconds;
    }

    /** Watts of a replica that rests. */
    public double idleWatts() {
        return meter.idleWatts();
    }

    /** Mean watts of sending bytes to another pool, beside whatever the replicas draw. */
    public double sendingWatts(double bytes, long nanos) {
        return meter.sendingJoules(bytes) / (nanos / NANOS_PER_SECOND);
    }
}
