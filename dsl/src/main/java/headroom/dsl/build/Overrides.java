package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the command line says about parameters, read into their types once for all points. */
final class Overrides {
    private final Map<String, List<String>> texts;
    private final Map<String, List<Object>> values = new LinkedHashMap<>();

    Overrides(Map<String, List<String>> texts) {
        this.texts = texts;
    }

    Map<String, List<String>> texts() {
        return texts;
    }

    /** Values of the kind of {@code byDefault}; empty when the command line says nothing. */
    List<Object> values(String name, Object byDefault) {
        if (!texts.containsKey(name)) {
            return List.of();
        }
        List<Object> known = values.get(name);
        if (known != null) {
            return known;
        }
        Set<Object> read = new LinkedHashSet<>();
        for (String text : texts.getOrDefault(name, List.of())) {
            Object value = parse(text, byDefault);
            if (value == null) {
                throw new Mistake(
                        "-P " + name + "=" + text + " does not fit: '" + name + "' is " + Accepts.describe(byDefault)
                                + " by default",
                        byDefault instanceof Number ? "give a number" : "give true or false",
                        0);
            }
            if (!read.add(value)) {
                throw new Mistake("-P " + name + " has " + text + " twice", "give it once", 0);
            }
        }
        List<Object> list = new ArrayList<>(read);
        values.put(name, list);
        return list;
    }

    private static @Nullable Object parse(String text, Object byDefault) {
        if (byDefault instanceof Boolean) {
            boolean known = text.equals("true") || text.equals("false");
            return known ? Boolean.valueOf(text) : null;
        }
        if (!(byDefault instanceof Number)) {
            return text;
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return number.scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                    ? (Object) number.intValueExact()
                    : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
