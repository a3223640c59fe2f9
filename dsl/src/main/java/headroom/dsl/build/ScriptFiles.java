package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.InputFile;
import java.io.IOException;
import java.nio.file.Files;
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
    private final boolean anywhere;
    private final Map<String, InputFile> inputs = new LinkedHashMap<>();
    private final Map<List<String>, HuggingFaceConfig.Read> models = new LinkedHashMap<>();
    private final Map<String, Sheet> sheets = new LinkedHashMap<>();
    private final Map<String, ProfileFile> profiles = new LinkedHashMap<>();
    private final Map<String, BenchmarkSheet> benchmarks = new LinkedHashMap<>();

    /**
     * @param scriptFolder where paths written in the script start
     * @param namedOnCommandLine texts that came from the command line; as paths they start in the current folder, and
     *     one that is a folder stands for the files below it
     * @param anywhere whether the script may read files outside its folder
     */
    ScriptFiles(Path scriptFolder, Set<String> namedOnCommandLine, boolean anywhere) {
        this.anywhere = anywhere;
        this.scriptFolder = scriptFolder;
        this.namedOnCommandLine = namedOnCommandLine;
    }

    /** What is in a file; one that is absent, or that a script may not read, is a mistake of the first argument. */
    byte[] bytes(String name) {
        boolean fromCommandLine = isFromCommandLine(name);
        Path path = permitted(name);
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
            inputs.putIfAbsent(name, new InputFile(name, sha256(bytes)));
            return bytes;
        } catch (IOException e) {
            throw new Mistake("cannot read '" + name + "': " + e.getMessage(), "", 0);
        }
    }

    /** What a reader of the results must know about a file that was read; empty for nothing. */
    void note(String name, String note) {
        inputs.computeIfPresent(name, (same, file) -> new InputFile(name, file.sha256(), note));
    }

    private boolean isFromCommandLine(String name) {
        return namedOnCommandLine.contains(name) || inNamedFolder(name);
    }

    /** Where a name leads; a place where a script may not read is a mistake of the first argument. */
    private Path permitted(String name) {
        boolean fromCommandLine = isFromCommandLine(name);
        Path path = fromCommandLine ? Path.of(name) : scriptFolder.resolve(name);
        if (!anywhere && !fromCommandLine && !isBelow(scriptFolder, path)) {
            throw new Mistake(
                    "'" + name + "' lies outside the script's folder, where a script may not read",
                    "copy it beside the script, or name it on the command line with -P",
                    0);
        }
        return path;
    }

    /** Whether the path goes on from a folder that the command line named. */
    private boolean inNamedFolder(String name) {
        return namedOnCommandLine.stream()
                .filter(text -> !text.isEmpty() && name.startsWith(text.endsWith("/") ? text : text + "/"))
                .anyMatch(text -> Files.isDirectory(Path.of(text)) && isBelow(Path.of(text), Path.of(name)));
    }

    /** Whether it lies in a folder or below, links resolved. */
    private static boolean isBelow(Path above, Path path) {
        Path folder = above.toAbsolutePath().normalize();
        if (!path.toAbsolutePath().normalize().startsWith(folder)) {
            return false;
        }
        try {
            return !Files.exists(path) || path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
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

    /** Result files of load generators, by a name with {@code *} for any letters; each problem is a mistake of its own. */
    BenchmarkSheet benchmarks(String pattern) {
        BenchmarkSheet known = benchmarks.get(pattern);
        if (known == null) {
            List<String> names = new FilePattern(pattern).names(this::permitted);
            known = BenchmarkSheet.read(pattern, names, this::bytes);
            benchmarks.put(pattern, known);
        }
        return known;
    }

    /** The model of a Hugging Face config, under a name of the script. */
    HuggingFaceConfig.Read model(String name, String file) {
        HuggingFaceConfig.Read known = models.get(List.of(name, file));
        if (known == null) {
            known = HuggingFaceConfig.read(name, file, bytes(file));
            models.put(List.of(name, file), known);
        }
        return known;
    }

    /** Fitted constants of serving engines. */
    ProfileFile profile(String name, Shelf shelf) {
        ProfileFile known = profiles.get(name);
        if (known == null) {
            known = ProfileFile.read(name, bytes(name), shelf);
            profiles.put(name, known);
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
