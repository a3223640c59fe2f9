package headroom.app;

import headroom.reports.bundle.Bundle;
import headroom.reports.bundle.BundleNotWritableException;
import headroom.reports.bundle.BundlePlace;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code --isolate}: the command runs itself within a {@link Wall}. A report is written to a folder lent for it, and gets
 * its place only when the command within has ended well.
 */
final class Isolation {
    private final Terminal terminal;
    private final ScriptOptions options;
    private final @Nullable BundlePlace output;
    private volatile @Nullable Process process;

    /** @param output the place of the report, one file or a folder; null for a command that writes none */
    Isolation(Terminal terminal, ScriptOptions options, @Nullable Path output, boolean zip) {
        this.terminal = terminal;
        this.options = options;
        this.output = output == null ? null : BundlePlace.named(output, zip);
    }

    /**
     * Runs the command.
     *
     * @param arguments of the command, as given
     * @return its exit code
     * @throws UserMistake when there can be no wall, or the report cannot be written
     */
    int run(List<String> arguments) throws InterruptedException {
        options.requireReadable();
        options.overrides();
        Wall wall = Wall.build(String.valueOf(System.getenv("PATH")));
        if (output == null) {
            return start(wall, null, arguments);
        }
        try {
            output.checkWritable();
            Path lent = Bundle.beside(output.path());
            Thread cleaning = new Thread(() -> stop(lent), "clean up");
            Runtime.getRuntime().addShutdownHook(cleaning);
            try {
                int code = start(wall, lent, arguments);
                if (Files.exists(lent.resolve(Within.REPORT))) {
                    output.adopt(lent.resolve(Within.REPORT));
                }
                return code;
            } finally {
                Runtime.getRuntime().removeShutdownHook(cleaning);
                Bundle.discard(lent);
            }
        } catch (BundleNotWritableException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
    }

    /** Told to stop (Ctrl-C): nothing half-written is left behind. */
    private void stop(Path lent) {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
        Bundle.discard(lent);
    }

    private int start(Wall wall, @Nullable Path lent, List<String> arguments) throws InterruptedException {
        List<String> java = java(wall, lent);
        Path script = options.script().toAbsolutePath().normalize();
        Path folder = script.getParent();
        if (folder == null || folder.getParent() == null) {
            throw new UserMistake("--isolate shows the script's folder to the script, which here is the whole system;"
                    + " move '" + options.script() + "' to a folder of its own");
        }
        wall.startIn(Path.of("").toAbsolutePath());
        wall.show(folder);
        wall.show(script);
        options.overrides().values().forEach(values -> values.forEach(value -> showFile(wall, value)));
        if (lent != null) {
            wall.lend(lent);
        }
        java.addAll(arguments);
        return ended(wall.around(java));
    }

    /** Values of parameters may name files, which the script may then read. */
    private static void showFile(Wall wall, String value) {
        try {
            Path file = Path.of(value);
            if (!value.isEmpty() && Files.isRegularFile(file)) {
                wall.show(file);
            }
        } catch (InvalidPathException e) {
            return; // no file has such a name
        }
    }

    /** Java as this process was started, with the same classes; what it reads is shown. */
    private static List<String> java(Wall wall, @Nullable Path lent) {
        Path home = Path.of(System.getProperty("java.home"));
        wall.showWithLinks(home);
        List<String> java = new ArrayList<>();
        java.add(home.resolve("bin/java").toString());
        java.add("-Xmx" + Runtime.getRuntime().maxMemory());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("-agent") || option.startsWith("-javaagent")) {
                continue; // debuggers and profilers watch this process, not the one within
            }
            java.add(option);
            int equals = option.indexOf("File=");
            if (option.startsWith("-XX:") && equals > 0) {
                wall.show(Path.of(option.substring(equals + "File=".length())));
            }
        }
        java.add(Within.property(lent));
        String classes = System.getProperty("java.class.path");
        for (String entry : classes.split(File.pathSeparator, -1)) {
            wall.show(Path.of(entry));
        }
        java.add("-cp");
        java.add(classes);
        java.add(Main.class.getName());
        return java;
    }

    private int ended(List<String> command) throws InterruptedException {
        Process running;
        try {
            running = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new UserMistake("--isolate cannot start bubblewrap: " + e.getMessage());
        }
        process = running;
        try {
            Thread out = copy(running.getInputStream(), terminal.out());
            Thread err = copy(running.getErrorStream(), terminal.err());
            int code = running.waitFor();
            out.join();
            err.join();
            return code == ExitCode.OK || code == ExitCode.USER || code == ExitCode.LARGE ? code : ExitCode.FAILED;
        } finally {
            running.destroyForcibly();
        }
    }

    private static Thread copy(InputStream from, PrintStream to) {
        Thread copying = new Thread(
                () -> {
                    try (from) {
                        from.transferTo(to);
                        to.flush();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "what is said within");
        copying.setDaemon(true);
        copying.start();
        return copying;
    }
}
