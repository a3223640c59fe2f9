package headroom.app;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line of bubblewrap: what a process within the wall sees. That is the system's programs and libraries, Java,
 * Headroom, and what {@link #show} and {@link #lend} add; no network, no other process, no environment but the locale.
 */
final class Wall {
    private static final String PROGRAM = "bwrap";
    private static final int MOST_TRIAL_SECONDS = 10;
    private static final List<String> SYSTEM = List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64");
    /** What programs and Java read; without the last, Java complains when it is told to use huge pages. */
    private static final List<String> SETTINGS = List.of(
            "/etc/ld.so.cache",
            "/etc/fonts",
            "/var/cache/fontconfig",
            "/etc/alternatives",
            "/sys/kernel/mm/transparent_hugepage");

    private static final List<String> LOCALE = List.of("LC_ALL", "LC_CTYPE", "LANG");

    private final List<String> words = new ArrayList<>();

    private Wall(Path program) {
        words.add(program.toString());
        add("--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL");
        for (String folder : SYSTEM) {
            Path place = Path.of(folder);
            if (Files.isSymbolicLink(place)) {
                add("--symlink", target(place), folder);
            } else {
                add("--ro-bind-try", folder, folder);
            }
        }
        SETTINGS.forEach(file -> add("--ro-bind-try", file, file));
        add("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp");
        for (String name : LOCALE) {
            String value = System.getenv(name);
            if (value != null) {
                add("--setenv", name, value);
            }
        }
    }

    /**
     * A wall that was tried and holds.
     *
     * @param path the folders to look for bubblewrap in, as the variable PATH has them
     * @throws UserMistake when bubblewrap is not installed, or may not do its work here
     */
    static Wall build(String path) {
        Path program = find(path);
        if (program == null) {
            throw new UserMistake("--isolate needs bubblewrap, which is not installed; install it"
                    + " (Debian: apt install bubblewrap), or leave --isolate out");
        }
        Wall wall = new Wall(program);
        String refusal = wall.trial();
        if (refusal != null) {
            throw new UserMistake("--isolate: bubblewrap cannot build its wall here: " + refusal
                    + "; allow user namespaces, or leave --isolate out");
        }
        return wall;
    }

    private static @Nullable Path find(String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder).resolve(PROGRAM);
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return program.toAbsolutePath();
            }
        }
        return null;
    }

    /** Why it does not hold; null when it does. */
    private @Nullable String trial() {
        List<String> trial = new ArrayList<>(words);
        trial.add("true");
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            try (BufferedReader said = process.inputReader()) {
                List<String> lines = said.lines().toList();
                if (!process.waitFor(MOST_TRIAL_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return "it does not come to an end";
                }
                return process.exitValue() == 0 ? null : lines.isEmpty() ? "it says nothing" : lines.get(0);
            }
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was interrupted";
        }
    }

    /** A file or folder that can be read within, links that lead to it included. */
    void show(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            return;
        }
        try {
            Path real = absolute.toRealPath();
            add("--ro-bind", real.toString(), real.toString());
            if (!real.equals(absolute) && !Files.isSymbolicLink(absolute)) {
                add("--ro-bind", real.toString(), absolute.toString());
            } else if (!real.equals(absolute)) {
                link(absolute, real);
            }
        } catch (IOException e) {
            throw new UserMistake("--isolate cannot show '" + place + "': " + e.getMessage());
        }
    }

    /** A folder that can be read within, and all that links in it lead to: Debian keeps settings of Java elsewhere. */
    void showWithLinks(Path folder) {
        show(folder);
        try (Stream<Path> parts = Files.walk(folder)) {
            parts.filter(Files::isSymbolicLink).forEach(this::show);
        } catch (IOException | UncheckedIOException e) {
            throw new UserMistake("--isolate cannot look through '" + folder + "': " + e.getMessage());
        }
    }

    /** A link whose folder is not shown itself is made again; where it is, it is there already. */
    private void link(Path link, Path real) {
        for (int i = 0; i + 2 < words.size(); i++) {
            if (words.get(i).equals("--ro-bind") && link.startsWith(words.get(i + 2))) {
                return;
            }
        }
        add("--symlink", real.toString(), link.toString());
    }

    /** The one folder that can be written within. */
    void lend(Path folder) {
        add("--bind", folder.toString(), folder.toString());
    }

    /** Where the command starts. */
    void startIn(Path folder) {
        add("--dir", folder.toString(), "--chdir", folder.toString());
    }

    /** All of it, and the command to start within. */
    List<String> around(List<String> command) {
        List<String> all = new ArrayList<>(words);
        all.addAll(command);
        return all;
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UserMistake("--isolate cannot read the link " + link + ": " + e.getMessage());
        }
    }
}
