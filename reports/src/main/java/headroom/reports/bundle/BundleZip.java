package headroom.reports.bundle;

import headroom.reports.formats.StoredZip;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.ZipFile;

/** Writes bundles as one file; the same files give the same bytes. */
final class BundleZip {
    private static final String ANOTHER = "name another file with -o";

    private BundleZip() {}

    static void checkWritable(Path file) {
        Path place = file.toAbsolutePath().normalize();
        if (place.getParent() == null) {
            throw new BundleNotWritableException(file, "it is the root of the file system", ANOTHER);
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !isBundle(place)) {
            throw new BundleNotWritableException(file, "something else than a zipped bundle is there", ANOTHER);
        }
        Bundle.checkParent(file, place);
    }

    static void write(Path file, BundleContent content) {
        checkWritable(file);
        Path place = file.toAbsolutePath().normalize();
        Map<String, byte[]> files = BundleFiles.of(content);
        try {
            Files.createDirectories(place.getParent());
            Path folder = Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-");
            Path fresh = folder.resolve("bundle");
            try {
                write(fresh, files);
                Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
                Files.delete(folder);
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new BundleNotWritableException(file, failure);
        }
    }

    static void adopt(Path written, Path file) {
        checkWritable(file);
        if (!Files.isRegularFile(written, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleNotWritableException(
                    file, "what was written for it is not a file", "do not trust its script");
        }
        try {
            Files.move(
                    written,
                    file.toAbsolutePath().normalize(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new BundleNotWritableException(file, failure);
        }
    }

    private static void write(Path fresh, Map<String, byte[]> files) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            StoredZip.write(out, files);
        }
    }

    private static boolean isBundle(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(Bundle.MANIFEST) != null;
        } catch (IOException notZip) {
            return false; // whatever it is, it is not to be replaced
        }
    }
}
