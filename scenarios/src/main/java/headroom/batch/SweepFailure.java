package headroom.batch;

/** A run that broke: Headroom's fault, since whatever a user can get wrong is refused before anything runs. */
public final class SweepFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SweepFailure(String point, int replication, Throwable cause) {
        super("point '" + point + "', replication " + replication + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
