package headroom.dsl.script;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in messages: their beginning, however large they are and even when they hold themselves. */
final class Shown {
    private static final int MOST_CHARACTERS = 200;
    private static final int DEEPEST = 20;

    private final StringBuilder text = new StringBuilder();

    private Shown() {}

    static String of(@Nullable Object value) {
        Shown shown = new Shown();
        shown.add(value, 0);
        return shown.full() ? shown.text.substring(0, MOST_CHARACTERS) + "..." : shown.text.toString();
    }

    private boolean full() {
        return text.length() > MOST_CHARACTERS;
    }

    private void add(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            text.append("...");
        } else if (value instanceof CharSequence characters) {
            text.append(characters, 0, Math.min(characters.length(), MOST_CHARACTERS + 1));
        } else if (value instanceof Map<?, ?> map) {
            text.append('{');
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            while (entries.hasNext() && !full()) {
                Map.Entry<?, ?> entry = entries.next();
                add(entry.getKey(), depth + 1);
                text.append('=');
                add(entry.getValue(), depth + 1);
                text.append(entries.hasNext() ? ", " : "");
            }
            text.append('}');
        } else if (value instanceof Collection<?> values && !(value instanceof groovy.lang.Range)) {
            text.append('[');
            Iterator<?> each = values.iterator();
            while (each.hasNext() && !full()) {
                add(each.next(), depth + 1);
                text.append(each.hasNext() ? ", " : "");
            }
            text.append(']');
        } else {
            text.append(value);
        }
    }
}
