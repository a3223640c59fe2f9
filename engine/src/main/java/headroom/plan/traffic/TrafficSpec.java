package headroom.plan.traffic;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * One class of requests: when they come, how long they are, what was promised, and who goes first.
 *
 * @param priority of the classes that wait at one replica, the highest is admitted first; the lowest is preempted first
 * @param sharedPrefix what its prompts have in common; null: nothing
 * @param sessions conversations that its requests are turns of; null: none, each request stands alone
 */
public record TrafficSpec(
        String name,
        ArrivalSpec arrivals,
        LengthSpec prompt,
        LengthSpec output,
        SloSpec slo,
        int priority,
        @Nullable SharedPrefixSpec sharedPrefix,
        @Nullable SessionSpec sessions) {
    public TrafficSpec {
        Ranges.named("traffic.name", name);
        boolean replayed = arrivals instanceof ArrivalSpec.Replay;
        if (replayed != prompt instanceof LengthSpec.Traced || replayed != output instanceof LengthSpec.Traced) {
            throw new IllegalArgumentException(
                    "traffic.prompt and traffic.output must both be traced exactly when the arrivals are a replay");
        }
        if (prompt instanceof LengthSpec.NoTokens != output instanceof LengthSpec.NoTokens) {
            throw new IllegalArgumentException("traffic.prompt and traffic.output must both have tokens, or neither");
        }
        if (sharedPrefix != null
                && arrivals instanceof ArrivalSpec.Replay replay
                && replay.rows().hashes() != null) {
            throw new IllegalArgumentException(
                    "traffic.sharedPrefix must be absent where a trace's hashes say what prompts have in common");
        }
        if (sessions != null) {
            if (arrivals.ends()) {
                throw new IllegalArgumentException(
                        "traffic.sessions need arrivals that go on: an open or a closed loop");
            }
            if (arrivals instanceof ArrivalSpec.ClosedLoop != (sessions.think() == null)) {
                throw new IllegalArgumentException(
                        "traffic.sessions.think must be stated exactly when the arrivals are no closed loop");
            }
        }
    }

    /** Whether its requests are prompts that get answers, not samples for a model of fixed work. */
    public boolean hasTokens() {
        return !(prompt instanceof LengthSpec.NoTokens);
    }

    /** A class of requests that stand alone. */
    public TrafficSpec(
            String name,
            ArrivalSpec arrivals,
            LengthSpec prompt,
            LengthSpec output,
            SloSpec slo,
            int priority,
            @Nullable SharedPrefixSpec sharedPrefix) {
        this(name, arrivals, prompt, output, slo, priority, sharedPrefix, null);
    }

    /** A class whose prompts have nothing in common. */
    public TrafficSpec(
            String name, ArrivalSpec arrivals, LengthSpec prompt, LengthSpec output, SloSpec slo, int priority) {
        this(name, arrivals, prompt, output, slo, priority, null);
    }

    /** A class of priority 0. */
    public TrafficSpec(String name, ArrivalSpec arrivals, LengthSpec prompt, LengthSpec output, SloSpec slo) {
        this(name, arrivals, prompt, output, slo, 0);
    }
}
