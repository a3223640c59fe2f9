package headroom.reports.bundle;

import java.nio.file.Path;

/** A bundle cannot be written where it was asked for; the message says where, why, and what to do. */
public final class BundleNotWritableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BundleNotWritableException(Path folder, String reason, String remedy) {
        super("cannot write the bundle to " + folder + ": " + reason + "; " + remedy);
    }

    BundleNotWritableException(Path folder, Throwable cause) {
        super("cannot write the bundle to " + folder + ": " + reason(cause) + "; name another folder with -o", cause);
    }

    private static String reason(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + ", " + cause.getMessage();
    }
}
