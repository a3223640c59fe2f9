package headroom.dsl.build;

/** How requests share steps, as a script states it. */
public sealed interface BatchingChoice permits ContinuousBatching, DynamicBatching {}
