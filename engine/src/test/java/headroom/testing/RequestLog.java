package headroom.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What happened to each request, by traffic class and draw index; both simulators fill one. */
public final class RequestLog {
    /** Every request that arrived, in order of class and index. */
    public final Map<Key, Life> lives = new TreeMap<>();

    /** All preemptions. */
    public int preemptions;

    /** Requests that gave up waiting. */
    public int timeouts;

    /** Requests that found the queue full. */
    public int turnedAway;

    /** Names one request. */
    public record Key(int traffic, long index) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTraffic = Integer.compare(traffic, other.traffic);
            return byTraffic != 0 ? byTraffic : Long.compare(index, other.index);
        }
    }

    /** Instants of one request in nanoseconds, -1 while they have not come. */
    public static final class Life {
        /** When it was sent. */
        public long sent = -1;

        /** When it was refused. */
        public long rejected = -1;

        /** When it gave up waiting. */
        public long timedOut = -1;

        /** When it first joined a batch. */
        public long admitted = -1;

        /** When its first token was delivered. */
        public long firstToken = -1;

        /** When its last token was delivered. */
        public long finished = -1;

        /** Tokens of its prompt that the prefix cache held when it first joined a batch. */
        public int foundTokens;

        /** How often it was preempted. */
        public int preemptions;

        /** What its E2E went into, by {@link headroom.result.TimePart}; empty unless it finished. */
        public long[] parts = {};

        @Override
        public String toString() {
            return "sent " + sent + ", rejected " + rejected + ", timed out " + timedOut + ", admitted " + admitted
                    + " with " + foundTokens + " tokens found"
                    + ", first token " + firstToken + ", finished " + finished + ", preempted " + preemptions
                    + " times, parts " + Arrays.toString(parts);
        }
    }

    /** The life of a request, made when first asked for. */
    public Life of(int traffic, long index) {
        return lives.computeIfAbsent(new Key(traffic, index), key -> new Life());
    }
}
