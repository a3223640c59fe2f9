package headroom.dsl.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.FormatHelper;
import org.jspecify.annotations.Nullable;

/** Methods, properties, elements and operators of ordinary values; what cannot be done is recorded at its place. */
final class Values {
    private static final int PLAIN = 0;
    private static final int SAFE = 1;
    private static final int SPREAD = 2;

    private final Guard guard;
    private final Findings findings;
    private final Operators operators = new Operators();

    Values(Guard guard, Findings findings) {
        this.guard = guard;
        this.findings = findings;
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
        return tried(at, () -> Receivers.invoke(receiver, name.toString(), given.array()));
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
                return guard.invokeWord(at, vocabulary, word, Given.NOTHING);
            }
        }
        if (receiver instanceof List<?> list
                && list.stream().allMatch(each -> each instanceof Map || each instanceof Vocabulary)) {
            return spread(at, list, each -> get(at, each, name, PLAIN));
        }
        return tried(at, () -> Receivers.property(receiver, String.valueOf(name)));
    }

    private Object spread(int at, @Nullable Object receiver, Function<Object, @Nullable Object> work) {
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
        return value instanceof Poison ? value : tried(at, () -> Conversions.cast(type, value));
    }

    @Nullable
    Object range(int at, @Nullable Object from, @Nullable Object to, boolean inclusive) {
        return from instanceof Poison || to instanceof Poison
                ? Poison.VALUE
                : tried(at, () -> Conversions.range(from, to, inclusive));
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
        List<?> fixed = (List<?>) parts;
        List<?> varying = (List<?>) values;
        for (int i = 0; i < fixed.size(); i++) {
            text.append(fixed.get(i));
            if (i < varying.size()) {
                text.append(FormatHelper.toString(varying.get(i)));
            }
        }
        return text.toString();
    }

    @Nullable
    Object tried(int at, Supplier<@Nullable Object> work) {
        try {
            return work.get();
        } catch (Mistake mistake) {
            findings.add(at, mistake.message(), mistake.remedy());
        } catch (RuntimeException e) {
            findings.add(at, Failures.message(e), "");
        }
        return Poison.VALUE;
    }
}
