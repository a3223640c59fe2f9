package headroom.engine.serving;

import headroom.engine.workload.HashChain;
import headroom.engine.workload.SharedPrompt;
import java.util.HashMap;
import java.util.Map;

/**
 * Full KV blocks that stay when their sequence ends, to be found by prompts that begin alike.
 *
 * <p>A block can be found from the step on in which it is filled. It is held as long as a sequence runs that filled or found it, and counted
 * once however many do. Nobody's blocks wait in order of their release, of one sequence the last block first, and give way in that order:
 * to the host, while that has room for blocks at all, where those that came first are forgotten for new ones.
 */
final class PrefixCache {
    private static final int TRAFFIC_SHIFT = 34;
    private static final long CONVERSATION = 1L << 33;
    private static final long PROMPT = 1L << 32;

    private final int blockTokens;
    private final Map<Long, CachedBlock.Line> lines = new HashMap<>();
    private final BlockRing unheld = new BlockRing();
    private final BlockRing onHost = new BlockRing();
    private final long hostBlocks;
    private long stored;

    /** A cache whose blocks give way to a host with room for {@code hostBlocks} of them, 0 for none. */
    PrefixCache(int blockTokens, long hostBlocks) {
        this.blockTokens = blockTokens;
        this.hostBlocks = hostBlocks;
    }

    /** Blocks on the device that nobody holds. */
    long unheld() {
        return unheld.size();
    }

    /** Blocks that have gone to the host so far. */
    long stored() {
        return stored;
    }

    /**
     * How many leading blocks of what {@code sequence} has to prefill are there, on the device or the host; the last token is
     * always computed.
     */
    int find(Sequence sequence) {
        Lineage lineage = lineage(sequence);
        int most = (sequence.prefillTarget() - 1) / blockTokens;
        int found = 0;
        while (found < most && lineage.line(found).at(found) != null) {
            found++;
        }
        return found;
    }

    /** How many of the first {@code found} blocks nobody holds, on the device or the host. */
    int unheldAmong(Sequence sequence, int found) {
        Lineage lineage = lineage(sequence);
        int count = 0;
        for (int place = 0; place < found; place++) {
            CachedBlock block = lineage.line(place).at(place);
            count += block != null && block.holders == 0 ? 1 : 0;
        }
        return count;
    }

    /** The sequence holds the first {@code found} blocks, too; returns how many of them come from the host. */
    int hold(Sequence sequence, int found) {
        Lineage lineage = lineage(sequence);
        int brought = 0;
        for (int place = 0; place < found; place++) {
            CachedBlock block = lineage.line(place).at(place);
            if (block == null) {
                throw new IllegalStateException("a block that was found is gone");
            }
            if (block.onHost) {
                onHost.remove(block);
                block.onHost = false;
                brought++;
            } else if (block.holders == 0) {
                unheld.remove(block);
            }
            block.holders++;
            lineage.hold(block);
        }
        return brought;
    }

    /** The blocks that the sequence's prefill has filled can be found, but for those whose like is there. */
    void fill(Sequence sequence) {
        Lineage lineage = lineage(sequence);
        for (int place = lineage.known(); place < sequence.prefilled / blockTokens; place++) {
            CachedBlock.Line line = lineage.line(place);
            if (isMissing(line, place)) {
                CachedBlock block = keep(line, place);
                block.holders = 1;
                lineage.hold(block);
            } else {
                lineage.hold(null);
            }
        }
    }

    /** The sequence holds nothing any more; returns how many of its first {@code full} blocks, all full, are free at once. */
    int release(Sequence sequence, int full) {
        Lineage lineage = lineage(sequence);
        int freed = 0;
        for (int place = full - 1; place >= 0; place--) {
            CachedBlock block = lineage.held(place);
            if (block != null) {
                block.holders--;
                if (block.holders == 0) {
                    unheld.add(block);
                }
            } else if (isMissing(lineage.line(place), place)) {
                unheld.add(keep(lineage.line(place), place));
            } else {
                freed++;
            }
        }
        lineage.dropAll();
        return freed;
    }

    /** The block that nobody has held for longest leaves the device. */
    void evict() {
        CachedBlock oldest = unheld.removeOldest();
        if (hostBlocks == 0) {
            forget(oldest);
            return;
        }
        if (onHost.size() == hostBlocks) {
            forget(onHost.removeOldest());
        }
        oldest.onHost = true;
        onHost.add(oldest);
        stored++;
    }

    private void forget(CachedBlock block) {
        block.forget();
        if (block.line().isEmpty() && isConversation(block.line())) {
            lines.remove(block.line().number);
        }
    }

    private static boolean isMissing(CachedBlock.Line line, int place) {
        CachedBlock block = line.at(place);
        return block == null || block.onHost;
    }

    /** A block that was computed takes the place of its like on the host. */
    private CachedBlock keep(CachedBlock.Line line, int place) {
        CachedBlock like = line.at(place);
        if (like != null) {
            onHost.remove(like);
        }
        if (line.isEmpty() && isConversation(line)) {
            lines.put(line.number, line);
        }
        return new CachedBlock(line, place);
    }

    /** Conversations come without end, so that only those with blocks here are remembered. */
    private static boolean isConversation(CachedBlock.Line line) {
        return line.number >= 0 && (line.number & CONVERSATION) != 0;
    }

    private Lineage lineage(Sequence sequence) {
        Lineage known = sequence.lineage;
        if (known == null) {
            known = newLineage(sequence);
            sequence.lineage = known;
        }
        return known;
    }

    private Lineage newLineage(Sequence sequence) {
        SharedPrompt shared = sequence.request.shared();
        if (shared == null) {
            CachedBlock.Line none = new CachedBlock.Line(CachedBlock.Line.UNNUMBERED);
            return new Lineage(0, none, 0, none);
        }
        HashChain hashes = shared.hashes();
        if (hashes != null) {
            return new Lineage(
                    sequence.request.promptTokens() / blockTokens,
                    new LineChain(hashes, blockTokens, hashed -> line(sequence, hashes, hashed)));
        }
        CachedBlock.Line group = line(sequence, shared.group());
        int groupBlocks = shared.groupTokens() / blockTokens;
        if (shared.conversation()) {
            // One request of it is under way at a time, so that nobody else looks for a line that has no blocks yet.
            long number = number(sequence, CONVERSATION | shared.prompt());
            CachedBlock.Line known = lines.get(number);
            return new Lineage(
                    groupBlocks, group, Integer.MAX_VALUE, known == null ? new CachedBlock.Line(number) : known);
        }
        if (shared.prompt() < 0) {
            return new Lineage(groupBlocks, group, 0, group);
        }
        CachedBlock.Line prompt = line(sequence, PROMPT | shared.prompt());
        return new Lineage(groupBlocks, group, sequence.request.promptTokens() / blockTokens, prompt);
    }

    private CachedBlock.Line line(Sequence sequence, long number) {
        return lines.computeIfAbsent(number(sequence, number), CachedBlock.Line::new);
    }

    private CachedBlock.Line line(Sequence sequence, HashChain hashes, int hashed) {
        int firstPlace = LineChain.firstPlace(hashed, hashes.blockTokens(), blockTokens);
        return lines.computeIfAbsent(
                number(sequence, PROMPT | hashes.number(hashed)), number -> new CachedBlock.Line(number, firstPlace));
    }

    private static long number(Sequence sequence, long number) {
        return ((long) sequence.request.traffic() << TRAFFIC_SHIFT) | number;
    }
}
