package headroom.reports.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of a bundle that somebody else may have made, in a folder or a zip. They are read into memory within limits;
 * nothing is unpacked.
 */
final class BundleSource implements Closeable {
    static final int MOST_FILES = 65_000;
    static final long MOST_BYTES = 512L << 20;

    /** What deflates better than this is made to; small files may. */
    static final long MOST_RATIO = 200;

    private static final long SMALL_BYTES = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final Path path;
    private final @Nullable ZipFile zip;
    private final Map<String, Long> sizes = new TreeMap<>();

    private BundleSource(Path path, @Nullable ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /** @throws BadBundleException when it is none, or goes beyond the limits; all that is wrong, at most ten things */
    static BundleSource open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            BundleSource folder = new BundleSource(path, null);
            folder.walk();
            return folder;
        }
        if (!Files.isRegularFile(path)) {
            throw new BadBundleException("there is no bundle '" + path + "'; name its folder or its zip file");
        }
        List<ZipDirectory.Entry> entries = ZipDirectory.read(path);
        check(path, entries);
        try {
            BundleSource zipped = new BundleSource(path, new ZipFile(path.toFile()));
            for (ZipDirectory.Entry entry : entries) {
                if (!entry.name().endsWith("/")) {
                    zipped.sizes.put(entry.name(), entry.bytes());
                }
            }
            return zipped;
        } catch (ZipException e) {
            throw new BadBundleException(path + " is a damaged zip file (" + e.getMessage() + "); get it again", e);
        }
    }

    boolean has(String name) {
        return sizes.containsKey(name);
    }

    /** All files, by name. */
    Set<String> names() {
        return sizes.keySet();
    }

    /** @throws BadBundleException when the file is not there, or another size than stated */
    byte[] read(String name) throws IOException {
        Long size = sizes.get(name);
        if (size == null) {
            throw new BadBundleException(path + " has no file '" + name + "'");
        }
        try (InputStream in = stream(name)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(size + 1));
            if (bytes.length != size) {
                throw new BadBundleException(path + ": '" + name + "' is not of the size that is stated for it");
            }
            return bytes;
        } catch (ZipException e) {
            throw new BadBundleException(
                    path + ": '" + name + "' is damaged (" + e.getMessage() + "); get it again", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }

    private InputStream stream(String name) throws IOException {
        if (zip == null) {
            return Files.newInputStream(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
        }
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BadBundleException(path + " is a damaged zip file; get it again");
        }
        return zip.getInputStream(entry);
    }

    private void walk() throws IOException {
        List<Path> parts;
        try (Stream<Path> all = Files.walk(path)) {
            parts = all.limit(2L * MOST_FILES + 2).toList();
        }
        List<String> wrong = new ArrayList<>();
        long total = 0;
        for (Path part : parts) {
            String name = path.relativize(part).toString().replace('\\', '/');
            if (Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
                sizes.put(name, Files.size(part));
                total += Files.size(part);
            } else if (!part.equals(path) && !Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
                wrong.add("'" + name + "' is a link or a device");
            }
        }
        refuse(path, wrong, sizes.size(), total);
    }

    private static void check(Path file, List<ZipDirectory.Entry> entries) {
        List<String> wrong = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        long total = 0;
        for (ZipDirectory.Entry entry : entries) {
            total += entry.bytes();
            String name = entry.name();
            String said = "'" + name + "' ";
            String bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            if (List.of(bare.split("[/\\\\]", -1)).contains("..")) {
                wrong.add(said + "leads out of the bundle");
            } else if (name.startsWith("/") || name.startsWith("\\") || name.contains(":")) {
                wrong.add(said + "is an absolute path");
            } else if (!NAME.matcher(bare).matches()) {
                wrong.add(said + "has signs that no name in a bundle has");
            } else if (!seen.add(bare.toLowerCase(Locale.ROOT))) {
                wrong.add(said + "is there twice");
            }
            if (!entry.plain()) {
                wrong.add(said + "is a link or a device");
            }
            if (!entry.readable()) {
                wrong.add(said + "is encrypted or compressed in an unknown way");
            }
            if (entry.bytes() > SMALL_BYTES && entry.bytes() / MOST_RATIO > entry.packedBytes()) {
                wrong.add(said + "unpacks to more than " + MOST_RATIO + " times its size");
            }
        }
        refuse(file, wrong, entries.size(), total);
    }

    private static void refuse(Path path, List<String> wrong, int files, long bytes) {
        if (files > MOST_FILES) {
            wrong.add("it has more than " + MOST_FILES + " files");
        }
        if (bytes > MOST_BYTES) {
            wrong.add("it holds more than " + (MOST_BYTES >> 20) + " MiB");
        }
        if (!wrong.isEmpty()) {
            throw new BadBundleException(path + " was not read, since a bundle holds nothing like this: "
                    + String.join("; ", wrong.subList(0, Math.min(10, wrong.size()))));
        }
    }
}
