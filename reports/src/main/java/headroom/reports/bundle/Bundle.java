package headroom.reports.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes bundles. */
public final class Bundle {
    static final String MANIFEST = "manifest.json";

    private static final String ANOTHER = "name another folder with -o";

    private Bundle() {}

    /**
     * Refuses a folder that cannot become a bundle, before anything is simulated: a file, a folder with other things in
     * it, a place where nothing can be created. An earlier bundle (known by its manifest) or an empty folder may be
     * replaced.
     *
     * @throws BundleNotWritableException with reason and remedy
     */
    public static void checkWritable(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        if (place.getParent() == null) {
            throw new BundleNotWritableException(folder, "it is the root of the file system", ANOTHER);
        }
        if (Files.exists(place)) {
            if (!Files.isDirectory(place)) {
                throw new BundleNotWritableException(folder, "a file of that name is there", ANOTHER);
            }
            if (!Files.isRegularFile(place.resolve(MANIFEST)) && !isEmpty(folder, place)) {
                throw new BundleNotWritableException(
                        folder, "the folder holds other things than a bundle", "empty it or " + ANOTHER);
            }
        }
        checkParent(folder, place);
    }

    /** Refuses a place above which nothing can be created. */
    static void checkParent(Path asNamed, Path place) {
        Path existing = place.getParent();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing)) {
            throw new BundleNotWritableException(asNamed, existing + " is not a folder", ANOTHER);
        }
        if (!Files.isWritable(existing)) {
            throw new BundleNotWritableException(asNamed, "nothing may be created in " + existing, ANOTHER);
        }
    }

    /**
     * Writes a bundle, whole or not at all: into a temporary folder beside {@code folder}, which then takes its name.
     *
     * @throws BundleNotWritableException when it cannot be written; what was there before is there still
     */
    public static void write(Path folder, BundleContent content) {
        write(folder, content, (file, bytes) -> Files.write(file, bytes));
    }

    static void write(Path folder, BundleContent content, FileWriter writer) {
        checkWritable(folder);
        Map<String, byte[]> files = new LinkedHashMap<>(BundleFiles.of(content));
        files.put("environment.json", Environment.json().getBytes(UTF_8));
        Path place = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(place.getParent());
            Path fresh = Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-");
            try {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Path target = fresh.resolve(file.getKey());
                    Files.createDirectories(target.getParent());
                    writer.write(target, file.getValue());
                }
                publish(fresh);
                replace(place, fresh);
            } finally {
                deleteTree(fresh);
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new BundleNotWritableException(folder, failure);
        }
    }

    /**
     * A new folder beside {@code folder}, for another process to write a bundle in; {@link #adopt} and then
     * {@link #discard} it.
     *
     * @throws BundleNotWritableException when there can be none
     */
    public static Path beside(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(place.getParent());
            return Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-");
        } catch (IOException failure) {
            throw new BundleNotWritableException(folder, failure);
        }
    }

    /**
     * Gives a bundle that another process wrote its place, whole or not at all.
     *
     * @throws BundleNotWritableException when it holds anything but files and folders, or cannot be moved
     */
    public static void adopt(Path written, Path folder) {
        checkWritable(folder);
        try (Stream<Path> parts = Files.walk(written)) {
            boolean plain = parts.allMatch(part -> Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
                    || Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS));
            if (!plain) {
                throw new BundleNotWritableException(
                        folder, "what was written for it holds more than files and folders", "do not trust its script");
            }
            replace(folder.toAbsolutePath().normalize(), written);
        } catch (IOException | UncheckedIOException failure) {
            throw new BundleNotWritableException(folder, failure);
        }
    }

    /** Removes a folder that {@link #beside} made, with all that is in it. */
    public static void discard(Path beside) {
        try {
            deleteTree(beside);
        } catch (IOException | UncheckedIOException failure) {
            throw new BundleNotWritableException(beside, failure);
        }
    }

    /** Temporary folders are private to their owner; a bundle is as readable as any folder that its owner makes. */
    private static void publish(Path fresh) throws IOException {
        Path probe = fresh.resolve("probe");
        Files.createDirectory(probe);
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(probe));
        }
        Files.delete(probe);
    }

    private static void replace(Path place, Path fresh) throws IOException {
        if (!Files.exists(place)) {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path former = Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-former-");
        Path kept = former.resolve("bundle");
        try {
            Files.move(place, kept, StandardCopyOption.ATOMIC_MOVE);
            try {
                Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failure) {
                Files.move(kept, place, StandardCopyOption.ATOMIC_MOVE);
                throw failure;
            }
        } finally {
            deleteTree(former);
        }
    }

    /** Puts bytes into a file; a spec may let it fail. */
    interface FileWriter {
        void write(Path file, byte[] bytes) throws IOException;
    }

    private static boolean isEmpty(Path asNamed, Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException failure) {
            throw new BundleNotWritableException(asNamed, failure);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
