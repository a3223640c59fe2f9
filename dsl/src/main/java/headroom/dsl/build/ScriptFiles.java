package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that a script reads, each once however many points ask for it. */
final class ScriptFiles {
    private final Path scriptFolder;
    private final Set<String> namedOnCommandLine;
    private final Map<String, InputFile> inputs = new LinkedHashMap<>();
    private final Map<String, Sheet> sheets = new LinkedHashMap<>();

    /**
     * @param scriptFolder where paths written in the script start
     * @param namedOnCommandLine texts that came from the command line; as paths they start in the current folder
     */
    ScriptFiles(Path scriptFolder, Set<String> namedOnCommandLine) {
        this.scriptFolder = scriptFolder;
        this.namedOnCommandLine = namedOnCommandLine;
    }

    /** What is in a file; one that is absent, or that a script may not read, is a mistake of the first argument. */
    byte[] bytes(String name) {
        boolean fromCommandLine = namedOnCommandLine.contains(name);
        Path path = fromCommandLine ? Path.of(name) : inside(name);
        if (!Files.isRegularFile(path)) {
            throw new Mistake(
                    "there is no file '" + name + "'",
                    fromCommandLine
                            ? "a path given with -P starts in the current folder"
                            : "a path in a script starts in the script's folder",
                    0);
        }
        try {
            byte[] bytes = Files.readAllBytes(path);
            inputs.put(name, new InputFile(name, sha256(bytes)));
            return bytes;
        } catch (IOException e) {
            throw new Mistake("cannot read '" + name + "': " + e.getMessage(), "", 0);
        }
    }

    /** The file of the script's folder; neither dots nor links lead out of it. */
    private Path inside(String name) {
        Mistake outside = new Mistake(
                "'" + name + "' is outside the script's folder",
                "put the file beside the script, or name it on the command line with -P",
                0);
        try {
            Path path = scriptFolder.resolve(name).normalize();
            if (!path.startsWith(scriptFolder.normalize())
                    || (Files.exists(path) && !path.toRealPath().startsWith(scriptFolder.toRealPath()))) {
                throw outside;
            }
            return path;
        } catch (IOException | InvalidPathException e) {
            throw outside;
        }
    }

    /** A CSV file. */
    Sheet sheet(String name) {
        Sheet known = sheets.get(name);
        if (known == null) {
            known = Sheet.read(name, bytes(name));
            sheets.put(name, known);
        }
        return known;
    }

    /** Files read, in order of first use. */
    List<InputFile> inputs() {
        return new ArrayList<>(inputs.values());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
