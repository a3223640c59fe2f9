package headroom.testing;

import headroom.plan.Plan;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Conversations for a random plan, drawn apart from everything else. */
final class GenSessions {
    private final SplittableRandom random;

    GenSessions(long seed) {
        this.random = new SplittableRandom(seed ^ 0x5e5510);
    }

    Plan with(Plan plan) {
        if (random.nextDouble() < 0.6) {
            return plan;
        }
        List<TrafficSpec> traffics = plan.traffics().stream().map(this::with).toList();
        return new Plan(plan.sites(), traffics, plan.deployments(), plan.routes(), plan.horizon());
    }

    private TrafficSpec with(TrafficSpec t) {
        return new TrafficSpec(
                t.name(), t.arrivals(), t.prompt(), t.output(), t.slo(), t.priority(), t.sharedPrefix(), sessions(t));
    }

    private @Nullable SessionSpec sessions(TrafficSpec t) {
        if (t.arrivals().ends()) {
            return null;
        }
        SessionSpec.Turns turns = random.nextBoolean()
                ? new SessionSpec.Geometric(1 + 6 * random.nextDouble())
                : new SessionSpec.Exactly(1 + random.nextInt(6));
        return new SessionSpec(turns, t.arrivals() instanceof ArrivalSpec.ClosedLoop ? null : think());
    }

    /** Some ask again at the very instant of the answer. */
    private ThinkSpec think() {
        return switch (random.nextInt(3)) {
            case 0 -> new ThinkSpec.Fixed(0);
            case 1 -> new ThinkSpec.Fixed(0.001 * random.nextInt(500));
            default -> new ThinkSpec.Exponential(0.05 + random.nextDouble());
        };
    }
}
