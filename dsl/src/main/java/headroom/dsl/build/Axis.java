package headroom.dsl.build;

import java.util.List;

/**
 * A parameter that is swept.
 *
 * @param values at least one, all different; text, numbers or booleans
 */
record Axis(String parameter, List<Object> values) {
    Axis {
        values = List.copyOf(values);
    }
}
