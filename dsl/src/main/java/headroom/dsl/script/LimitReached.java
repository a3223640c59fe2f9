package headroom.dsl.script;

/** Ends an evaluation that used more than its {@link ScriptLimits}; nothing of a script can catch it. */
final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int place;
    private final String remedy;

    LimitReached(int place, String message, String remedy) {
        super(message, null, false, false);
        this.place = place;
        this.remedy = remedy;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    int place() {
        return place;
    }

    String remedy() {
        return remedy;
    }
}
