package headroom.dsl.build;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a script's experiment spans, as claims look it up; of a script with mistakes, as far as they let one tell.
 *
 * @param points of the sweep, whether they can run or not
 * @param scriptValues the values that the script itself gives each parameter, its variants among them
 * @param overridden parameters that the command line set
 * @param traffics its classes of requests
 * @param uncertain parameters whose values may lack some because of a mistake
 * @param allParameters whether it declares no parameter that a mistake hides
 * @param allTraffics whether it declares no class of requests that a mistake hides
 */
public record Outline(
        List<Setting> points,
        Map<String, List<Object>> scriptValues,
        Set<String> overridden,
        List<Requests> traffics,
        Set<String> uncertain,
        boolean allParameters,
        boolean allTraffics) {

    /**
     * A point before anything is known of it.
     *
     * @param variant empty when the script has none
     * @param values of every parameter
     */
    public record Setting(String label, String variant, Map<String, Object> values) {}

    /**
     * A class of requests.
     *
     * @param promises whether it has an SLO; true when a mistake hides it
     */
    public record Requests(String name, boolean promises) {}
}
