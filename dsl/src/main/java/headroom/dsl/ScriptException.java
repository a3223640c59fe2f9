package headroom.dsl;

import java.util.List;
import java.util.stream.Collectors;

/** A script that cannot be run, with all that is wrong with it. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ScriptProblem> problems;

    /** With at least one problem, in the order of the script. */
    public ScriptException(List<ScriptProblem> problems) {
        super(problems.stream().map(ScriptProblem::render).collect(Collectors.joining()), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** Every mistake, in the order of the script. */
    public List<ScriptProblem> problems() {
        return problems;
    }

    /** All of them as printed on a terminal. */
    public String render() {
        return String.valueOf(getMessage());
    }
}
