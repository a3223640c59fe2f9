package headroom.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code -P} says. */
final class ParameterTexts {
    private ParameterTexts() {}

    /**
     * Values by parameter, in the order given.
     *
     * @throws UserMistake when one is not of the form {@code NAME=VALUE[,VALUE...]}, or a name is there twice
     */
    static Map<String, List<String>> of(List<String> parameters) {
        Map<String, List<String>> overrides = new LinkedHashMap<>();
        for (String text : parameters) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals).strip();
            List<String> values = equals < 0 ? List.of() : values(text.substring(equals + 1));
            if (name.isEmpty() || values.stream().anyMatch(String::isEmpty)) {
                throw new UserMistake("-P " + text + " is not of the form NAME=VALUE or NAME=VALUE,VALUE;"
                        + " write for example -P users=10,50");
            }
            if (overrides.putIfAbsent(name, values) != null) {
                throw new UserMistake("-P sets '" + name + "' twice; give all its values at once, as in -P " + name
                        + "=" + String.join(",", overrides.get(name)) + "," + String.join(",", values));
            }
        }
        return overrides;
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
                value.append(',');
                i++;
            } else if (c == ',') {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }
}
