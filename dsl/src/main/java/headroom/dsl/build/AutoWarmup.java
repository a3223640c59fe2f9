package headroom.dsl.build;

/** A warm-up that is to be found. */
public record AutoWarmup() {}
