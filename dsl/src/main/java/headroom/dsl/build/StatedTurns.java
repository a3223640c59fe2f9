package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.ThinkSpec;
import org.jspecify.annotations.Nullable;

/** Conversations as a script states them; whether they go with the arrivals is known at the end of the block only. */
final class StatedTurns {
    private final SessionSpec spec;

    StatedTurns(@Nullable Double mean, @Nullable Integer exactly, @Nullable ThinkSpec think) {
        if (mean != null && exactly == null) {
            this.spec = new SessionSpec(new SessionSpec.Geometric(mean), think);
        } else if (exactly != null && mean == null) {
            this.spec = new SessionSpec(new SessionSpec.Exactly(exactly), think);
        } else {
            throw new Mistake(
                    "turns needs either mean: or exactly:",
                    "write, for example, turns mean: 4, think: exponential(mean: 20.s)");
        }
    }

    SessionSpec spec() {
        return spec;
    }

    /** What is wrong with these turns of those arrivals; empty: nothing. */
    String mistakeWith(ArrivalSpec arrivals, String arrivalWord) {
        boolean loop = arrivals instanceof ArrivalSpec.ClosedLoop;
        if (arrivals.ends()) {
            return "turns need users who come back, and " + arrivalWord + " has none";
        }
        if (loop && spec.think() != null) {
            return "closedLoop says already how long its users think, so think: of turns would be ignored";
        }
        return !loop && spec.think() == null
                ? "turns does not say how long users think between an answer and the next question"
                : "";
    }

    /** What to do about it. */
    String remedyWith(ArrivalSpec arrivals) {
        if (arrivals.ends()) {
            return "use poisson, gamma, deterministic or closedLoop";
        }
        return spec.think() == null ? "add, for example, think: exponential(mean: 20.s)" : "remove it";
    }
}
