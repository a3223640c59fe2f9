package headroom.engine.serving;

/** The room that the host has for KV blocks of one replica. */
final class HostMemory {
    private final long blocks;
    private long inUse;

    HostMemory(long blocks) {
        this.blocks = blocks;
    }

    /** Takes room for {@code count} blocks, or says that there is not enough. */
    boolean take(long count) {
        if (inUse + count > blocks) {
            return false;
        }
        inUse += count;
        return true;
    }

    void give(long count) {
        inUse -= count;
    }

    long inUse() {
        return inUse;
    }
}
