package headroom.dsl.script;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a word as people are told of it.
 *
 * @param kind what it accepts, in people's words: {@code a power}
 * @param like a value as scripts write it; empty when there is nothing to show
 * @param choices names of its constants, for one of a fixed list
 * @param otherwise the default as scripts would write it, {@link Arg#NEEDED}, or empty
 * @param unsaid what holds when it is not stated and has no default
 * @param words the vocabulary of a block; null for anything else
 */
public record ArgFacts(
        String name,
        Role role,
        Class<?> type,
        String kind,
        String like,
        List<String> choices,
        String doc,
        String otherwise,
        String unsaid,
        @Nullable Class<?> words) {
    private static final String SUCH_AS = " such as ";

    public ArgFacts {
        choices = List.copyOf(choices);
    }

    /** How an argument is given. */
    public enum Role {
        /** By its position. */
        POSITIONAL,
        /** By its name. */
        NAMED,
        /** All that is given by names of the user's own. */
        ANY_NAMES,
        /** All that is left, by position. */
        REST,
        /** A block in braces. */
        BLOCK
    }

    /** Whether a call cannot leave it out. */
    public boolean needed() {
        return otherwise.equals(Arg.NEEDED) && role != Role.ANY_NAMES && role != Role.REST;
    }

    static ArgFacts of(Parameter parameter) {
        Arg arg = parameter.getAnnotation(Arg.class);
        Class<?> type = parameter.getType();
        String like = arg == null ? "" : arg.like();
        int such = like.indexOf(SUCH_AS);
        String kind;
        if (such >= 0) { // a sample of what has no common word carries its own
            kind = like.substring(0, such);
            like = like.substring(such + SUCH_AS.length());
        } else {
            boolean any = type == Object.class || type == Object[].class || type == Map.class;
            kind = any ? "a value" : Accepts.kind(type, like);
            like = kind.equals(like) || type == Boolean.class ? "" : like;
        }
        List<String> choices = type.isEnum()
                ? Stream.of(type.getEnumConstants()).map(Accepts::camel).toList()
                : List.of();
        return new ArgFacts(
                parameter.getName(),
                role(type, arg),
                type,
                kind,
                like,
                choices,
                arg == null ? "" : arg.doc(),
                arg == null ? Arg.NEEDED : arg.unsaid().isEmpty() ? arg.otherwise() : "",
                arg == null ? "" : arg.unsaid(),
                words(parameter));
    }

    private static Role role(Class<?> type, @Nullable Arg arg) {
        if (arg != null && arg.named()) {
            return Role.NAMED;
        } else if (type == Map.class) {
            return Role.ANY_NAMES;
        } else if (type == Object[].class) {
            return Role.REST;
        }
        return Closure.class.isAssignableFrom(type) ? Role.BLOCK : Role.POSITIONAL;
    }

    private static @Nullable Class<?> words(Parameter parameter) {
        DelegatesTo delegate = parameter.getAnnotation(DelegatesTo.class);
        if (delegate == null) {
            return null;
        }
        if (delegate.type().isEmpty()) {
            return delegate.value();
        }
        try {
            return Class.forName(delegate.type());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("there is no " + delegate.type() + ", to which a block delegates", e);
        }
    }
}
