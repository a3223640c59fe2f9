package headroom.plan;

import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.plan.traffic.TrafficSpec;
import org.jspecify.annotations.Nullable;

/** How much work a plan is, as a guess before it runs; no result rests on it. */
public final class ExpectedWork {
    /** How long a user waits for an answer. */
    private static final double ANSWER_SECONDS = 5;

    private ExpectedWork() {}

    /** About how many requests one run of {@code plan} is sent. */
    public static double requests(Plan plan) {
        double seconds = seconds(plan.horizon());
        return plan.traffics().stream()
                .mapToDouble(traffic -> requests(traffic, seconds))
                .sum();
    }

    /** How long requests are sent; 0 where each load knows its last one. */
    private static double seconds(HorizonSpec horizon) {
        if (horizon instanceof HorizonSpec.Window window) {
            return window.totalSeconds();
        }
        return horizon instanceof HorizonSpec.AutoWarmup auto ? auto.totalSeconds() : 0;
    }

    private static double requests(TrafficSpec traffic, double seconds) {
        ArrivalSpec arrivals = traffic.arrivals();
        if (arrivals instanceof ArrivalSpec.Poisson poisson) {
            return poisson.ratePerSec() * seconds * turns(traffic.sessions());
        }
        if (arrivals instanceof ArrivalSpec.Gamma gamma) {
            return gamma.ratePerSec() * seconds * turns(traffic.sessions());
        }
        if (arrivals instanceof ArrivalSpec.Deterministic deterministic) {
            return deterministic.ratePerSec() * seconds * turns(traffic.sessions());
        }
        if (arrivals instanceof ArrivalSpec.ClosedLoop loop) {
            return loop.users() * seconds / (ANSWER_SECONDS + seconds(loop.think()));
        }
        if (arrivals instanceof ArrivalSpec.AllAtOnce all) {
            return all.requests();
        }
        if (arrivals instanceof ArrivalSpec.Concurrency concurrency) {
            return concurrency.requests();
        }
        return ((ArrivalSpec.Replay) arrivals).rows().size();
    }

    private static double seconds(ThinkSpec think) {
        return think instanceof ThinkSpec.Exponential exponential
                ? exponential.meanSeconds()
                : ((ThinkSpec.Fixed) think).seconds();
    }

    private static double turns(@Nullable SessionSpec sessions) {
        if (sessions == null) {
            return 1;
        }
        return sessions.turns() instanceof SessionSpec.Geometric geometric
                ? geometric.mean()
                : ((SessionSpec.Exactly) sessions.turns()).count();
    }
}
