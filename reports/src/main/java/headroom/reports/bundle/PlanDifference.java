package headroom.reports.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.plan.Plan;
import headroom.plan.PlanJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A place at which plans of two bundles differ.
 *
 * @param path of the field, for example {@code deployments[0].quantization.name}
 * @param first value of the first such point; empty where the field is missing
 * @param points matched points that differ there
 */
public record PlanDifference(String path, String first, String second, int points) {
    private static final int MOST_PER_POINT = 5;
    private static final int LONGEST_VALUE = 60;

    /** Differences of one pair of points after another, put together by path. */
    static final class Sum {
        private final ObjectMapper mapper = new ObjectMapper();
        private final Map<String, PlanDifference> byPath = new LinkedHashMap<>();

        void add(@Nullable Plan first, @Nullable Plan second) {
            if (first == null || second == null || first.equals(second)) {
                return; // a point that cannot run differs in its status
            }
            List<PlanDifference> found = new ArrayList<>();
            walk("", tree(first), tree(second), found);
            for (PlanDifference each : found) {
                byPath.merge(
                        each.path,
                        each,
                        (one, more) -> new PlanDifference(one.path, one.first, one.second, one.points + 1));
            }
        }

        List<PlanDifference> all() {
            return List.copyOf(byPath.values());
        }

        private JsonNode tree(Plan plan) {
            try {
                return mapper.readTree(PlanJson.canonicalJson(plan));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("a plan's own JSON cannot be read", impossible);
            }
        }
    }

    private static void walk(String path, JsonNode first, JsonNode second, List<PlanDifference> found) {
        if (found.size() == MOST_PER_POINT || first.equals(second)) {
            return;
        }
        if (first.isObject() && second.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            first.fieldNames().forEachRemaining(names::add);
            second.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                walk(path.isEmpty() ? name : path + "." + name, first.path(name), second.path(name), found);
            }
        } else if (first.isArray() && second.isArray()) {
            for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
                walk(path + "[" + i + "]", first.path(i), second.path(i), found);
            }
        } else {
            found.add(new PlanDifference(path, text(first), text(second), 1));
        }
    }

    private static String text(JsonNode node) {
        String text = node.isMissingNode() ? "" : node.isValueNode() ? node.asText() : node.toString();
        return Printable.of(text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text);
    }
}
