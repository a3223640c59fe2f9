package headroom.engine.workload;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.RandomStreams;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.PromptHashes;
import headroom.plan.traffic.SharedPrefixSpec;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import org.jspecify.annotations.Nullable;

/** What each prompt of one traffic class has in common with others: groups are drawn, repetitions and hashes stand in the trace. */
public final class SharedPrompts {
    private static final int ONCE = -1;

    private final @Nullable SharedPrefixSpec prefix;
    private final @Nullable TraceRows repeating;
    private final @Nullable HashChains hashed;
    private final Draws groupDraws;

    /** Those of {@code traffic}. */
    public SharedPrompts(TrafficSpec traffic, RandomStreams streams) {
        this.prefix = traffic.sharedPrefix();
        TraceRows rows = traffic.arrivals() instanceof ArrivalSpec.Replay replay ? replay.rows() : null;
        PromptHashes hashes = rows == null ? null : rows.hashes();
        this.repeating = rows != null && rows.namesPrompts() ? rows : null;
        this.hashed = hashes == null ? null : new HashChains(hashes);
        this.groupDraws = streams.named("group/" + traffic.name());
    }

    /** Of the request with that draw index; null where nobody else begins alike. */
    public @Nullable SharedPrompt of(long index, int promptTokens) {
        if (hashed != null) {
            return new SharedPrompt(0, 0, ONCE, false, hashed.of((int) index));
        }
        if (prefix == null && repeating == null) {
            return null;
        }
        int prompt = repeating == null ? ONCE : repeating.promptId((int) index);
        if (prefix == null) {
            return new SharedPrompt(0, 0, prompt, false);
        }
        // The same prompt begins in the same way each time.
        int group = groupDraws.below(prompt == ONCE ? index : prompt, prefix.groups());
        return new SharedPrompt(group, Math.min(prefix.tokens(), promptTokens), prompt, false);
    }

    /** Of each turn of conversation {@code number}, whose first message has that draw index and length. */
    public SharedPrompt ofConversation(int number, long firstIndex, int firstTokens) {
        if (prefix == null) {
            return new SharedPrompt(0, 0, number, true);
        }
        // What follows a first message that is shorter than the beginning is the conversation's own.
        int group = groupDraws.below(firstIndex, prefix.groups());
        return new SharedPrompt(group, Math.min(prefix.tokens(), firstTokens), number, true);
    }
}
