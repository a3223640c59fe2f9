package headroom.reports.bundle;

/** What was named is no bundle, or none that may be read; the message says what is wrong with it, and the remedy. */
public final class BadBundleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadBundleException(String message) {
        super(Printable.of(message));
    }

    BadBundleException(String message, Throwable cause) {
        super(Printable.of(message), cause);
    }
}
