package headroom.app;

import headroom.batch.SweepFailure;
import headroom.dsl.Scenario;
import headroom.dsl.ScriptException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code headroom} command. */
public final class Main {
    private static final Set<String> READING_A_SCRIPT = Set.of("run", "check", "explain", "calibrate");

    private Main() {}

    /** Runs the command and exits with its {@link ExitCode}. */
    public static void main(String[] args) {
        boolean reads = args.length > 0 && READING_A_SCRIPT.contains(args[0]);
        if (reads && (Within.isWithin() || !Arrays.asList(args).contains("--isolate"))) {
            Thread ahead = new Thread(Scenario::prepare, "prepare");
            ahead.setDaemon(true);
            ahead.start();
        }
        System.exit(run(Terminal.ofProcess(), args));
    }

    /** Runs the command, prints on {@code terminal}, and returns the exit code. */
    static int run(Terminal terminal, String... args) {
        HeadroomCommand headroom = new HeadroomCommand();
        CommandLine line = new CommandLine(headroom);
        commands(terminal, args).forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line.setOut(new PrintWriter(terminal.out(), true, terminal.alphabet()))
                .setErr(new PrintWriter(terminal.err(), true, terminal.alphabet()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(parsed -> execute(terminal, parsed))
                .setParameterExceptionHandler((mistake, given) -> refuse(terminal, mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(terminal, failure, headroom.debug()))
                .execute(args);
    }

    /** The command that is asked for, since setting up each takes tens of milliseconds; all when it is none of them. */
    private static Map<String, Supplier<Object>> commands(Terminal terminal, String... args) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("run", () -> new RunCommand(terminal));
        all.put("check", () -> new CheckCommand(terminal));
        all.put("explain", () -> new ExplainCommand(terminal));
        all.put("new", () -> new NewCommand(terminal));
        all.put("validate", () -> new ValidateCommand(terminal));
        all.put("calibrate", () -> new CalibrateCommand(terminal));
        all.put("catalog", () -> new CatalogCommand(terminal));
        all.put("verify", () -> new VerifyCommand(terminal));
        all.put("compare", () -> new CompareCommand(terminal));
        Optional<String> first =
                Arrays.stream(args).filter(arg -> !arg.startsWith("-")).findFirst();
        return first.filter(all::containsKey)
                .map(name -> Map.of(name, all.get(name)))
                .orElse(all);
    }

    /** As picocli does, but the help of a command about a script goes on with that script's parameters. */
    private static int execute(Terminal terminal, ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (helped == null) {
            return last.commandSpec().userObject() instanceof ScriptCommand command
                            && command.options().isolate()
                    ? isolated(terminal, command, parsed.originalArgs())
                    : new CommandLine.RunLast().execute(parsed);
        }
        if (last.isUsageHelpRequested()
                && last.commandSpec().userObject() instanceof ScriptCommand command
                && command.options().hasScript()) {
            return helpOfScript(terminal, command.options());
        }
        return helped;
    }

    private static int isolated(Terminal terminal, ScriptCommand command, List<String> arguments) {
        try {
            return new Isolation(terminal, command.options(), command.output(), command.zips()).run(arguments);
        } catch (UserMistake e) {
            return fail(terminal, e, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private static int helpOfScript(Terminal terminal, ScriptOptions options) {
        try {
            terminal.out().println();
            terminal.out().println("Parameters of " + options.script() + ":");
            ParameterTable.print(terminal.out(), options.parametersOfScript());
            return ExitCode.OK;
        } catch (UserMistake | ScriptException e) {
            return fail(terminal, e, false);
        }
    }

    private static int refuse(Terminal terminal, ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched && isUnknownCommand(unmatched)) {
            terminal.err()
                    .println("headroom: there is no command '"
                            + unmatched.getUnmatched().get(0) + "', but "
                            + String.join(
                                    ", ",
                                    mistake.getCommandLine().getSubcommands().keySet()));
        } else {
            terminal.err().println("headroom: " + mistake.getMessage());
            UnmatchedArgumentException.printSuggestions(
                    mistake, new PrintWriter(terminal.err(), true, terminal.alphabet()));
        }
        terminal.err()
                .println("Try '" + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USER;
    }

    private static boolean isUnknownCommand(UnmatchedArgumentException mistake) {
        return !mistake.getCommandLine().getSubcommands().isEmpty()
                && !mistake.getUnmatched().get(0).startsWith("-");
    }

    private static int fail(Terminal terminal, Exception failure, boolean debug) {
        if (failure instanceof ScriptException script) {
            terminal.err().print(script.render());
            terminal.err().flush();
            return ExitCode.USER;
        }
        if (failure instanceof UserMistake) {
            terminal.err().println("headroom: " + failure.getMessage());
            return ExitCode.USER;
        }
        if (failure.getCause() instanceof OutOfMemoryError) {
            terminal.err()
                    .println("headroom: out of memory at " + failure.getMessage()
                            + "; give it more, for example HEADROOM_JAVA_OPTS=-Xmx16g, or fewer --threads");
            return ExitCode.FAILED;
        }
        String what = failure instanceof SweepFailure ? String.valueOf(failure.getMessage()) : failure.toString();
        terminal.err().println("headroom: failed: " + what);
        terminal.err()
                .println("This is a fault of Headroom, not of the script. "
                        + (debug ? "Please report it with what follows." : "'--debug' shows where it happened."));
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
        return ExitCode.FAILED;
    }
}
