package headroom.reports.bundle;

import java.nio.file.Path;

/**
 * Where a bundle goes.
 *
 * @param path of the folder or the file
 * @param zip whether it is one file
 */
public record BundlePlace(Path path, boolean zip) {
    /** One file each; with tables and plots they stay below what every reader of zips can count, 65,535. */
    private static final int MOST_ZIPPED_POINTS = 60_000;

    private static final String EXTENSION = ".zip";

    /** The place that a user names; a file gets its extension when it lacks it. */
    public static BundlePlace named(Path path, boolean zip) {
        return new BundlePlace(zip && !path.toString().endsWith(EXTENSION) ? Path.of(path + EXTENSION) : path, zip);
    }

    /** The same kind of bundle elsewhere. */
    public BundlePlace at(Path other) {
        return new BundlePlace(other, zip);
    }

    /**
     * Refuses a place that cannot become a bundle, before anything is simulated.
     *
     * @throws BundleNotWritableException with reason and remedy
     */
    public void checkWritable() {
        if (zip) {
            BundleZip.checkWritable(path);
        } else {
            Bundle.checkWritable(path);
        }
    }

    /**
     * Refuses a sweep that is too large for this kind of bundle, before anything is simulated.
     *
     * @throws BundleNotWritableException with reason and remedy
     */
    public void checkRoomFor(int points) {
        if (zip && points > MOST_ZIPPED_POINTS) {
            throw new BundleNotWritableException(
                    path,
                    points + " points are more than the " + MOST_ZIPPED_POINTS + " that a zip has room for",
                    "leave --zip out");
        }
    }

    /**
     * Writes a bundle, whole or not at all.
     *
     * @throws BundleNotWritableException when it cannot be written; what was there before is there still
     */
    public void write(BundleContent content) {
        if (zip) {
            BundleZip.write(path, content);
        } else {
            Bundle.write(path, content);
        }
    }

    /**
     * Gives a bundle that another process wrote its place, whole or not at all.
     *
     * @throws BundleNotWritableException when it is not what it should be, or cannot be moved
     */
    public void adopt(Path written) {
        if (zip) {
            BundleZip.adopt(written, path);
        } else {
            Bundle.adopt(written, path);
        }
    }

    /** What to open. */
    public Path page() {
        return zip ? path : path.resolve("index.html");
    }
}
