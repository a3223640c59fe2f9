package headroom.reports.bundle;

/** Text of an untrusted bundle as it may be printed: signs that steer a terminal are taken out. */
final class Printable {
    private static final int MOST_CHARACTERS = 2_000;

    private Printable() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(MOST_CHARACTERS).forEach(sign -> {
            int type = Character.getType(sign);
            boolean steers = type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
            safe.appendCodePoint(steers && sign != '\n' ? '?' : sign);
        });
        return safe.toString();
    }
}
