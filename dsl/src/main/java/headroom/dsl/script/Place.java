package headroom.dsl.script;

/** A place of a script packed into an {@code int}, so that the rewritten script can carry it as a constant. */
final class Place {
    /** Nowhere in particular: the script as a whole. */
    static final int WHOLE_SCRIPT = 0;

    private static final int COLUMN_BITS = 10;
    private static final int LAST_COLUMN = (1 << COLUMN_BITS) - 1;

    private Place() {}

    static int of(int line, int column) {
        return line < 1 ? WHOLE_SCRIPT : line << COLUMN_BITS | Math.min(Math.max(column, 0), LAST_COLUMN);
    }

    static int line(int place) {
        return place >>> COLUMN_BITS;
    }

    static int column(int place) {
        return place & LAST_COLUMN;
    }
}
