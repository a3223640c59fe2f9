package headroom.plan.traffic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Conversations: the prompt of each turn is everything said before and a new message, which is what the traffic's prompt
 * lengths draw.
 *
 * @param turns how many questions a conversation has, if nothing ends it before
 * @param think how long its user thinks between an answer and the next question; null in a closed loop, whose users say it
 */
public record SessionSpec(Turns turns, @Nullable ThinkSpec think) {
    /** How many turns a conversation has. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Geometric.class, name = "geometric"),
        @JsonSubTypes.Type(value = Exactly.class, name = "exactly"),
    })
    public sealed interface Turns {}

    /** After each turn it goes on with the same probability; {@code mean} turns on average. */
    public record Geometric(double mean) implements Turns {
        public Geometric {
            Ranges.between("sessions.turns.mean", mean, 1, 10_000);
        }
    }

    /** Always as many. */
    public record Exactly(int count) implements Turns {
        public Exactly {
            Ranges.atLeast("sessions.turns.count", count, 1);
        }
    }
}
