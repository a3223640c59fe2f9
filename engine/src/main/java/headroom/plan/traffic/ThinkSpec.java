package headroom.plan.traffic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;

/** How long a user of a closed loop thinks between an answer and the next question. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ThinkSpec.Exponential.class, name = "exponential"),
    @JsonSubTypes.Type(value = ThinkSpec.Fixed.class, name = "fixed"),
})
public sealed interface ThinkSpec {
    /** Exponential with the given mean. */
    record Exponential(double meanSeconds) implements ThinkSpec {
        public Exponential {
            Ranges.positive("think.meanSeconds", meanSeconds);
        }
    }

    /** Always the same; 0 asks again at once. */
    record Fixed(double seconds) implements ThinkSpec {
        public Fixed {
            Ranges.nonNegative("think.seconds", seconds);
        }
    }
}
