package headroom.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code headroom new}: writes a scenario to start from. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Write a small scenario to start from; it runs as it is.",
        footer = {
            "",
            "Examples:",
            "  headroom new my-scenario",
            "  headroom run my-scenario.groovy -o out",
            "",
            "A file that is there already is left alone."
        })
final class NewCommand implements Callable<Integer> {
    private static final String STARTER = "starter.groovy";
    private static final String EXTENSION = ".groovy";

    @Parameters(index = "0", paramLabel = "NAME", description = "The script's path; .groovy is added when it lacks it.")
    private Path name = Path.of(STARTER);

    private final Terminal terminal;

    NewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String text = name.toString();
        Path script = text.endsWith(EXTENSION) ? name : Path.of(text + EXTENSION);
        try (InputStream starter = Objects.requireNonNull(NewCommand.class.getResourceAsStream(STARTER), STARTER)) {
            Files.copy(starter, script);
        } catch (FileAlreadyExistsException there) {
            throw new UserMistake("'" + script + "' is there already and was left alone; give another name");
        } catch (IOException failure) {
            throw refusal(script, failure);
        }
        terminal.out().println("Wrote " + script + ". Next: headroom check " + script);
        return ExitCode.OK;
    }

    private static RuntimeException refusal(Path script, IOException failure) {
        Path folder = script.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return new UserMistake("'" + script + "' cannot be written: its folder is missing or not writable");
        }
        return new UncheckedIOException(failure);
    }
}
