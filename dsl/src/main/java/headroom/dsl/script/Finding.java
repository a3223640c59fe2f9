package headroom.dsl.script;

/**
 * A mistake and its place.
 *
 * @param file that the script includes; empty for the script itself
 * @param line from 1; 0 when it concerns the script as a whole
 * @param column from 1; 0 when unknown
 * @param sourceLine the line as written, empty when {@code line} is 0
 * @param remedy empty when the message says it all
 */
public record Finding(String file, int line, int column, String sourceLine, String message, String remedy) {}
