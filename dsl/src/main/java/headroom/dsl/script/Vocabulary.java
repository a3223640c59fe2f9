package headroom.dsl.script;

/**
 * An object whose public methods are words: the body of a block, or a value that a script may ask. Nothing else of it
 * can be reached from a script.
 */
public interface Vocabulary {}
