package headroom.dsl.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fitted constants of one serving engine on one device family for one model: the engine's on that family, then on
 * all generations of it (cdna for cdna3), then on any, then those of its lenders likewise, the last of which is vLLM,
 * then those common to all. It remembers which it gave out.
 */
final class FittedConstants {
    private static final String ANY = "any";
    private static final Pattern GENERATION = Pattern.compile("[0-9]+$");

    private final KeyedRows table;
    private final List<String> owners;
    private final List<String> places;
    private final boolean latentAttention;
    private final Map<String, Double> replaced;
    private final List<Fact> used = new ArrayList<>();

    /**
     * @param owners the engine and those that lend to it, in the order in which they are asked
     * @param replaced constants that a script states itself, by name
     */
    FittedConstants(
            KeyedRows table,
            List<String> owners,
            String family,
            boolean latentAttention,
            Map<String, Double> replaced) {
        this.replaced = replaced;
        this.table = table;
        this.owners = List.copyOf(owners);
        this.places = List.of(family, GENERATION.matcher(family).replaceFirst(""), ANY);
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
        for (String owner : owners) {
            Row row = findOf(owner, constant);
            if (row != null) {
                return row;
            }
        }
        Row common = findOf(ANY, constant);
        if (common == null) {
            throw new IllegalStateException("profiles.csv has no " + constant + " for " + owners);
        }
        return common;
    }

    private @Nullable Row findOf(String owner, String constant) {
        for (String place : places) {
            Row row = find(owner, place, constant);
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    private @Nullable Row find(String owner, String place, String constant) {
        Row latent = latentAttention ? table.find(owner, place, constant, "latent-attention") : null;
        return latent == null ? table.find(owner, place, constant, "") : latent;
    }
}
