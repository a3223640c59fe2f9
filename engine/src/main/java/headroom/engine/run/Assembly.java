package headroom.engine.run;

import headroom.engine.fleet.Fleet;
import headroom.engine.kernel.RandomStreams;
import headroom.engine.kernel.Simulation;
import headroom.engine.observe.Probe;
import headroom.engine.physics.FixedTime;
import headroom.engine.physics.HandoverTimes;
import headroom.engine.workload.Acceptance;
import headroom.engine.workload.Inbox;
import headroom.engine.workload.SendWindow;
import headroom.engine.workload.Sources;
import headroom.engine.workload.TrafficSource;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.RouteSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.SpeculativeSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Wires the actors of one run: replicas first, so that at one instant they keep their place, then traffic sources. */
final class Assembly {
    private final Simulation simulation = new Simulation();
    private final Fleet[] fleets;
    private final long limitNanos;

    /** Builds everything and schedules the first requests. */
    Assembly(Plan plan, SendWindow window, RandomStreams streams, Probe probe) {
        TrafficSource[] sources = new TrafficSource[plan.traffics().size()];
        this.limitNanos = limitNanos(plan, window);
        int[] levels = levels(plan);
        this.fleets = new Fleet[plan.deployed().size()];
        for (int i = 0; i < fleets.length; i++) {
            fleets[i] = plan.deployed().get(i) instanceof FixedDeploymentSpec fixed
                    ? Fleet.of(i, fixed, levels, simulation, probe, sources)
                    : Fleet.of(
                            i,
                            plan.deployments().get(i),
                            levels,
                            acceptance(plan, plan.deployments().get(i), streams),
                            simulation,
                            probe,
                            sources);
        }
        for (int i = 0; i < plan.deployments().size(); i++) {
            HandoverSpec handover = plan.deployments().get(i).handover();
            if (handover != null) {
                int to = plan.indexOf(handover.to());
                fleets[i].handOverTo(
                        fleets[to],
                        new HandoverTimes(handover, plan.deployments().get(to)));
            }
        }
        for (int i = 0; i < sources.length; i++) {
            TrafficSpec traffic = plan.traffics().get(i);
            Inbox door = fleets[plan.entranceOf(deploymentOf(plan, i))].door(
                    routeOf(plan, i).policy(), streams.named("route/" + traffic.name()));
            sources[i] = Sources.of(i, traffic, streams, window, simulation, door);
        }
        for (TrafficSource source : sources) {
            source.start();
        }
    }

    /**
     * Runs until nothing is left to do, the drain limit is reached, or it is told to halt.
     *
     * @return time of the last event
     */
    long run() {
        long last = simulation.run(limitNanos);
        for (Fleet fleet : fleets) {
            fleet.stop(simulation.isHalted() ? last : limitNanos);
        }
        return last;
    }

    /** Ends the run at the current instant. */
    void halt() {
        simulation.halt();
    }

    private static @Nullable Acceptance acceptance(Plan plan, DeploymentSpec spec, RandomStreams streams) {
        SpeculativeSpec drafts = spec.speculative();
        return drafts == null ? null : new Acceptance(drafts.reaches(), plan.traffics(), streams);
    }

    /** Level of priority of each class: 0 the highest, one more for each lower priority that the plan knows. */
    private static int[] levels(Plan plan) {
        int[] priorities = plan.traffics().stream()
                .mapToInt(TrafficSpec::priority)
                .sorted()
                .distinct()
                .toArray();
        return plan.traffics().stream()
                .mapToInt(traffic -> priorities.length - 1 - Arrays.binarySearch(priorities, traffic.priority()))
                .toArray();
    }

    /** When requests are sent and count. */
    static SendWindow window(HorizonSpec horizon) {
        if (horizon instanceof HorizonSpec.Window window) {
            return new SendWindow(FixedTime.nanos(window.warmupSeconds()), FixedTime.nanos(window.totalSeconds()));
        }
        if (horizon instanceof HorizonSpec.AutoWarmup) {
            throw new IllegalArgumentException(
                    "horizon: the warm-up of this plan is still to be found, by pilot runs: state what they gave");
        }
        return new SendWindow(0, Long.MAX_VALUE);
    }

    /** When the run ends even if requests are left. */
    private static long limitNanos(Plan plan, SendWindow window) {
        long drain = FixedTime.nanos(plan.horizon().drainLimitSeconds());
        long sendingEnds = window.untilNanos() == Long.MAX_VALUE ? lastTraceNanos(plan) : window.untilNanos();
        return sendingEnds > Long.MAX_VALUE - 1 - drain ? Long.MAX_VALUE - 1 : sendingEnds + drain;
    }

    /** Index of the deployment that serves traffic class {@code traffic}. */
    static int deploymentOf(Plan plan, int traffic) {
        return plan.indexOf(routeOf(plan, traffic).deployment());
    }

    private static RouteSpec routeOf(Plan plan, int traffic) {
        String name = plan.traffics().get(traffic).name();
        return plan.routes().stream()
                .filter(route -> route.traffic().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long lastTraceNanos(Plan plan) {
        long last = 0;
        for (TrafficSpec traffic : plan.traffics()) {
            if (traffic.arrivals() instanceof ArrivalSpec.Replay replay) {
                last = Math.max(last, replay.rows().arrivalNanos(replay.rows().size() - 1));
            }
        }
        return last;
    }
}
