package headroom.engine.serving;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A full KV block that can be found again: by the line of text that it belongs to, and its place there. */
final class CachedBlock {
    private final Line line;
    private final int place;

    /** How many sequences hold it; nobody is waiting for its memory while it is not 0. */
    int holders;

    /** Whether the host has it, and the device no longer. */
    boolean onHost;

    /** Neighbours among those that nobody holds; they point to the block itself while somebody does. */
    CachedBlock older = this;

    CachedBlock newer = this;

    /** Puts a block into a line, where it can be found from now on. */
    CachedBlock(Line line, int place) {
        this.line = line;
        this.place = place;
        line.put(place, this);
    }

    /** It can no longer be found. */
    void forget() {
        line.put(place, null);
    }

    Line line() {
        return line;
    }

    /** Blocks of one text in order, as far as they are in the cache. */
    static final class Line {
        static final long UNNUMBERED = -1;

        /** Number of the text; {@link #UNNUMBERED} where only one sequence ever looks for it. */
        final long number;

        private final int firstPlace;
        private final List<@Nullable CachedBlock> blocks = new ArrayList<>();
        private int size;

        Line(long number) {
            this(number, 0);
        }

        /** A text whose blocks begin at {@code firstPlace} of the prompts that it is part of. */
        Line(long number, int firstPlace) {
            this.number = number;
            this.firstPlace = firstPlace;
        }

        boolean isEmpty() {
            return size == 0;
        }

        @Nullable
        CachedBlock at(int place) {
            int index = place - firstPlace;
            return index < blocks.size() ? blocks.get(index) : null;
        }

        private void put(int place, @Nullable CachedBlock block) {
            int index = place - firstPlace;
            while (blocks.size() <= index) {
                blocks.add(null);
            }
            size += (block == null ? 0 : 1) - (blocks.get(index) == null ? 0 : 1);
            blocks.set(index, block);
        }
    }
}
