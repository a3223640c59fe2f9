package headroom.reports.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.plan.Experiment;
import headroom.plan.Plan;
import headroom.plan.ReportSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code experiment.json}: everything of an experiment but its plans, which it names by their files. With them a bundle can
 * be run again without its script.
 */
final class ExperimentJson {
    /** More digits or zeros than any figure needs; printing a number with a billion zeros would fill the memory. */
    private static final int MOST_SCALE = 400;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper READER = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ExperimentJson() {}

    static String of(Experiment experiment) {
        ObjectNode root = NODES.objectNode();
        root.put("title", experiment.title());
        root.put("question", experiment.question());
        root.put("replications", experiment.replications());
        root.put("seed", experiment.seed());
        ArrayNode parameters = root.putArray("parameters");
        for (Experiment.Parameter parameter : experiment.parameters()) {
            ObjectNode node = parameters.addObject();
            node.put("name", parameter.name());
            node.put("description", parameter.description());
            node.set("defaultValue", value(parameter.defaultValue()));
            ArrayNode swept = node.putArray("swept");
            parameter.swept().forEach(each -> swept.add(value(each)));
        }
        ArrayNode points = root.putArray("points");
        for (int i = 0; i < experiment.points().size(); i++) {
            Experiment.Point point = experiment.points().get(i);
            ObjectNode node = points.addObject();
            node.put("label", point.label());
            node.put("variant", point.variant());
            ObjectNode values = node.putObject("values");
            point.values().forEach((name, each) -> values.set(name, value(each)));
            node.put("plan", point.plan() == null ? null : BundleFiles.planName(i, point));
            point.refusals().forEach(node.putArray("refusals")::add);
        }
        experiment.claims().forEach(root.putArray("claims")::add);
        ObjectNode report = root.putObject("report");
        report.put("compareBy", experiment.report().compareBy());
        report.put("over", experiment.report().over());
        experiment.report().pareto().forEach(report.putArray("pareto")::add);
        report.put("baseline", experiment.report().baseline());
        if (experiment.report().sensitivityAt() != null) {
            report.put("sensitivityAt", experiment.report().sensitivityAt());
        }
        return Manifest.text(root);
    }

    /**
     * Reads an experiment back.
     *
     * @param plans the plan of a file that a point names
     * @throws IllegalArgumentException when the text is no experiment
     */
    static Experiment read(String json, Function<String, Plan> plans) {
        JsonNode root;
        try {
            root = READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        List<Experiment.Parameter> parameters = new ArrayList<>();
        for (JsonNode node : array(root, "parameters")) {
            parameters.add(new Experiment.Parameter(
                    text(node, "name"),
                    text(node, "description"),
                    value(field(node, "defaultValue")),
                    values(array(node, "swept"))));
        }
        List<Experiment.Point> points = new ArrayList<>();
        for (JsonNode node : array(root, "points")) {
            Map<String, Object> values = new LinkedHashMap<>();
            field(node, "values").properties().forEach(each -> values.put(each.getKey(), value(each.getValue())));
            String plan = optional(node, "plan");
            points.add(new Experiment.Point(
                    text(node, "label"),
                    text(node, "variant"),
                    values,
                    plan == null ? null : plans.apply(plan),
                    texts(array(node, "refusals"))));
        }
        JsonNode report = field(root, "report");
        return new Experiment(
                text(root, "title"),
                text(root, "question"),
                parameters,
                points,
                field(root, "replications").intValue(),
                field(root, "seed").longValue(),
                texts(array(root, "claims")),
                new ReportSpec(
                        optional(report, "compareBy"),
                        optional(report, "over"),
                        texts(array(report, "pareto")),
                        optional(report, "baseline"),
                        report.has("sensitivityAt") ? text(report, "sensitivityAt") : null));
    }

    private static JsonNode value(Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return NODES.numberNode(new BigInteger(value.toString()));
        }
        if (value instanceof BigDecimal decimal) {
            return DecimalNode.valueOf(decimal);
        }
        if (value instanceof Number number) {
            return NODES.numberNode(number.doubleValue());
        }
        return value instanceof Boolean yes ? NODES.booleanNode(yes) : NODES.textNode(value.toString());
    }

    private static Object value(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.canConvertToInt()
                    ? (Object) node.intValue()
                    : node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
        }
        if (node.isNumber()) {
            BigDecimal decimal = node.decimalValue();
            if (Math.abs((long) decimal.scale()) > MOST_SCALE) {
                throw new IllegalArgumentException("a parameter has a value of more than " + MOST_SCALE + " places");
            }
            return decimal;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        throw new IllegalArgumentException("a parameter's value is neither text, number nor boolean");
    }

    private static List<Object> values(JsonNode array) {
        List<Object> values = new ArrayList<>();
        array.forEach(node -> values.add(value(node)));
        return values;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    static JsonNode array(JsonNode node, String name) {
        JsonNode array = field(node, name);
        if (!array.isArray()) {
            throw new IllegalArgumentException("'" + name + "' is not a list");
        }
        return array;
    }

    static String text(JsonNode node, String name) {
        JsonNode text = field(node, name);
        if (!text.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' is not text");
        }
        return text.textValue();
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return field(node, name).isNull() ? null : text(node, name);
    }

    static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return field;
    }
}
