package headroom.dsl.script;

import groovy.lang.Closure;
import headroom.units.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.FormatHelper;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** Methods, properties, elements and operators of ordinary values; what cannot be done is recorded at its place. */
final class Values {
    private static final int PLAIN = 0;
    private static final int SAFE = 1;
    private static final int SPREAD = 2;

    private final Guard guard;
    private final Findings findings;
    private final Operators operators = new Operators();
    private final Budget budget;
    private final Sizes sizes;
    private final boolean trusted;

    /** @param trusted whether what the language lacks is left to Groovy */
    Values(Guard guard, Findings findings, Budget budget, boolean trusted) {
        this.trusted = trusted;
        this.guard = guard;
        this.findings = findings;
        this.budget = budget;
        this.sizes = new Sizes(budget);
    }

    void tick(int at) {
        budget.step(at);
    }

    @Nullable
    Object made(int at, @Nullable Object value) {
        budget.step(at);
        return budget.made(value);
    }

    @Nullable
    Object key(int at, @Nullable Object value) {
        budget.step(at);
        budget.visited(value);
        return value;
    }

    /** The result of a closure of the script. */
    @Nullable
    Object called(Closure<?> closure, Object[] arguments) {
        sizes.call(closure, "call", arguments);
        return closure.call(arguments);
    }

    /** How a dot was written: {@code .}, {@code ?.} or {@code *.}. */
    static int mode(boolean safe, boolean spread) {
        return spread ? SPREAD : safe ? SAFE : PLAIN;
    }

    Operators operators() {
        return operators;
    }

    @Nullable
    Object invoke(int at, @Nullable Object receiver, Object name, int mode, Given given) {
        budget.step(at);
        if (mode == SPREAD) {
            return spread(at, receiver, each -> invoke(at, each, name, SAFE, given));
        }
        if (receiver == null && mode == SAFE) {
            return null;
        }
        if (receiver instanceof Poison || given.poisoned()) {
            return Poison.VALUE;
        }
        if (receiver instanceof Vocabulary vocabulary) {
            WordMethod word = WordTable.of(vocabulary.getClass()).find(name.toString());
            if (word != null) {
                return guard.invokeWord(at, vocabulary, word, given);
            }
        }
        return called(at, () -> {
            if (!(name instanceof CharSequence)) {
                throw new Mistake("the name of a method is text, got " + Accepts.describe(name), "");
            }
            Object[] arguments = given.array();
            if (receiver != null && isFree(receiver)) {
                return FullGroovy.invoke(receiver, name.toString(), arguments);
            }
            if (receiver != null) {
                sizes.call(receiver, name.toString(), arguments);
            }
            return sizes.made(receiver, Receivers.invoke(receiver, name.toString(), arguments));
        });
    }

    @Nullable
    Object get(int at, @Nullable Object receiver, @Nullable Object name, int mode) {
        budget.step(at);
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
                return guard.invokeWord(at, vocabulary, word, Given.NOTHING);
            }
            if (receiver instanceof Described own) {
                Object described = own.described(String.valueOf(name));
                if (described != null || own.mayHide(String.valueOf(name))) {
                    return described == null ? Poison.VALUE : described;
                }
            }
        }
        if (receiver instanceof List<?> list
                && list.stream().allMatch(each -> each instanceof Map || each instanceof Vocabulary)) {
            return spread(at, list, each -> get(at, each, name, PLAIN));
        }
        return called(at, () -> {
            budget.visited(name);
            return receiver != null && isFree(receiver)
                    ? FullGroovy.property(receiver, String.valueOf(name))
                    : Receivers.property(receiver, String.valueOf(name));
        });
    }

    /** Whether Groovy decides what can be done with it. */
    private boolean isFree(Object receiver) {
        return trusted && (!(receiver instanceof Vocabulary) || receiver instanceof MathWords);
    }

    private @Nullable Object spread(int at, @Nullable Object receiver, Function<Object, @Nullable Object> work) {
        if (receiver instanceof Poison) {
            return receiver;
        }
        List<@Nullable Object> results = new ArrayList<>();
        Object values = each(at, receiver);
        if (values instanceof Poison) {
            return values;
        }
        for (Object value : values instanceof Map<?, ?> map ? map.entrySet() : FullGroovy.values(values)) {
            results.add(work.apply(value));
        }
        return budget.made(results);
    }

    @Nullable
    Object set(int at, @Nullable Object receiver, @Nullable Object key, String operator, @Nullable Object value) {
        if (receiver instanceof Poison || key instanceof Poison) {
            return Poison.VALUE;
        }
        budget.step(at);
        return tried(at, () -> {
            budget.visited(key);
            if (receiver instanceof List<?> && key instanceof Number index) {
                budget.elements(index.doubleValue());
            }
            budget.use(1);
            if (receiver != null && isFree(receiver)) {
                Object fresh = operator.isEmpty() ? value : operated(operator, FullGroovy.member(receiver, key), value);
                FullGroovy.assign(receiver, key, fresh);
                return fresh;
            }
            Object result = operator.isEmpty() ? value : operated(operator, Receivers.element(receiver, key), value);
            Receivers.assign(receiver, key, result);
            return result;
        });
    }

    @Nullable
    Object at(int at, @Nullable Object receiver, @Nullable Object index) {
        budget.step(at);
        return receiver instanceof Poison || index instanceof Poison
                ? Poison.VALUE
                : called(at, () -> {
                    budget.visited(index);
                    return budget.made(
                            receiver != null && isFree(receiver)
                                    ? FullGroovy.element(receiver, index)
                                    : Receivers.element(receiver, index));
                });
    }

    @Nullable
    Object operate(int at, String operator, @Nullable Object left, @Nullable Object right) {
        budget.step(at);
        return left instanceof Poison || right instanceof Poison
                ? Poison.VALUE
                : tried(at, () -> operated(operator, left, right));
    }

    /** Between quantities, and where it can, the language decides; the rest is Groovy's, for a trusted script. */
    private @Nullable Object operated(String operator, @Nullable Object left, @Nullable Object right) {
        try {
            return bounded(operator, left, right);
        } catch (Mistake mistake) {
            if (trusted && !(left instanceof Quantity) && !(right instanceof Quantity)) {
                return FullGroovy.operate(operator, left, right);
            }
            throw mistake;
        }
    }

    private @Nullable Object bounded(String operator, @Nullable Object left, @Nullable Object right) {
        switch (operator) {
            case "<<" -> {
                budget.use(1);
                return operators.apply(operator, left, right);
            }
            case "*" -> {
                if (left instanceof CharSequence text && right instanceof Number times) {
                    budget.characters(text.length() * times.doubleValue());
                }
            }
            case "**" -> {
                if (left instanceof Number) {
                    sizes.power(left, right);
                }
            }
            default -> {}
        }
        budget.visited(left);
        budget.visited(right);
        return budget.made(operators.apply(operator, left, right));
    }

    @Nullable
    Object negative(int at, @Nullable Object value) {
        return value instanceof Poison
                ? value
                : tried(
                        at,
                        () -> trusted && !(value instanceof Quantity)
                                ? InvokerHelper.unaryMinus(value)
                                : Operators.negative(value));
    }

    @Nullable
    Object cast(int at, String type, @Nullable Object value) {
        budget.step(at);
        return value instanceof Poison
                ? value
                : tried(at, () -> {
                    budget.visited(value);
                    if (value instanceof CharSequence text && !type.equals("String")) {
                        Sizes.numeral(text);
                    }
                    return budget.made(Conversions.cast(type, value));
                });
    }

    @Nullable
    Object range(int at, @Nullable Object from, @Nullable Object to, boolean inclusive) {
        budget.step(at);
        return from instanceof Poison || to instanceof Poison
                ? Poison.VALUE
                : tried(
                        at,
                        () -> budget.made(
                                trusted
                                        ? FullGroovy.range(from, to, inclusive)
                                        : Conversions.range(from, to, inclusive)));
    }

    Object each(int at, @Nullable Object values) {
        if (values instanceof Iterable<?>
                || values instanceof Map<?, ?>
                || values instanceof CharSequence
                || (values != null && isFree(values))) {
            return values;
        }
        findings.add(at, "needs a list or a range to go through, got " + Accepts.describe(values), "");
        return Poison.VALUE;
    }

    Object entries(int at, @Nullable Object values) {
        if (values instanceof Map<?, ?>) {
            return values;
        }
        if (!(values instanceof Poison)) {
            findings.add(at, "*: needs a map, got " + Accepts.describe(values), "");
        }
        return new LinkedHashMap<>();
    }

    Object text(Object parts, Object values) {
        if (Poison.in(values)) {
            return Poison.VALUE;
        }
        budget.visited(values);
        StringBuilder text = new StringBuilder();
        List<?> fixed = (List<?>) parts;
        List<?> varying = (List<?>) values;
        for (int i = 0; i < fixed.size(); i++) {
            text.append(fixed.get(i));
            if (i < varying.size()) {
                text.append(FormatHelper.toString(varying.get(i)));
            }
        }
        return String.valueOf(budget.made(text.toString()));
    }

    /** The same for what may call the script again. */
    @Nullable
    Object called(int at, Supplier<@Nullable Object> work) {
        budget.enter(at);
        try {
            return tried(at, work);
        } finally {
            budget.leave();
        }
    }

    @Nullable
    Object tried(int at, Supplier<@Nullable Object> work) {
        try {
            return work.get();
        } catch (LimitReached e) {
            throw e;
        } catch (Mistake mistake) {
            findings.add(at, mistake.message(), mistake.remedy());
        } catch (RuntimeException e) {
            if (trusted) {
                throw e; // the script may catch it
            }
            findings.add(at, Failures.message(e), "");
        }
        return Poison.VALUE;
    }
}
