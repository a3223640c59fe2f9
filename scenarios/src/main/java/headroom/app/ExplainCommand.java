package headroom.app;

import headroom.dsl.Explained;
import headroom.dsl.Scenario;
import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.PlanJson;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headroom explain}: prints what one point would simulate, and where every value came from. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print everything that one point of a script would simulate, and where each value came from.",
        footer = {
            "",
            "Examples:",
            "  headroom explain my-scenario.groovy -P users=50 -P precision=int8",
            "  headroom explain my-scenario.groovy --point 'users=50 precision=int8' --json",
            "",
            "'headroom explain SCRIPT --help' lists the script's parameters."
        })
final class ExplainCommand implements Callable<Integer>, ScriptCommand {
    @Mixin
    private final ScriptOptions options = new ScriptOptions();

    @Option(names = "--point", paramLabel = "LABEL", description = "The point; the first one when left out.")
    private @Nullable String label;

    @Option(names = "--json", description = "Print the plan as canonical JSON instead.")
    private boolean json;

    private final Terminal terminal;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ScriptOptions options() {
        return options;
    }

    @Override
    public Integer call() {
        Scenario scenario = options.load();
        Experiment.Point point = chosen(scenario.experiment().points());
        Plan plan = point.plan();
        if (json) {
            if (plan == null) {
                throw new UserMistake("point " + point.label() + " cannot run: " + String.join("; ", point.refusals()));
            }
            terminal.out().println(PlanJson.canonicalJson(plan));
            return ExitCode.OK;
        }
        print(scenario.explain(point.label()));
        point.refusals().forEach(reason -> terminal.out().println("cannot run: " + reason));
        return ExitCode.OK;
    }

    private Experiment.Point chosen(List<Experiment.Point> points) {
        Experiment.Point first = points.get(0);
        if (label == null) {
            if (points.size() > 1) {
                terminal.err()
                        .println("point '" + first.label() + "', the first of " + points.size()
                                + "; choose another with --point or -P");
            }
            return first;
        }
        return points.stream()
                .filter(point -> point.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new UserMistake("there is no point '" + label + "'; labels are like '"
                        + first.label() + "', as headroom run writes them"));
    }

    private void print(List<Explained> values) {
        int paths = values.stream().mapToInt(each -> each.path().length()).max().orElse(0);
        int widths =
                values.stream().mapToInt(each -> each.value().length()).max().orElse(0);
        String line = "%-" + paths + "s  %-" + Math.max(1, Math.min(widths, 24)) + "s  %s%n";
        values.forEach(each -> terminal.out().printf(line, each.path(), each.value(), each.origin()));
    }
}
