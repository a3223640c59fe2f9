package headroom.dsl.build;

/** The length of a simulation that ends when its load does. */
public record UntilDone() {
    /** How long an open end may drain: enough for any load that ends by itself. */
    static final double DRAIN_SECONDS = 30 * 86_400.0;

    /** How long requests that are under way at the end of a window may take. */
    static final double WINDOW_DRAIN_SECONDS = 3600;
}
