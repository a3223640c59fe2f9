package headroom.reports.formats;

/** A format that cannot be written on this machine, with reason and remedy. */
public final class FormatUnusableException extends RuntimeException {
    FormatUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
