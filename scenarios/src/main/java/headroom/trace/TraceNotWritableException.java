package headroom.trace;

/** A trace that cannot be written, with the reason and what to do about it. */
public final class TraceNotWritableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TraceNotWritableException(String message) {
        super(message);
    }
}
