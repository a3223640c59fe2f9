package headroom.dsl.script;

import groovy.lang.Script;
import org.jspecify.annotations.Nullable;

/**
 * Superclass of every compiled scenario: the doors through which its rewritten code reaches the {@link Guard}. Scripts
 * cannot name them, since names with a dollar sign are refused.
 */
public abstract class GuardedScript extends Script {
    private @Nullable Guard guard;

    void guardedBy(Guard newGuard) {
        this.guard = newGuard;
    }

    private Guard guard() {
        if (guard == null) {
            throw new IllegalStateException("script has no guard");
        }
        return guard;
    }

    /** A call without receiver; {@code local} is the variable of that name, if there is one. */
    public final @Nullable Object $call(
            int place, String name, @Nullable Object local, @Nullable Object named, Object positional) {
        return guard().call(place, name, local, Given.of(named, positional));
    }

    /** A name that is no local variable. */
    public final @Nullable Object $name(int place, String name) {
        return guard().name(place, name);
    }

    /** A variable that holds a parameter of the experiment. */
    public final @Nullable Object $held(String parameter, @Nullable Object value) {
        return guard().held(parameter, value);
    }

    /** A method call. */
    public final @Nullable Object $invoke(
            int place, @Nullable Object receiver, Object name, int mode, @Nullable Object named, Object positional) {
        return guard().values().invoke(place, receiver, name, mode, Given.of(named, positional));
    }

    /** A property. */
    public final @Nullable Object $get(int place, @Nullable Object receiver, @Nullable Object name, int mode) {
        return guard().values().get(place, receiver, name, mode);
    }

    /** Assignment to a property or an element; {@code operator} is empty for a plain one. */
    public final @Nullable Object $set(
            int place, @Nullable Object receiver, @Nullable Object key, String operator, @Nullable Object value) {
        return guard().values().set(place, receiver, key, operator, value);
    }

    /** {@code receiver[index]}. */
    public final @Nullable Object $at(int place, @Nullable Object receiver, @Nullable Object index) {
        return guard().values().at(place, receiver, index);
    }

    /** An operator with two sides. */
    public final @Nullable Object $op(int place, String operator, @Nullable Object left, @Nullable Object right) {
        return guard().values().operate(place, operator, left, right);
    }

    /** {@code -value}. */
    public final @Nullable Object $negative(int place, @Nullable Object value) {
        return guard().values().negative(place, value);
    }

    /** {@code (type) value} and {@code value as type}. */
    public final @Nullable Object $cast(int place, String type, @Nullable Object value) {
        return guard().values().cast(place, type, value);
    }

    /** {@code from..to}. */
    public final @Nullable Object $range(int place, @Nullable Object from, @Nullable Object to, boolean inclusive) {
        return guard().values().range(place, from, to, inclusive);
    }

    /** Text with values in it: fixed parts and values take turns. */
    public final Object $text(Object parts, Object values) {
        return guard().values().text(parts, values);
    }

    /** A round of a loop, or the start of a closure or a method. */
    public final void $tick(int place) {
        guard().values().tick(place);
    }

    /** A list or a map, as the script wrote it. */
    public final @Nullable Object $made(int place, @Nullable Object value) {
        return guard().values().made(place, value);
    }

    /** A value that is about to be compared or hashed: a key of a map, a choice of a switch. */
    public final @Nullable Object $key(int place, @Nullable Object value) {
        return guard().values().key(place, value);
    }

    /** What {@code *:} spreads. */
    public final Object $entries(int place, @Nullable Object values) {
        return guard().values().entries(place, values);
    }

    /** What a loop runs over. */
    public final Object $each(int place, @Nullable Object values) {
        return guard().values().each(place, values);
    }
}
