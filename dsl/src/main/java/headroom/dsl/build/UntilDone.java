package headroom.dsl.build;

/** The length of a simulation that ends when its load does. */
public record UntilDone() {}
