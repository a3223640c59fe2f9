package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;

/** What makes the points of an experiment: its variants, and the factors of its sweeps as the command line left them. */
final class Factors {
    /** Nobody waits for more, and their plans would not fit memory. */
    private static final long MOST_POINTS = 1_000_000;

    static final String VARIANT = "variant";

    private final Pass discovery;
    private final Findings findings;
    private final List<String> variants = new ArrayList<>();
    private final List<Factor> factors = new ArrayList<>();

    /** Of a script that was evaluated with its defaults; mistakes go to {@code findings}. */
    Factors(Pass discovery, Findings findings, Map<String, List<String>> overrides) {
        this.discovery = discovery;
        this.findings = findings;
        chooseVariants(overrides.getOrDefault(VARIANT, List.of()));
        chooseFactors();
        limitNumber();
    }

    private void chooseVariants(List<String> chosen) {
        List<String> names = discovery.variants().names();
        String baseline = discovery.frozen().text("baseline");
        if (names.contains(baseline)) {
            variants.add(baseline);
        }
        names.stream().filter(name -> !name.equals(baseline)).forEach(variants::add);
        for (String name : chosen) {
            if (!names.isEmpty() && !names.contains(name)) {
                findings.add(
                        0,
                        "-P variant=" + name + ": the script has no such variant",
                        "the variants are " + String.join(", ", names));
            }
        }
        if (!chosen.isEmpty()) {
            variants.retainAll(chosen);
        }
    }

    private void chooseFactors() {
        Parameters parameters = discovery.parameters();
        Set<String> placed = new LinkedHashSet<>();
        for (Factor factor : discovery.frozen().factors()) {
            if (factor.parameters().size() == 1) {
                String name = factor.parameters().get(0);
                placed.add(name);
                List<Object> given = parameters.overridden(name);
                if (given.isEmpty()) {
                    checkValues(factor);
                    factors.add(factor);
                } else if (given.size() > 1) {
                    factors.add(Factor.of(new Axis(name, given)));
                }
                continue;
            }
            Factor left = factor;
            for (String name : factor.parameters()) {
                left = parameters.overridden(name).isEmpty() ? left : left.without(name);
            }
            if (!left.parameters().isEmpty()) {
                checkValues(left);
                factors.add(left);
            }
        }
        for (Declared parameter : parameters.all()) {
            List<Object> given = parameters.overridden(parameter.name());
            if (given.size() > 1 && placed.add(parameter.name())) {
                factors.add(Factor.of(new Axis(parameter.name(), given)));
            }
        }
    }

    private void checkValues(Factor factor) {
        int place = discovery.frozen().place(factor.name());
        for (Declared parameter : discovery.parameters().all()) {
            String name = parameter.name();
            if (!factor.parameters().contains(name)) {
                continue;
            }
            for (Object value : factor.values(name)) {
                String objection = parameter.limits().objection(value);
                if (!Parameters.sameKind(parameter.byDefault(), value)) {
                    findings.add(
                            place,
                            "sweep " + name + ": has " + Accepts.describe(value) + ", but the default is "
                                    + Accepts.describe(parameter.byDefault()),
                            "give all values the kind of the default");
                } else if (objection != null) {
                    findings.add(
                            place,
                            "sweep " + name + ": has " + Parameters.text(value) + ", but '" + name + "' " + objection,
                            "");
                }
            }
        }
    }

    private void limitNumber() {
        double count = Math.max(1, variants.size());
        for (Factor factor : factors) {
            count *= factor.settings().size();
        }
        if (count > MOST_POINTS) {
            findings.add(
                    discovery.frozen().place(factors.get(0).name()),
                    String.format(Locale.ROOT, "the sweep has %,.0f points; %,d are the most", count, MOST_POINTS),
                    "give fewer values");
        }
    }

    /**
     * One combination: the label, and the values of what is swept.
     *
     * @param index of the setting of each factor
     */
    Outline.Setting setting(String variant, int[] index) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringJoiner label = new StringJoiner(" ");
        if (!variant.isEmpty()) {
            label.add("variant=" + variant);
        }
        for (int i = 0; i < index.length; i++) {
            Factor factor = factors.get(i);
            Map<String, Object> setting = factor.settings().get(index[i]);
            for (String name : factor.parameters()) {
                Object value = Objects.requireNonNull(setting.get(name));
                values.put(name, value);
                label.add(name + "=" + Parameters.text(value));
            }
        }
        return new Outline.Setting(label.length() == 0 ? "all" : label.toString(), variant, values);
    }

    /** Goes on to the next combination, in which the last factor turns fastest; false when there is none. */
    boolean next(int[] index) {
        for (int i = index.length - 1; i >= 0; i--) {
            if (++index[i] < factors.get(i).settings().size()) {
                return true;
            }
            index[i] = 0;
        }
        return false;
    }

    /** Alternatives in order, the baseline first; empty when the script names none. */
    List<String> variants() {
        return variants;
    }

    List<Factor> all() {
        return factors;
    }

    /** Values that the script itself gives each parameter, and its variants where it has some. */
    Map<String, List<Object>> scriptValues() {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        List<String> names = discovery.variants().names();
        if (!names.isEmpty()) {
            values.put(VARIANT, List.copyOf(names));
        }
        for (Declared parameter : discovery.parameters().all()) {
            List<Object> own = new ArrayList<>();
            discovery.frozen().factors().stream()
                    .filter(factor -> factor.parameters().contains(parameter.name()))
                    .forEach(factor -> own.addAll(factor.values(parameter.name())));
            values.put(parameter.name(), own.isEmpty() ? List.of(parameter.byDefault()) : own);
        }
        return values;
    }

    /** The values that a parameter takes; none when it is not swept. */
    List<Object> swept(String parameter) {
        return factors.stream()
                .filter(factor -> factor.parameters().contains(parameter))
                .findFirst()
                .map(factor -> factor.values(parameter))
                .orElse(List.of());
    }
}
