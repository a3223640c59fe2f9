package headroom.engine.serving;

/** Cached blocks that nobody holds, in the order in which they came here; each is in one ring at most. */
final class BlockRing {
    // Between its neighbours newer and older, a ring: its newer one is the oldest of all.
    private final CachedBlock ends = new CachedBlock(new CachedBlock.Line(CachedBlock.Line.UNNUMBERED), 0);
    private long size;

    long size() {
        return size;
    }

    void add(CachedBlock block) {
        block.older = ends.older;
        block.newer = ends;
        block.older.newer = block;
        ends.older = block;
        size++;
    }

    void remove(CachedBlock block) {
        block.older.newer = block.newer;
        block.newer.older = block.older;
        block.older = block;
        block.newer = block;
        size--;
    }

    /** Takes out the block that came before all others. */
    CachedBlock removeOldest() {
        CachedBlock oldest = ends.newer;
        if (oldest == ends) {
            throw new IllegalStateException("no cached block is left to give way");
        }
        remove(oldest);
        return oldest;
    }
}
