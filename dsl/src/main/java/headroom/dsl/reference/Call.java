package headroom.dsl.reference;

import groovy.lang.Closure;
import headroom.dsl.script.ArgFacts;
import headroom.dsl.script.ArgFacts.Role;
import headroom.dsl.script.WordFacts;
import headroom.units.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to write a word, as Groovy sees it: what is given by name goes first, in one map.
 *
 * @param named arguments with names of the language; empty without a map, or where all names are the user's own
 * @param map whether anything is given by name
 * @param positional the others, in order
 */
record Call(WordFacts word, List<ArgFacts> named, boolean map, List<ArgFacts> positional) {
    Call {
        named = List.copyOf(named);
        positional = List.copyOf(positional);
    }

    /** Every way: without the map where no name is needed, and with ever more of the values that may be left out. */
    static List<Call> of(WordFacts word) {
        List<ArgFacts> named = with(word, Role.NAMED);
        List<ArgFacts> positional = word.arguments().stream()
                .filter(argument -> argument.role() != Role.NAMED && argument.role() != Role.ANY_NAMES)
                .toList();
        boolean anyNames = !with(word, Role.ANY_NAMES).isEmpty();
        List<Call> calls = new ArrayList<>();
        for (int given = 0; given <= positional.size(); given++) {
            boolean enough =
                    positional.subList(given, positional.size()).stream().noneMatch(ArgFacts::needed);
            boolean rest = given < positional.size() && positional.get(given).role() == Role.REST;
            if (!enough || rest) {
                continue;
            }
            List<ArgFacts> first = positional.subList(0, given);
            boolean saysSomething = !anyNames || given > 0;
            if (saysSomething && named.stream().noneMatch(ArgFacts::needed)) {
                calls.add(new Call(word, List.of(), false, first));
            }
            if (anyNames || !named.isEmpty()) {
                calls.add(new Call(word, named, true, first));
            }
        }
        return calls;
    }

    private static List<ArgFacts> with(WordFacts word, Role role) {
        return word.arguments().stream()
                .filter(argument -> argument.role() == role)
                .toList();
    }

    /**
     * The type that an editor may check. Scripts give parameters, whose type no editor knows, wherever a text, a number or
     * true or false is wanted; only amounts and blocks have a type of their own.
     */
    static Class<?> type(ArgFacts argument) {
        return Closure.class.isAssignableFrom(argument.type())
                ? Closure.class
                : argument.type() == Quantity.class ? Quantity.class : Object.class;
    }
}
