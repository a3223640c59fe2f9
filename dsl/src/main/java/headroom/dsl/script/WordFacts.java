package headroom.dsl.script;

import java.util.List;

/**
 * A word as people are told of it.
 *
 * @param statement whether it says something rather than giving a value
 * @param repeats whether a block may say it more than once
 * @param otherwise the line that means the same as leaving it out, {@link Arg#NEEDED}, or empty
 * @param gives types of the values it gives; empty for a statement
 */
public record WordFacts(
        String name,
        String doc,
        String example,
        boolean statement,
        boolean repeats,
        String otherwise,
        List<Class<?>> gives,
        List<ArgFacts> arguments) {
    public WordFacts {
        gives = List.copyOf(gives);
        arguments = List.copyOf(arguments);
    }
}
