package headroom.dsl.script;

import groovy.lang.MetaClass;
import headroom.units.Quantity;
import headroom.units.Unit;
import headroom.units.Units;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.jspecify.annotations.Nullable;

/** What a trusted script may do beyond the language: whatever Groovy does. */
final class FullGroovy {
    private FullGroovy() {}

    static @Nullable Object invoke(Object receiver, String name, Object[] arguments) {
        Object owner = receiver instanceof MathWords ? Math.class : receiver;
        return thrown(() -> InvokerHelper.invokeMethod(owner, name, arguments));
    }

    static @Nullable Object property(Object receiver, String name) {
        Unit unit = receiver instanceof Number ? Units.find(name) : null;
        if (unit != null) {
            return new Quantity(((Number) receiver).doubleValue(), unit);
        }
        Object owner = receiver instanceof MathWords ? Math.class : receiver;
        return thrown(() -> InvokerHelper.getProperty(owner, name));
    }

    static @Nullable Object element(Object receiver, @Nullable Object index) {
        return receiver instanceof Map<?, ?> map
                ? map.get(index)
                : thrown(() -> InvokerHelper.invokeMethod(receiver, "getAt", new Object[] {index}));
    }

    /** The old value, before {@code receiver.key += value} and the like. */
    static @Nullable Object member(Object receiver, @Nullable Object key) {
        return isProperty(receiver, key) ? property(receiver, String.valueOf(key)) : element(receiver, key);
    }

    static void assign(Object receiver, @Nullable Object key, @Nullable Object value) {
        thrown(() -> {
            if (isProperty(receiver, key)) {
                InvokerHelper.setProperty(receiver, String.valueOf(key), value);
            } else {
                InvokerHelper.invokeMethod(receiver, "putAt", new Object[] {key, value});
            }
            return null;
        });
    }

    private static boolean isProperty(Object receiver, @Nullable Object key) {
        return key instanceof CharSequence && !(receiver instanceof Map);
    }

    /** An operator between values that are no quantities. */
    static @Nullable Object operate(String operator, @Nullable Object left, @Nullable Object right) {
        return thrown(() -> switch (operator) {
            case "<" -> ScriptBytecodeAdapter.compareLessThan(left, right);
            case "<=" -> ScriptBytecodeAdapter.compareLessThanEqual(left, right);
            case ">" -> ScriptBytecodeAdapter.compareGreaterThan(left, right);
            case ">=" -> ScriptBytecodeAdapter.compareGreaterThanEqual(left, right);
            case "<=>" -> ScriptBytecodeAdapter.compareTo(left, right);
            case "in" -> InvokerHelper.invokeMethod(right, "isCase", new Object[] {left});
            case "<<" -> InvokerHelper.invokeMethod(left, "leftShift", new Object[] {right});
            default -> InvokerHelper.invokeMethod(left, Operators.method(operator), new Object[] {right});
        });
    }

    static Object range(@Nullable Object from, @Nullable Object to, boolean inclusive) {
        try {
            return ScriptBytecodeAdapter.createRange(from, to, false, !inclusive);
        } catch (Throwable e) { // it declares to throw anything
            throw FullGroovy.<RuntimeException>asItIs(e);
        }
    }

    static Collection<?> values(@Nullable Object any) {
        return DefaultTypeTransformation.asCollection(any);
    }

    /** A name that is neither a word nor a local variable; null when there is nothing of that name. */
    static @Nullable Supplier<@Nullable Object> name(GuardedScript script, String name) {
        if (script.getBinding().hasVariable(name)) {
            return () -> script.getBinding().getVariable(name);
        }
        MetaClass type = InvokerHelper.getMetaClass(script);
        return type.hasProperty(script, name) == null ? null : () -> InvokerHelper.getProperty(script, name);
    }

    /** A call of a name that is neither a word nor a closure; null when there is nothing of that name to call. */
    static @Nullable Supplier<@Nullable Object> call(
            GuardedScript script, String name, List<String> staticImports, Object[] arguments) {
        if (!InvokerHelper.getMetaClass(script).respondsTo(script, name).isEmpty()
                || script.getBinding().hasVariable(name)) {
            return () -> thrown(() -> InvokerHelper.invokeMethod(script, name, arguments));
        }
        for (String type : staticImports) {
            Class<?> imported = found(script, type);
            if (!InvokerHelper.getMetaClass(imported).respondsTo(imported, name).isEmpty()) {
                return () -> invoke(imported, name, arguments);
            }
        }
        return null;
    }

    private static Class<?> found(GuardedScript script, String type) {
        try {
            return Class.forName(type, true, script.getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("imported " + type + " cannot be found", e);
        }
    }

    /** Throws what the called method threw, so that the script can catch it. */
    private static @Nullable Object thrown(Supplier<@Nullable Object> work) {
        try {
            return work.get();
        } catch (InvokerInvocationException e) {
            throw FullGroovy.<RuntimeException>asItIs(e.getCause() == null ? e : e.getCause());
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException asItIs(Throwable failure) throws E {
        throw (E) failure;
    }
}
