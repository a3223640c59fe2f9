package headroom.dsl.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one part of a sweep tries: settings of one or more parameters, in order. The points of an experiment are all
 * combinations of a setting of each factor.
 *
 * @param parameters at least one, each in every setting
 * @param settings at least one, all different
 */
record Factor(List<String> parameters, List<Map<String, Object>> settings) {
    Factor {
        parameters = List.copyOf(parameters);
        settings = List.copyOf(settings);
    }

    /** Each value of one parameter. */
    static Factor of(Axis axis) {
        List<Map<String, Object>> settings = new ArrayList<>();
        for (Object value : axis.values()) {
            settings.add(Map.of(axis.parameter(), value));
        }
        return new Factor(List.of(axis.parameter()), settings);
    }

    /** These settings, each once. */
    static Factor distinct(List<String> parameters, List<Map<String, Object>> settings) {
        return new Factor(parameters, new ArrayList<>(new LinkedHashSet<>(settings)));
    }

    /** Without a parameter that the command line took over. */
    Factor without(String parameter) {
        List<String> rest =
                parameters.stream().filter(name -> !name.equals(parameter)).toList();
        List<Map<String, Object>> shorter = new ArrayList<>();
        for (Map<String, Object> setting : settings) {
            Map<String, Object> copy = new LinkedHashMap<>(setting);
            copy.remove(parameter);
            shorter.add(copy);
        }
        return distinct(rest, shorter);
    }

    /** The different values of one parameter, in order of first use. */
    List<Object> values(String parameter) {
        LinkedHashSet<Object> values = new LinkedHashSet<>();
        settings.forEach(setting -> values.add(Objects.requireNonNull(setting.get(parameter))));
        return new ArrayList<>(values);
    }

    /** How messages call it. */
    String name() {
        return "sweep " + String.join(", ", parameters) + ":";
    }
}
