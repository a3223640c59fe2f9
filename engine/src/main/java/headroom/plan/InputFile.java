package headroom.plan;

/**
 * A file that a script read.
 *
 * @param name as the script or the command line named it
 * @param sha256 of its bytes, 64 hex digits
 */
public record InputFile(String name, String sha256) {}
