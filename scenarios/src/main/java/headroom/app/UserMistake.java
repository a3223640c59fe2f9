package headroom.app;

/** Something that the user can mend; the message names the thing, its value and the remedy. */
final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    UserMistake(String message) {
        super(message);
    }
}
