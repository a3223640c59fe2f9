package headroom.engine.serving;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the blocks of one sequence stand in the prefix cache: those that lie wholly in a shared beginning with its group,
 * those of a prompt that comes again, of a conversation, or of a prompt whose blocks a trace hashed, with that, all others with the
 * sequence itself.
 */
final class Lineage {
    private final int groupBlocks;
    private final int promptBlocks;
    private final CachedBlock.Line group;
    private final CachedBlock.Line prompt;
    private final @Nullable LineChain hashed;
    private final CachedBlock.Line own = new CachedBlock.Line(CachedBlock.Line.UNNUMBERED);
    private final List<@Nullable CachedBlock> held = new ArrayList<>();

    /** A lineage of which the first {@code groupBlocks} are of the group and those up to {@code promptBlocks} of the prompt. */
    Lineage(int groupBlocks, CachedBlock.Line group, int promptBlocks, CachedBlock.Line prompt) {
        this.groupBlocks = groupBlocks;
        this.promptBlocks = promptBlocks;
        this.group = group;
        this.prompt = prompt;
        this.hashed = null;
    }

    /** A lineage of which the first {@code promptBlocks} are of a prompt whose blocks the trace hashed. */
    Lineage(int promptBlocks, LineChain hashed) {
        this.groupBlocks = 0;
        this.promptBlocks = promptBlocks;
        this.group = own;
        this.prompt = own;
        this.hashed = hashed;
    }

    /** The text that the block at {@code place} belongs to. */
    CachedBlock.Line line(int place) {
        if (place < groupBlocks) {
            return group;
        }
        if (place >= promptBlocks) {
            return own;
        }
        return hashed == null ? prompt : hashed.line(place);
    }

    /** How many of the sequence's blocks have been looked at: held in the cache, or by the sequence alone. */
    int known() {
        return held.size();
    }

    /** The sequence holds the next block; null: one that cannot be found, since the cache has its like. */
    void hold(@Nullable CachedBlock block) {
        held.add(block);
    }

    /** The block at {@code place} as the cache knows it; null where the sequence alone has it. */
    @Nullable
    CachedBlock held(int place) {
        return place < held.size() ? held.get(place) : null;
    }

    /** The sequence holds nothing any more. */
    void dropAll() {
        held.clear();
    }
}
