package headroom.plan.traffic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import headroom.units.Ranges;

/** When requests are sent. Open loops do not wait for answers; closed loops do; a replay knows its instants. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ArrivalSpec.Poisson.class, name = "poisson"),
    @JsonSubTypes.Type(value = ArrivalSpec.Gamma.class, name = "gamma"),
    @JsonSubTypes.Type(value = ArrivalSpec.Deterministic.class, name = "deterministic"),
    @JsonSubTypes.Type(value = ArrivalSpec.AllAtOnce.class, name = "allAtOnce"),
    @JsonSubTypes.Type(value = ArrivalSpec.ClosedLoop.class, name = "closedLoop"),
    @JsonSubTypes.Type(value = ArrivalSpec.Concurrency.class, name = "concurrency"),
    @JsonSubTypes.Type(value = ArrivalSpec.Replay.class, name = "replay"),
})
public sealed interface ArrivalSpec {
    /** Whether it has a last request; a load without one goes on in the same way for ever. */
    default boolean ends() {
        return this instanceof AllAtOnce || this instanceof Concurrency || this instanceof Replay;
    }

    /** Independent exponential gaps at {@code ratePerSec} requests a second. */
    record Poisson(double ratePerSec) implements ArrivalSpec {
        public Poisson {
            Ranges.positive("arrivals.ratePerSec", ratePerSec);
        }
    }

    /** Independent gamma gaps with coefficient of variation {@code cv} (1 is Poisson, above 1 is bursty). */
    record Gamma(double ratePerSec, double cv) implements ArrivalSpec {
        public Gamma {
            Ranges.positive("arrivals.ratePerSec", ratePerSec);
            Ranges.between("arrivals.cv", cv, 0.05, 20);
        }
    }

    /** Equal gaps of {@code 1 / ratePerSec}; the first request comes after one gap. */
    record Deterministic(double ratePerSec) implements ArrivalSpec {
        public Deterministic {
            Ranges.positive("arrivals.ratePerSec", ratePerSec);
        }
    }

    /** {@code requests} requests, all sent at time zero. */
    record AllAtOnce(int requests) implements ArrivalSpec {
        public AllAtOnce {
            Ranges.atLeast("arrivals.requests", requests, 1);
        }
    }

    /**
     * {@code users} users who each wait for the answer, think, and ask again. The first question comes after one think
     * time, so that users do not march in step.
     */
    record ClosedLoop(int users, ThinkSpec think) implements ArrivalSpec {
        public ClosedLoop {
            Ranges.atLeast("arrivals.users", users, 1);
        }
    }

    /**
     * As benchmarks do: {@code concurrency} requests at time zero, then one new request for each that ends, until
     * {@code requests} were sent.
     */
    record Concurrency(int concurrency, int requests) implements ArrivalSpec {
        public Concurrency {
            Ranges.atLeast("arrivals.concurrency", concurrency, 1);
            Ranges.atLeast("arrivals.requests", requests, concurrency);
        }
    }

    /** The instants and lengths of a recorded trace; the traffic's own length specs are then {@link LengthSpec.Traced}. */
    record Replay(TraceRows rows) implements ArrivalSpec {}
}
