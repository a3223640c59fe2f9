package headroom.dsl.script;

import java.util.Collections;
import java.util.Iterator;

/**
 * The value of something that was already reported. Whatever is computed from it is itself again and reports nothing, so
 * that one mistake is one message.
 */
public final class Poison implements Iterable<Object> {
    /** The only one. */
    public static final Poison VALUE = new Poison();

    private Poison() {}

    /** Whether {@code value} is it, or is a list or map that directly holds it. */
    public static boolean in(Object value) {
        if (value instanceof Iterable<?> values && !(value instanceof groovy.lang.Range)) {
            if (value instanceof Poison) {
                return true;
            }
            for (Object each : values) {
                if (each instanceof Poison) {
                    return true;
                }
            }
        } else if (value instanceof java.util.Map<?, ?> map) {
            return map.containsValue(VALUE);
        }
        return false;
    }

    /** False in a condition. */
    public boolean asBoolean() {
        return false;
    }

    /** For {@code i++}. */
    public Poison next() {
        return this;
    }

    /** For {@code i--}. */
    public Poison previous() {
        return this;
    }

    /** For {@code def (a, b) = ...}. */
    public Poison getAt(int index) {
        return this;
    }

    @Override
    public Iterator<Object> iterator() {
        return Collections.emptyIterator();
    }

    @Override
    public String toString() {
        return "?";
    }
}
