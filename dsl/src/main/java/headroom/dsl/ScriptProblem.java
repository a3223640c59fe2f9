package headroom.dsl;

/**
 * One mistake of a script.
 *
 * @param file as it was named
 * @param line from 1; 0 when it concerns the script as a whole
 * @param column from 1; 0 when unknown
 * @param sourceLine the line as written, empty when {@code line} is 0
 * @param message the thing, its value, what was expected
 * @param remedy what to write instead; empty when the message says it all
 */
public record ScriptProblem(String file, int line, int column, String sourceLine, String message, String remedy) {
    private static final String INDENT = "    ";

    /** Place and message, the line, a caret under the column, the remedy. */
    public String render() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
            if (column > 0) {
                text.append(':').append(column);
            }
        }
        text.append(": ").append(message).append('\n');
        if (!sourceLine.isBlank()) {
            text.append(INDENT).append(sourceLine.replace('\t', ' ')).append('\n');
            if (column > 0) {
                text.append(INDENT).append(" ".repeat(column - 1)).append("^\n");
            }
        }
        if (!remedy.isEmpty()) {
            text.append(INDENT).append(remedy).append('\n');
        }
        return text.toString();
    }
}
