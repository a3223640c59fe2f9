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
    private final CompiledScript script;
    private final GuardedScript instance;
    private final Map<String, GuardedScript> methods = new LinkedHashMap<>();
    private final Findings findings;
    private final Vocabulary valueWords;
    private final LaterWords later;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Values values;
    private final Budget budget;
    private final Evaluation limits;
    private final Unknowns unknowns;
    private int place = Place.WHOLE_SCRIPT;

    /**
     * @param valueWords words that make values and are understood in every block
     * @param later words that are recognised and refused by name
     */
    public Guard(CompiledScript script, Findings findings, Vocabulary valueWords, LaterWords later) {
        this.script = script;
        this.instance = script.instance();
        this.findings = findings;
        this.valueWords = valueWords;
        this.unknowns = new Unknowns(script, valueWords, later);
        this.later = later;
        this.budget = script.budget();
        this.limits = new Evaluation(budget, findings, script.rules().trusted());
        this.values = new Values(this, findings, budget, script.rules().trusted());
        instance.guardedBy(this);
        script.methods().forEach(name -> methods.put(name, instance));
    }

    /** What scripts do with ordinary values. */
    Values values() {
        return values;
    }

    /** Runs the whole script with {@code vocabulary} as its top level. */
    public Frame run(Vocabulary vocabulary) {
        Frame frame = new Frame("", vocabulary);
        frames.push(frame);
        try {
            limits.hold(() -> instance.run(), frames);
        } catch (RuntimeException e) {
            findings.add(Failures.placeOf(e), Failures.message(e), "");
            frame.endEarly();
        } finally {
            frames.pop();
        }
        return frame;
    }

    /**
     * Runs another script, which the running one adopted, as if it stood here; its methods can be called from now on.
     *
     * @param included null for one with mistakes, whose value is {@link Poison}
     */
    public @Nullable Object include(@Nullable CompiledScript included) {
        if (included == null) {
            frames.element().meetUnknownWord();
            return Poison.VALUE;
        }
        GuardedScript other = included.instance();
        other.guardedBy(this);
        other.setBinding(instance.getBinding());
        included.methods().forEach(name -> methods.putIfAbsent(name, other));
        budget.enter(place);
        try {
            return other.run();
        } finally {
            budget.leave();
        }
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
        return limits.hold(() -> inside(kind, vocabulary, frame -> body.call()), frames);
    }

    /** The same, but each of its comparisons is told, as text; to nobody when {@code witness} is null. */
    public @Nullable Object evaluate(
            String kind, Vocabulary vocabulary, Closure<?> body, @Nullable Consumer<String> witness) {
        Consumer<String> outer = values.operators().tellComparisons(witness);
        try {
            return evaluate(kind, vocabulary, body);
        } finally {
            values.operators().tellComparisons(outer);
        }
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

    /** Records a mistake. */
    public void mistake(int at, String message, String remedy) {
        findings.add(at, message, remedy);
    }

    private void record(int at, Mistake mistake) {
        findings.add(script.argumentPlace(at, mistake.argument()), mistake.message(), mistake.remedy());
    }

    /** Place of an argument's name, of the word that is being called. */
    public int placeOfName(String argument) {
        return script.argumentPlace(place, CompiledScript.nameOf(argument));
    }

    /** Runs {@code work}; what it finds wrong is recorded {@code at} that place and gives null. */
    public <T> @Nullable T attempt(int at, Supplier<T> work) {
        try {
            return work.get();
        } catch (Mistake mistake) {
            record(at, mistake);
        } catch (IllegalArgumentException e) {
            findings.add(at, String.valueOf(e.getMessage()), "");
        }
        return null;
    }

    @Nullable
    Object call(int at, String name, @Nullable Object local, Given given) {
        budget.step(at);
        Frame frame = frames.element();
        WordMethod word = WordTable.of(frame.vocabulary().getClass()).find(name);
        if (word != null) {
            return say(at, frame, word, given);
        }
        word = WordTable.of(valueWords.getClass()).find(name);
        if (word != null) {
            return invokeWord(at, valueWords, word, given);
        }
        if (local instanceof Poison) {
            return local;
        }
        if (local instanceof Closure<?> closure) {
            return values.called(at, () -> values.called(closure, given.array()));
        }
        GuardedScript owner = methods.get(name);
        if (owner != null) {
            return values.called(at, () -> InvokerHelper.invokeMethod(owner, name, given.array()));
        }
        if (script.rules().trusted() && !given.poisoned()) {
            Supplier<@Nullable Object> groovys = local == null
                    ? FullGroovy.call(instance, name, script.staticImports(), given.array())
                    : () -> FullGroovy.invoke(local, "call", given.array());
            if (groovys != null) {
                return values.called(at, groovys);
            }
        }
        record(at, unknowns.call(at, frames, name, local, methods.keySet()));
        return Poison.VALUE;
    }

    private @Nullable Object say(int at, Frame frame, WordMethod word, Given given) {
        if (word.isStatement()) {
            Integer before = frame.say(word.name(), at);
            if (before != null && !word.repeats()) {
                findings.add(
                        at, word.name() + " is said twice, first in " + findings.where(before), "keep one of them");
                return Poison.VALUE;
            }
        }
        Object result = invokeWord(at, frame.vocabulary(), word, given);
        if (result instanceof Poison) {
            frame.spoil(word.name());
        }
        return result;
    }

    @Nullable
    Object invokeWord(int at, Vocabulary vocabulary, WordMethod word, Given given) {
        List<Mistake> wrong = new ArrayList<>();
        Object[] arguments = word.bind(given, wrong);
        wrong.replaceAll(mistake -> comingArgument(word, given, mistake));
        wrong.forEach(mistake -> record(at, mistake));
        if (!wrong.isEmpty() || given.poisoned()) {
            frames.element().leaveUnheard(word.name());
            return Poison.VALUE;
        }
        int outer = place;
        place = at;
        long before = findings.met();
        try {
            Object result = word.call(vocabulary, arguments);
            return word.isStatement() && findings.met() > before ? Poison.VALUE : result;
        } catch (Mistake mistake) {
            record(at, mistake);
        } catch (IllegalArgumentException e) {
            findings.add(at, String.valueOf(e.getMessage()), "");
        } finally {
            place = outer;
        }
        return Poison.VALUE;
    }

    /** The mistake, put in other words when it is an argument that the word will have. */
    private Mistake comingArgument(WordMethod word, Given given, Mistake mistake) {
        for (String name : given.named().keySet()) {
            String refusal = later.argumentRefusal(word.name(), name);
            if (refusal != null && CompiledScript.nameOf(name).equals(mistake.argument())) {
                return Mistake.atName(refusal, "remove it", name);
            }
        }
        return mistake;
    }

    /** A variable that holds a parameter: its value at the point which a claim asks, if it asks one. */
    @Nullable
    Object held(String parameter, @Nullable Object value) {
        Object here = frames.element().vocabulary() instanceof Described point ? point.described(parameter) : null;
        return here == null ? value : here;
    }

    @Nullable
    Object name(int at, String name) {
        budget.step(at);
        Frame frame = frames.element();
        WordMethod word = WordTable.of(frame.vocabulary().getClass()).find(name);
        if (word != null && word.isValue()) {
            return invokeWord(at, frame.vocabulary(), word, Given.NOTHING);
        }
        Object described = frame.vocabulary() instanceof Described own ? own.described(name) : null;
        if (described != null) {
            return described;
        }
        word = WordTable.of(valueWords.getClass()).find(name);
        if (word != null && word.isValue()) {
            return invokeWord(at, valueWords, word, Given.NOTHING);
        }
        Unit unit = Units.find(name);
        if (unit != null) {
            return new Quantity(1, unit);
        }
        if (name.equals("Math")) {
            return MathWords.ALL;
        }
        Supplier<@Nullable Object> groovys = script.rules().trusted() ? FullGroovy.name(instance, name) : null;
        if (groovys != null) {
            return values.tried(at, groovys);
        }
        record(at, unknowns.name(at, frame, name));
        return Poison.VALUE;
    }

    /** Everything found so far. */
    public Findings findings() {
        return findings;
    }
}
