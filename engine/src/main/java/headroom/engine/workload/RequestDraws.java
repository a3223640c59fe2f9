package headroom.engine.workload;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.RandomStreams;
import headroom.engine.physics.FixedTime;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.plan.traffic.TrafficSpec;

/**
 * The random content of one traffic class: lengths by request, gaps by place, thinking by user, or session, and turn.
 *
 * <p>Draws are keyed by (seed, replication, traffic name, user or session, index), so a user's k-th prompt, answer and think time are
 * the same in every variant and at every load.
 */
public final class RequestDraws {
    private static final int USER_SHIFT = 32;

    private final Draws promptDraws;
    private final Draws outputDraws;
    private final Draws gapDraws;
    private final Lengths prompts;
    private final Lengths outputs;
    private final Gaps gaps;
    private final Draws thinkDraws;
    private final Gaps thinking;
    private final SharedPrompts shared;

    /** Draws of {@code traffic}; its lengths must not be traced. */
    public RequestDraws(TrafficSpec traffic, RandomStreams streams) {
        this.promptDraws = streams.named("prompt/" + traffic.name());
        this.outputDraws = streams.named("output/" + traffic.name());
        this.gapDraws = streams.named("gap/" + traffic.name());
        this.prompts = Lengths.of(traffic.prompt());
        this.outputs = Lengths.of(traffic.output());
        this.gaps = gapsOf(traffic.arrivals());
        this.thinkDraws = streams.named("think/" + traffic.name());
        this.thinking = Gaps.of(thinkOf(traffic));
        this.shared = new SharedPrompts(traffic, streams);
    }

    /** The request with that draw index, sent at {@code nowNanos}. */
    Request request(int traffic, int user, long index, SendWindow window, long nowNanos) {
        int promptTokens = promptTokens(index);
        return new Request(
                traffic,
                user,
                index,
                window.measures(nowNanos),
                nowNanos,
                promptTokens,
                outputTokens(index),
                shared.of(index, promptTokens));
    }

    /** Draw index of a user's k-th turn, k from 0. */
    public static long turn(int user, int k) {
        return ((long) user << USER_SHIFT) | k;
    }

    /** Prompt of the request with that draw index, in tokens. */
    public int promptTokens(long index) {
        return prompts.draw(promptDraws, index);
    }

    /** Answer of the request with that draw index, in tokens. */
    public int outputTokens(long index) {
        return outputs.draw(outputDraws, index);
    }

    /** Gap before the open loop's request with that index, or thinking before a user's turn; in nanoseconds. */
    public long gapNanos(long index) {
        return FixedTime.nanos(gaps.drawSeconds(gapDraws, index));
    }

    /** Thinking before a turn of a session that began in an open loop; in nanoseconds. */
    public long thinkNanos(long index) {
        return FixedTime.nanos(thinking.drawSeconds(thinkDraws, index));
    }

    private static ThinkSpec thinkOf(TrafficSpec traffic) {
        SessionSpec sessions = traffic.sessions();
        ThinkSpec think = sessions == null ? null : sessions.think();
        return think == null ? new ThinkSpec.Fixed(0) : think;
    }

    private static Gaps gapsOf(ArrivalSpec arrivals) {
        if (arrivals instanceof ArrivalSpec.Poisson poisson) {
            return Gaps.exponential(1 / poisson.ratePerSec());
        } else if (arrivals instanceof ArrivalSpec.Gamma gamma) {
            return Gaps.gamma(1 / gamma.ratePerSec(), gamma.cv());
        } else if (arrivals instanceof ArrivalSpec.Deterministic steady) {
            return Gaps.of(new ThinkSpec.Fixed(1 / steady.ratePerSec()));
        } else if (arrivals instanceof ArrivalSpec.ClosedLoop closed) {
            return Gaps.of(closed.think());
        }
        return Gaps.of(new ThinkSpec.Fixed(0));
    }
}
