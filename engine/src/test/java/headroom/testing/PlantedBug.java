package headroom.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The engine with one line changed: the source is edited, compiled, and loaded beside the true engine, so that the oracle
 * can be asked whether it notices.
 */
public final class PlantedBug implements AutoCloseable {
    private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z][A-Z0-9_]+ = ");

    private final Path folder;
    private final URLClassLoader loader;

    /**
     * Replaces {@code right} by {@code wrong} in one source file.
     *
     * @param file path below engine/src/main/java
     * @throws IllegalArgumentException when the file does not contain {@code right} exactly once
     */
    public PlantedBug(String file, String right, String wrong) throws IOException {
        Path sources = Path.of("src", "main", "java");
        String source = Files.readString(sources.resolve(file));
        if (source.split(Pattern.quote(right), -1).length != 2) {
            throw new IllegalArgumentException(file + " must contain '" + right + "' once");
        }
        this.folder = Files.createTempDirectory("planted-bug");
        Path mutant = folder.resolve("source").resolve(file);
        Files.createDirectories(mutant.getParent());
        Files.writeString(mutant, source.replace(right, wrong));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-nowarn", "-d", folder.resolve("classes").toString()));
        arguments.add("-cp");
        arguments.add(System.getProperty("java.class.path"));
        arguments.add(mutant.toString());
        if (CONSTANT.matcher(right).find()) {
            // Constants are inlined where they are used, so every class is compiled against the mutant.
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(path -> path.toString().endsWith(".java"))
                        .filter(path -> !path.endsWith(Path.of(file)))
                        .map(Path::toString)
                        .forEach(arguments::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalArgumentException("the mutant of " + file + " does not compile");
        }
        this.loader = new OwnClassesFirst(classPath());
    }

    /** Whether the plan of {@code seed} shows the bug: the simulators differ, or the engine breaks off. */
    public boolean isCaughtBy(long seed) throws ReflectiveOperationException {
        try {
            Class<?> check = loader.loadClass("headroom.testing.OracleCheck");
            Object text = check.getMethod("differencesOf", long.class).invoke(null, seed);
            return !text.toString().isEmpty();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                return true;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(folder.resolve("classes").toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Loads every class of the house itself and leaves the libraries to its parent. */
    private static final class OwnClassesFirst extends URLClassLoader {
        OwnClassesFirst(URL[] urls) {
            super(urls, PlantedBug.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("headroom.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        }
    }
}
