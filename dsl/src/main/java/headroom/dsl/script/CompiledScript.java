package headroom.dsl.script;

import groovy.lang.Binding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * A script, compiled once, of which every evaluation makes an instance; and what the rewriting learnt about places that
 * the running script need not carry.
 */
public final class CompiledScript {
    private static final Object SUBTRACTED = new Object();

    private final Map<Integer, Map<Object, Integer>> argumentPlaces = new LinkedHashMap<>();
    private final Map<Integer, List<String>> visibleNames = new LinkedHashMap<>();
    private final Set<String> methods = new LinkedHashSet<>();
    private final List<String> staticImports = new ArrayList<>();
    private final ScriptRules rules;
    private final Budget budget;
    private @Nullable Class<?> type;

    CompiledScript(ScriptRules rules) {
        this.rules = rules;
        this.budget = new Budget(rules.limits(), System::nanoTime);
    }

    /** What it is held to; what it includes is held to the same. */
    public ScriptRules rules() {
        return rules;
    }

    /** What its evaluations may use. */
    Budget budget() {
        return budget;
    }

    void compiledTo(Class<?> newType) {
        this.type = newType;
    }

    GuardedScript instance() {
        if (type == null) {
            throw new IllegalStateException("script is not compiled");
        }
        return (GuardedScript) InvokerHelper.createScript(type, new Binding());
    }

    /** Takes over the places of another script, whose lines are numbered on after those of this one. */
    public void adopt(CompiledScript included) {
        argumentPlaces.putAll(included.argumentPlaces);
        visibleNames.putAll(included.visibleNames);
    }

    /** A class whose static members a trusted script imports. */
    void staticImport(String type) {
        staticImports.add(type);
    }

    List<String> staticImports() {
        return staticImports;
    }

    void method(String name) {
        methods.add(name);
    }

    Set<String> methods() {
        return methods;
    }

    /** The key under which the place of an argument's name, rather than of its value, is kept. */
    static Object nameOf(Object argument) {
        return "name of " + argument;
    }

    void argument(int call, Object key, int place) {
        argumentPlaces.computeIfAbsent(call, c -> new LinkedHashMap<>()).put(key, place);
    }

    /** Place of an argument, given by name or by index, of a call; of the call itself when that is unknown. */
    int argumentPlace(int call, @Nullable Object key) {
        Map<Object, Integer> places = argumentPlaces.get(call);
        return places == null || key == null ? call : places.getOrDefault(key, call);
    }

    /** Notes a name from which something is subtracted: behind a word that was hardly meant. */
    void noteSubtraction(BinaryExpression binary) {
        if (binary.getOperation().getText().equals("-")
                && binary.getLeftExpression() instanceof VariableExpression name) {
            argument(Rewriter.placeOf(name), SUBTRACTED, Rewriter.placeOf(binary.getRightExpression()));
        }
    }

    boolean subtracted(int name) {
        return argumentPlace(name, SUBTRACTED) != name;
    }

    void visible(int place, List<String> names) {
        visibleNames.put(place, List.copyOf(names));
    }

    List<String> visible(int place) {
        return visibleNames.getOrDefault(place, List.of());
    }
}
