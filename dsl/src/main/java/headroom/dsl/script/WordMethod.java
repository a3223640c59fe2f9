package headroom.dsl.script;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One word: binds what a script wrote to the parameters of its method, and calls it. */
final class WordMethod {
    private final Method method;
    private @Nullable List<Slot> slots;
    private @Nullable Boolean repeats;

    /** A parameter, with its annotation read. */
    private record Slot(
            String name,
            Class<?> type,
            String like,
            boolean named,
            @Nullable Object otherwise,
            boolean needed) {}

    WordMethod(Method method) {
        this.method = method;
        method.setAccessible(true);
    }

    String name() {
        return method.getName();
    }

    boolean isValue() {
        return method.getParameterCount() == 0 && method.getReturnType() != void.class;
    }

    boolean isStatement() {
        return method.getReturnType() == void.class;
    }

    boolean repeats() {
        if (repeats == null) {
            Word word = method.getAnnotation(Word.class);
            repeats = word == null || word.repeats();
        }
        return repeats;
    }

    /** What people are told of it. */
    WordFacts facts() {
        Word word = method.getAnnotation(Word.class);
        List<Class<?>> gives = word != null && word.gives().length > 0
                ? List.of(word.gives())
                : isStatement() ? List.of() : List.of(method.getReturnType());
        return new WordFacts(
                name(),
                word == null ? "" : word.doc(),
                word == null ? "" : word.example(),
                isStatement(),
                repeats(),
                word == null ? "" : word.otherwise(),
                gives,
                Stream.of(method.getParameters()).map(ArgFacts::of).toList());
    }

    /** Calls the word with what {@link #bind} gave. */
    @Nullable
    Object call(Object vocabulary, Object[] arguments) {
        try {
            return method.invoke(vocabulary, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values of the parameters; everything that does not fit goes to {@code wrong}. */
    Object[] bind(Given given, List<Mistake> wrong) {
        Map<String, Object> left = new LinkedHashMap<>(given.named());
        Object[] arguments = new Object[slots().size()];
        List<Slot> missing = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < arguments.length; i++) {
            Slot slot = slots().get(i);
            if (slot.type == Map.class && !slot.named) {
                arguments[i] = new LinkedHashMap<>(left);
                left.clear();
            } else if (slot.type == Object[].class) {
                arguments[i] = given.from(next).toArray();
                next = given.positional().size();
            } else if (slot.named
                    ? left.containsKey(slot.name)
                    : next < given.positional().size()) {
                Object key = slot.named ? slot.name : (Object) next;
                Object value =
                        slot.named ? left.remove(slot.name) : given.positional().get(next++);
                arguments[i] = convert(slot, value, key, wrong);
            } else if (slot.needed) {
                missing.add(slot);
            } else {
                arguments[i] = slot.otherwise;
            }
        }
        if (next < given.positional().size()) {
            Object extra = given.positional().get(next);
            wrong.add(new Mistake(name() + " does not take " + Accepts.describe(extra) + " here", usage(), next));
        }
        left.keySet().forEach(extra -> wrong.add(unknown(extra, missing)));
        missing.forEach(slot -> wrong.add(missing(slot)));
        return arguments;
    }

    private @Nullable Object convert(Slot slot, @Nullable Object value, Object key, List<Mistake> wrong) {
        if (Given.poisoned(value)) {
            return null;
        }
        String what = slot.named ? name() + " " + slot.name + ":" : name();
        try {
            return Accepts.convert(what, slot.type, slot.like, value);
        } catch (Mistake mistake) {
            wrong.add(new Mistake(mistake.message(), mistake.remedy(), key));
            return null;
        }
    }

    /** An argument nobody knows; the one that was meant, if it is clear, is then not missing. */
    private Mistake unknown(String extra, List<Slot> missing) {
        List<String> names =
                slots().stream().filter(Slot::named).map(Slot::name).toList();
        List<String> near = Nearest.to(extra, names);
        missing.removeIf(slot -> near.contains(slot.name));
        String known = names.isEmpty() ? "it takes no named values" : "it knows " + String.join(", ", names);
        return new Mistake(
                name() + " has no '" + extra + ":'",
                near.isEmpty() ? known : Nearest.remedy(extra, names),
                CompiledScript.nameOf(extra));
    }

    private Mistake missing(Slot slot) {
        String what = slot.named ? slot.name + ":" : Accepts.noun(slot.type, slot.like);
        return new Mistake(name() + " needs " + what, usage());
    }

    /** How it is written; empty when nobody says. */
    String usage() {
        Word word = method.getAnnotation(Word.class);
        return word == null ? "" : "write, for example, " + word.example();
    }

    private List<Slot> slots() {
        if (slots == null) {
            List<Slot> read = new ArrayList<>();
            for (Parameter parameter : method.getParameters()) {
                Arg arg = parameter.getAnnotation(Arg.class);
                read.add(
                        arg == null
                                ? new Slot(parameter.getName(), parameter.getType(), "", false, null, true)
                                : new Slot(
                                        parameter.getName(),
                                        parameter.getType(),
                                        arg.like(),
                                        arg.named(),
                                        Accepts.literal(parameter.getType(), arg.otherwise()),
                                        arg.otherwise().equals(Arg.NEEDED)
                                                && arg.unsaid().isEmpty()));
            }
            slots = read;
        }
        return slots;
    }
}
