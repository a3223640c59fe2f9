package headroom.engine.kernel;

/**
 * Named random streams off one seed: a draw added in one of them moves no other.
 *
 * <p>A stream's key is a mixing hash of (seed, replication, name); see {@link Draws} for what it yields.
 */
public final class RandomStreams {
    private final long root;

    /** Streams of one replication. */
    public RandomStreams(long seed, int replication) {
        this.root = Draws.mix(Draws.mix(seed + Draws.GOLDEN_GAMMA) + Draws.GOLDEN_GAMMA * (replication + 1L));
    }

    /** The stream of that name, for example {@code "lengths/chat"}; the same each time it is asked for. */
    public Draws named(String name) {
        long key = root;
        for (int i = 0; i < name.length(); i++) {
            key = Draws.mix(key + Draws.GOLDEN_GAMMA * (name.charAt(i) + 1L));
        }
        return new Draws(key);
    }
}
