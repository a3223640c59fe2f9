package headroom.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What makes this engine this engine: a hash of its classes. */
public final class EngineVersion {
    private static final int HEX_DIGITS = 16;

    private EngineVersion() {}

    /**
     * The first 16 hex digits of the SHA-256 over the names and bytes of all classes of the engine module, in order of
     * name. Results of another engine are never taken for this one's.
     */
    public static String current() {
        return Holder.VERSION;
    }

    /** Computed once, when first asked for. */
    private static final class Holder {
        static final String VERSION = compute();
    }

    private static String compute() {
        try {
            URI location = EngineVersion.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path path = Path.of(location);
            if (Files.isDirectory(path)) {
                return hash(path);
            }
            try (FileSystem jar = FileSystems.newFileSystem(path)) {
                return hash(jar.getPath("/"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the engine's classes have no location", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the engine's classes could not be read", e);
        }
    }

    private static String hash(Path root) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted((a, b) -> name(root, a).compareTo(name(root, b)))
                    .toList();
            for (Path file : classes) {
                digest.update(name(root, file).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
