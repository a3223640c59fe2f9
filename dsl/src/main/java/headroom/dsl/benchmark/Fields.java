package headroom.dsl.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of a JSON object by path; what is missing or of another type is remembered, to be told together. */
final class Fields {
    private final JsonNode root;
    private final Cells cells;
    private final String tool;
    private final List<String> missing = new ArrayList<>();

    Fields(JsonNode root, Cells cells, String tool) {
        this.root = root;
        this.cells = cells;
        this.tool = tool;
    }

    /** The first of some fields that is there; a missing node when none is. */
    JsonNode first(String... paths) {
        for (String path : paths) {
            JsonNode node = at(path);
            if (!node.isMissingNode() && !node.isNull()) {
                return node;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private JsonNode at(String path) {
        return root.at("/" + path);
    }

    /** A number that may be missing; not a number (NaN) is missing, too. */
    @Nullable
    BigDecimal number(String... paths) {
        JsonNode node = first(paths);
        if (node.isMissingNode()) {
            return null;
        }
        if (node.isNumber()) {
            boolean told = (!node.isDouble() && !node.isFloat()) || Double.isFinite(node.doubleValue());
            return told ? node.decimalValue() : null;
        }
        cells.problem("has " + paths[0].replace('/', '.') + " = " + node + ", which is no number");
        return null;
    }

    /** A number that must be there. */
    @Nullable
    BigDecimal needed(String path) {
        JsonNode node = at(path);
        if (node.isMissingNode() || node.isNull()) {
            missing.add(path.replace('/', '.'));
            return null;
        }
        return number(path);
    }

    /** Fills a column when the field is there. */
    void fill(String column, String path) {
        fill(column, path, BigDecimal.ONE);
    }

    void fill(String column, String path, BigDecimal factor) {
        BigDecimal value = number(path);
        if (value != null) {
            cells.number(column, value.multiply(factor));
        }
    }

    /** Fills a column from a field that must be there. */
    void fillNeeded(String column, String path) {
        BigDecimal value = needed(path);
        if (value != null) {
            cells.number(column, value);
        }
    }

    /** Tells all fields that must be there and are not. */
    void tellMissing() {
        if (!missing.isEmpty()) {
            cells.problem("lacks " + String.join(", ", missing) + ", which a result of " + tool + " has");
        }
    }
}
