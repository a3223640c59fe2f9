package headroom.dsl.build;

import headroom.dsl.script.Guard;
import headroom.dsl.script.Mistake;
import headroom.plan.InputFile;
import headroom.plan.traffic.TraceRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The trace files of an experiment, each read once however many points replay it. */
final class Traces {
    private final Path scriptFolder;
    private final Set<String> namedOnCommandLine;
    private final Map<String, TraceFile> read = new LinkedHashMap<>();

    /**
     * @param scriptFolder where paths written in the script start
     * @param namedOnCommandLine texts that came from the command line; as paths they start in the current folder
     */
    Traces(Path scriptFolder, Set<String> namedOnCommandLine) {
        this.scriptFolder = scriptFolder;
        this.namedOnCommandLine = namedOnCommandLine;
    }

    /** The rows; null after reporting each malformed one at the guard's place. */
    @Nullable
    TraceRows rows(String name, Guard guard) {
        TraceFile file = read.get(name);
        if (file == null) {
            Path path = namedOnCommandLine.contains(name) ? Path.of(name) : scriptFolder.resolve(name);
            if (!Files.isRegularFile(path)) {
                throw new Mistake(
                        "there is no file '" + name + "'",
                        namedOnCommandLine.contains(name)
                                ? "a path given with -P starts in the current folder"
                                : "a path in a script starts in the script's folder",
                        0);
            }
            try {
                file = TraceFile.read(name, path);
            } catch (IOException e) {
                throw new Mistake("cannot read '" + name + "': " + e.getMessage(), "", 0);
            }
            read.put(name, file);
        }
        file.problems().forEach(problem -> guard.mistake(guard.place(0), problem, ""));
        return file.rows();
    }

    /** Files read, in order of first use. */
    List<InputFile> inputs() {
        List<InputFile> inputs = new ArrayList<>();
        read.forEach((name, file) -> inputs.add(new InputFile(name, file.sha256())));
        return inputs;
    }
}
