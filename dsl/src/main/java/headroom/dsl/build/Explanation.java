package headroom.dsl.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.plan.Experiment;
import headroom.plan.PlanJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** Evaluates a point once more and tells where each value of its plan came from. */
public final class Explanation {
    /** Takes the values of a plan in the order of its canonical JSON. */
    public interface Listener {
        /** One value: its path, the value as JSON writes it, and its origin. */
        void value(String path, String value, String origin);
    }

    private final Origin origin;
    private final Factors factors;
    private final Pass discovery;

    Explanation(Origin origin, Factors factors, Pass discovery) {
        this.origin = origin;
        this.factors = factors;
        this.discovery = discovery;
    }

    /** Tells everything about a point that was evaluated without mistakes. */
    public void tell(Experiment.Point point, Listener listener) {
        String variant = point.variant().isEmpty() ? null : point.variant();
        Pass pass = new Pass(origin, variant, new LinkedHashMap<>(point.values()), discovery.frozen());
        pass.run();
        for (Map.Entry<String, Object> value : point.values().entrySet()) {
            listener.value("param " + value.getKey(), Parameters.text(value.getValue()), givenBy(value.getKey()));
        }
        if (pass.skipped() != null) {
            return;
        }
        try {
            walk(new ObjectMapper().readTree(PlanJson.canonicalJson(pass.plan())), "", pass.origins(), listener);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan's own JSON could not be read", e);
        }
    }

    private String givenBy(String parameter) {
        if (!factors.swept(parameter).isEmpty()) {
            return "sweep";
        }
        return discovery.parameters().overridden(parameter).isEmpty() ? "its default" : "command line";
    }

    private static void walk(JsonNode node, String path, Origins origins, Listener listener) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> walk(
                            field.getValue(),
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                            origins,
                            listener));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), path + "[" + i + "]", origins, listener);
            }
        } else {
            listener.value(path, node.isNull() ? "not stated" : node.asText(), origins.of(path));
        }
    }
}
