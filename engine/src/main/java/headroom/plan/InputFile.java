package headroom.plan;

/**
 * A file that a script read.
 *
 * @param name as the script or the command line named it
 * @param sha256 of its bytes, 64 hex digits
 * @param note what a reader of the results must know about it, such as rows that were left out; empty for nothing
 */
public record InputFile(String name, String sha256, String note) {
    /** A file with nothing to know about it. */
    public InputFile(String name, String sha256) {
        this(name, sha256, "");
    }
}
