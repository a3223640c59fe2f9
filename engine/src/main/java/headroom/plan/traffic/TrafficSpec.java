package headroom.plan.traffic;

import headroom.units.Ranges;

/** One class of requests: when they come, how long they are, and what was promised. */
public record TrafficSpec(String name, ArrivalSpec arrivals, LengthSpec prompt, LengthSpec output, SloSpec slo) {
    public TrafficSpec {
        Ranges.named("traffic.name", name);
        boolean replayed = arrivals instanceof ArrivalSpec.Replay;
        if (replayed != prompt instanceof LengthSpec.Traced || replayed != output instanceof LengthSpec.Traced) {
            throw new IllegalArgumentException(
                    "traffic.prompt and traffic.output must both be traced exactly when the arrivals are a replay");
        }
    }
}
