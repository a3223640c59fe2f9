package headroom.dsl.script;

import groovy.lang.Closure;
import headroom.units.Quantity;
import headroom.units.Unit;
import headroom.units.Units;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.FormatHelper;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * Everything a running script does passes here. The guard finds the word that is meant, gives it its arguments, records
 * what goes wrong at its place, and goes on with {@link Poison}.
 *
 * <p>A call without receiver is, in this order: a word of the innermost block, a word for values (the same everywhere), a
 * local closure, a method of the script.
 */
public final class Guard {
    private static final int PLAIN = 0;
    private static final int SAFE = 1;
    private static final int SPREAD = 2;

    private final CompiledScript script;
    private final GuardedScript instance;
    private final Findings findings;
    private final Vocabulary values;
    private final LaterWords later;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Operators operators;
    private int place = Place.WHOLE_SCRIPT;

    /**
     * @param values words that make values and are understood in every block
     * @param later words that are recognised and refused by name
     */
    public Guard(CompiledScript script, Findings findings, Vocabulary values, LaterWords later) {
        this.script = script;
        this.instance = script.instance();
        this.findings = findings;
        this.values = values;
        this.later = later;
        this.operators = new Operators();
        instance.guardedBy(this);
    }

    static int mode(boolean safe, boolean spread) {
        return spread ? SPREAD : safe ? SAFE : PLAIN;
    }

    /** Runs the whole script with {@code vocabulary} as its top level. */
    public Frame run(Vocabulary vocabulary) {
        Frame frame = new Frame("", vocabulary);
        frames.push(frame);
        try {
            instance.run();
        } catch (StackOverflowError e) {
            findings.add(Place.WHOLE_SCRIPT, "the script calls itself too deep", "look for a method that never stops");
        } catch (RuntimeException e) {
            findings.add(Failures.placeOf(e), Failures.message(e), "");
        } finally {
            frames.pop();
        }
        return frame;
    }

    /** Runs the body of a block, then {@code finish}; call it from the block's word. */
    public void block(String kind, Vocabulary vocabulary, Closure<?> body, Consumer<Frame> finish) {
        inside(kind, vocabulary, frame -> {
            body.call();
            finish.accept(frame);
            return true;
        });
    }

    /** The value of a closure whose bare names are words of {@code vocabulary}. */
    public @Nullable Object evaluate(String kind, Vocabulary vocabulary, Closure<?> body) {
        return inside(kind, vocabulary, frame -> body.call());
    }

    private @Nullable Object inside(
            String kind, Vocabulary vocabulary, java.util.function.Function<Frame, @Nullable Object> work) {
        Frame frame = new Frame(kind, vocabulary);
        frames.push(frame);
        int outer = place;
        try {
            return work.apply(frame);
        } finally {
            frames.pop();
            place = outer;
        }
    }

    /** Place of the word that is being called. */
    public int place() {
        return place;
    }

    /** Place of an argument, by name or index, of the word that is being called. */
    public int place(Object argument) {
        return script.argumentPlace(place, argument);
    }

    /** The line of a place, from 1. */
    public static int line(int place) {
        return Place.line(place);
    }

    /** Records a mistake. */
    public void mistake(int at, String message, String remedy) {
        findings.add(at, message, remedy);
    }

    /** Runs {@code work}; what it finds wrong is recorded {@code at} that place and gives null. */
    public <T> @Nullable T attempt(int at, Supplier<T> work) {
        try {
            return work.get();
        } catch (Mistake mistake) {
            findings.add(script.argumentPlace(at, mistake.argument()), mistake.message(), mistake.remedy());
        } catch (IllegalArgumentException e) {
            findings.add(at, String.valueOf(e.getMessage()), "");
        }
        return null;
    }

    @Nullable
    Object call(int at, String name, @Nullable Object local, @Nullable Object named, Object positional) {
        Frame frame = frames.element();
        WordMethod word = WordTable.of(frame.vocabulary().getClass()).find(name);
        if (word != null) {
            return say(at, frame, word, named(named), list(positional));
        }
        word = WordTable.of(values.getClass()).find(name);
        if (word != null) {
            return invokeWord(at, values, word, named(named), list(positional));
        }
        if (local instanceof Poison) {
            return local;
        }
        if (local instanceof Closure<?> closure) {
            return tried(at, () -> closure.call(arguments(named, positional)));
        }
        if (script.methods().contains(name)) {
            return tried(at, () -> InvokerHelper.invokeMethod(instance, name, arguments(named, positional)));
        }
        return unknownCall(at, frame, name, local);
    }

    private @Nullable Object say(
            int at, Frame frame, WordMethod word, Map<String, Object> named, List<Object> positional) {
        if (word.isStatement()) {
            Integer before = frame.say(word.name(), at);
            if (before != null && !word.repeats()) {
                findings.add(
                        at, word.name() + " is said twice, first in line " + Place.line(before), "keep one of them");
                return Poison.VALUE;
            }
        }
        Object result = invokeWord(at, frame.vocabulary(), word, named, positional);
        if (result instanceof Poison) {
            frame.spoil(word.name());
        }
        return result;
    }

    private @Nullable Object invokeWord(
            int at, Vocabulary vocabulary, WordMethod word, Map<String, Object> named, List<Object> positional) {
        boolean poisoned = Poison.in(named)
                || Poison.in(positional)
                || named.values().stream().anyMatch(value -> value != null && Poison.in(value))
                || positional.stream().anyMatch(value -> value != null && Poison.in(value));
        if (poisoned) {
            return Poison.VALUE;
        }
        int outer = place;
        place = at;
        long before = findings.met();
        try {
            Object result = word.call(vocabulary, named, positional);
            return word.isStatement() && findings.met() > before ? Poison.VALUE : result;
        } catch (Mistake mistake) {
            findings.add(script.argumentPlace(at, mistake.argument()), mistake.message(), mistake.remedy());
        } catch (IllegalArgumentException e) {
            findings.add(at, String.valueOf(e.getMessage()), "");
        } finally {
            place = outer;
        }
        return Poison.VALUE;
    }

    private Object unknownCall(int at, Frame frame, String name, @Nullable Object local) {
        String laterWord = later.refusal(frame.kind(), name);
        if (laterWord != null) {
            findings.add(at, laterWord, "remove it");
            return Poison.VALUE;
        }
        if (local != null) {
            findings.add(at, "'" + name + "' is " + Accepts.describe(local) + " and cannot be called", "");
            return Poison.VALUE;
        }
        List<String> known =
                new ArrayList<>(WordTable.of(frame.vocabulary().getClass()).names());
        List<String> near = Nearest.to(name, known);
        known.addAll(WordTable.of(values.getClass()).names());
        known.addAll(script.visible(at));
        known.addAll(script.methods());
        near.forEach(frame::spoil);
        if (near.isEmpty()) {
            frame.meetUnknownWord();
        }
        findings.add(at, "unknown word '" + name + "'" + where(frame), elsewhere(name, frame, known));
        return Poison.VALUE;
    }

    private String elsewhere(String name, Frame frame, List<String> known) {
        for (Frame outer : frames) {
            if (outer != frame && WordTable.of(outer.vocabulary().getClass()).find(name) != null) {
                return "'" + name + "' belongs " + (outer.kind().isEmpty() ? "at the top level" : "in " + outer.kind())
                        + ", outside this block";
            }
        }
        String home = later.home(name);
        return home != null ? "'" + name + "' belongs in " + home : Nearest.remedy(name, known);
    }

    private static String where(Frame frame) {
        return frame.kind().isEmpty() ? "" : " in " + frame.kind();
    }

    @Nullable
    Object name(int at, String name) {
        Frame frame = frames.element();
        WordMethod word = WordTable.of(frame.vocabulary().getClass()).find(name);
        if (word != null && word.isValue()) {
            return invokeWord(at, frame.vocabulary(), word, Map.of(), List.of());
        }
        word = WordTable.of(values.getClass()).find(name);
        if (word != null && word.isValue()) {
            return invokeWord(at, values, word, Map.of(), List.of());
        }
        Unit unit = Units.find(name);
        if (unit != null) {
            return new Quantity(1, unit);
        }
        if (name.equals("Math")) {
            return MathWords.ALL;
        }
        List<String> known = new ArrayList<>(script.visible(at));
        known.addAll(WordTable.of(frame.vocabulary().getClass()).valueNames());
        known.addAll(WordTable.of(values.getClass()).valueNames());
        known.addAll(Units.names());
        findings.add(at, "unknown name '" + name + "'" + where(frame), Nearest.remedy(name, known));
        return Poison.VALUE;
    }

    @Nullable
    Object invoke(int at, @Nullable Object receiver, Object name, int mode, @Nullable Object named, Object positional) {
        if (mode == SPREAD) {
            return spread(at, receiver, each -> invoke(at, each, name, SAFE, named, positional));
        }
        if (receiver == null && mode == SAFE) {
            return null;
        }
        if (receiver instanceof Poison || Poison.in(positional) || (named != null && Poison.in(named))) {
            return Poison.VALUE;
        }
        if (receiver instanceof Vocabulary vocabulary) {
            WordMethod word = WordTable.of(vocabulary.getClass()).find(name.toString());
            if (word != null) {
                return invokeWord(at, vocabulary, word, named(named), list(positional));
            }
        }
        return tried(at, () -> Receivers.invoke(receiver, name.toString(), arguments(named, positional)));
    }

    @Nullable
    Object get(int at, @Nullable Object receiver, @Nullable Object name, int mode) {
        if (mode == SPREAD) {
            return spread(at, receiver, each -> get(at, each, name, SAFE));
        }
        if (receiver == null && mode == SAFE) {
            return null;
        }
        if (receiver instanceof Poison || name instanceof Poison) {
            return Poison.VALUE;
        }
        if (receiver instanceof Vocabulary vocabulary) {
            WordMethod word = WordTable.of(vocabulary.getClass()).find(String.valueOf(name));
            if (word != null && word.isValue()) {
                return invokeWord(at, vocabulary, word, Map.of(), List.of());
            }
        }
        if (receiver instanceof List<?> list && !(receiver instanceof groovy.lang.Range)) {
            return spread(at, list, each -> get(at, each, name, PLAIN));
        }
        return tried(at, () -> Receivers.property(receiver, String.valueOf(name)));
    }

    private Object spread(
            int at, @Nullable Object receiver, java.util.function.Function<Object, @Nullable Object> work) {
        if (receiver instanceof Poison) {
            return receiver;
        }
        List<@Nullable Object> results = new ArrayList<>();
        Object values = each(at, receiver);
        for (Object value : values instanceof Map<?, ?> map ? map.entrySet() : (Iterable<?>) values) {
            results.add(work.apply(value));
        }
        return results;
    }

    @Nullable
    Object set(int at, @Nullable Object receiver, @Nullable Object key, String operator, @Nullable Object value) {
        if (receiver instanceof Poison || key instanceof Poison) {
            return Poison.VALUE;
        }
        return tried(at, () -> {
            Object result =
                    operator.isEmpty() ? value : operators.apply(operator, Receivers.element(receiver, key), value);
            Receivers.assign(receiver, key, result);
            return result;
        });
    }

    @Nullable
    Object at(int at, @Nullable Object receiver, @Nullable Object index) {
        return receiver instanceof Poison || index instanceof Poison
                ? Poison.VALUE
                : tried(at, () -> Receivers.element(receiver, index));
    }

    @Nullable
    Object operate(int at, String operator, @Nullable Object left, @Nullable Object right) {
        return left instanceof Poison || right instanceof Poison
                ? Poison.VALUE
                : tried(at, () -> operators.apply(operator, left, right));
    }

    @Nullable
    Object negative(int at, @Nullable Object value) {
        return value instanceof Poison ? value : tried(at, () -> Operators.negative(value));
    }

    @Nullable
    Object cast(int at, String type, @Nullable Object value) {
        return value instanceof Poison ? value : tried(at, () -> Receivers.cast(type, value));
    }

    @Nullable
    Object range(int at, @Nullable Object from, @Nullable Object to, boolean inclusive) {
        return from instanceof Poison || to instanceof Poison
                ? Poison.VALUE
                : tried(at, () -> Receivers.range(from, to, inclusive));
    }

    Object each(int at, @Nullable Object values) {
        if (values instanceof Iterable<?> || values instanceof Map<?, ?> || values instanceof CharSequence) {
            return values;
        }
        findings.add(at, "needs a list or a range to go through, got " + Accepts.describe(values), "");
        return Poison.VALUE;
    }

    Object text(Object parts, Object values) {
        if (Poison.in(values)) {
            return Poison.VALUE;
        }
        StringBuilder text = new StringBuilder();
        List<Object> fixed = list(parts);
        List<Object> varying = list(values);
        for (int i = 0; i < fixed.size(); i++) {
            text.append(fixed.get(i));
            if (i < varying.size()) {
                text.append(FormatHelper.toString(varying.get(i)));
            }
        }
        return text.toString();
    }

    /** From now on comparisons are kept as text, for claims to show. */
    public void noteComparisons() {
        operators.noteComparisons();
    }

    /** The comparisons made since the last call of this method. */
    public List<String> comparisons() {
        return operators.takeComparisons();
    }

    /** Everything found so far. */
    public Findings findings() {
        return findings;
    }

    private @Nullable Object tried(int at, Supplier<@Nullable Object> work) {
        try {
            return work.get();
        } catch (Mistake mistake) {
            findings.add(at, mistake.message(), mistake.remedy());
        } catch (RuntimeException e) {
            findings.add(at, Failures.message(e), "");
        }
        return Poison.VALUE;
    }

    private static Object[] arguments(@Nullable Object named, Object positional) {
        List<Object> all = new ArrayList<>();
        if (named != null) {
            all.add(named);
        }
        all.addAll(list(positional));
        return all.toArray();
    }

    private static List<Object> list(Object values) {
        List<Object> list = new ArrayList<>();
        ((List<?>) values).forEach(list::add);
        return list;
    }

    private static Map<String, Object> named(@Nullable Object values) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (values != null) {
            ((Map<?, ?>) values).forEach((key, value) -> named.put(String.valueOf(key), value));
        }
        return named;
    }
}
