package headroom.app;

import picocli.CommandLine;

/** The {@code headroom} command. */
public final class Main {
    private Main() {}

    /** Runs the command and exits with its {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new HeadroomCommand()).execute(args));
    }
}
