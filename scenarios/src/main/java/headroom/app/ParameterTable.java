package headroom.app;

import headroom.plan.Experiment;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** The parameters of a script, one a line, for a terminal. */
final class ParameterTable {
    private ParameterTable() {}

    /** Prints name, description, default and swept values; nothing when there is no parameter. */
    static void print(PrintStream out, List<Experiment.Parameter> parameters) {
        int width = parameters.stream()
                .mapToInt(parameter -> parameter.name().length())
                .max()
                .orElse(0);
        for (Experiment.Parameter parameter : parameters) {
            out.println("  " + parameter.name()
                    + " ".repeat(width - parameter.name().length()) + "  " + describe(parameter));
        }
    }

    private static String describe(Experiment.Parameter parameter) {
        String meaning = parameter.description().isBlank() ? "" : parameter.description() + "; ";
        String swept = parameter.swept().size() < 2
                ? ""
                : ", swept over "
                        + parameter.swept().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String value = String.valueOf(parameter.defaultValue());
        return meaning + "default " + (value.isEmpty() ? "empty" : value) + swept;
    }
}
