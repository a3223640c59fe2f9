package headroom.dsl.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fitted constants of one serving engine on one device family for one model: the engine's on that family, then the
 * engine's, then vLLM's on that family, then vLLM's, then those common to all. It remembers which it gave out.
 */
final class FittedConstants {
    private static final String ANY = "any";
    private static final String LENDER = "vllm";

    private final KeyedRows table;
    private final String engine;
    private final String family;
    private final boolean latentAttention;
    private final Map<String, Double> replaced;
    private final List<Fact> used = new ArrayList<>();

    /**
     * @param replaced constants that a script states itself, by name
     */
    FittedConstants(
            KeyedRows table, String engine, String family, boolean latentAttention, Map<String, Double> replaced) {
        this.replaced = replaced;
        this.table = table;
        this.engine = engine;
        this.family = family;
        this.latentAttention = latentAttention;
    }

    double value(String constant) {
        Row row = find(constant);
        Double stated = replaced.get(constant);
        if (stated != null) {
            String unit = row.text("unit").equals("1") ? "" : row.text("unit");
            used.add(Fact.of(constant.replace('_', ' '), stated, unit, "the script"));
            return stated;
        }
        double value = row.needed("value");
        String from = row.text("serving_engine") + (row.text("family").equals(ANY) ? "" : " on " + row.text("family"));
        used.add(new Fact(
                constant.replace('_', ' '),
                row.text("value"),
                row.text("unit").equals("1") ? "" : row.text("unit"),
                from + ": " + row.source() + "; " + row.confidence() + " confidence"));
        return value;
    }

    /** The constant in seconds. */
    double seconds(String constant) {
        return value(constant) * (find(constant).text("unit").equals("ms") ? 1e-3 : 1e-6);
    }

    /** The constants given out so far, in order. */
    List<Fact> used() {
        return List.copyOf(used);
    }

    private Row find(String constant) {
        for (String owner : List.of(engine, LENDER, ANY)) {
            for (String place : List.of(family, ANY)) {
                Row row = find(owner, place, constant);
                if (row != null) {
                    return row;
                }
            }
        }
        throw new IllegalStateException("profiles.csv has no " + constant + " for " + engine);
    }

    private @Nullable Row find(String owner, String place, String constant) {
        Row latent = latentAttention ? table.find(owner, place, constant, "latent-attention") : null;
        return latent == null ? table.find(owner, place, constant, "") : latent;
    }
}
