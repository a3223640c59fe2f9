package headroom.dsl.catalogue;

import headroom.plan.model.ModelSpec;
import headroom.plan.model.ParameterCount;
import java.util.ArrayList;
import java.util.List;

/** The catalogue as text for a terminal. */
final class Listing {
    private Listing() {}

    static String list(Kind kind, List<Entry> entries) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading(kind));
        entries.forEach(entry -> rows.add(line(entry)));
        return Texts.aligned(rows);
    }

    static String show(Kind kind, Entry entry) {
        List<List<String>> rows = new ArrayList<>();
        for (Fact fact : entry.facts()) {
            String value = fact.unit().isEmpty() ? fact.value() : fact.value() + " " + fact.unit();
            String origin = fact.origin().isEmpty() ? "" : "  (" + fact.origin() + ")";
            rows.add(List.of("  " + fact.label(), value + origin));
        }
        if (!entry.citation().aliases().isEmpty()) {
            rows.add(List.of("  also called", String.join(", ", entry.citation().aliases())));
        }
        rows.add(List.of("  source", entry.citation().source()));
        rows.add(List.of("  as of", entry.citation().asOf().toString()));
        rows.add(List.of("  confidence", entry.citation().confidence().toString()));
        return kind.entry() + " " + entry.name() + "\n" + Texts.aligned(rows);
    }

    private static List<String> heading(Kind kind) {
        return switch (kind) {
            case MODELS -> List.of("MODEL", "PARAMETERS", "LAYERS", "CONTEXT", "NATIVE", "CONFIDENCE", "ALSO CALLED");
            case HARDWARE ->
                List.of("HARDWARE", "MEMORY", "BANDWIDTH", "16-BIT PEAK", "TDP", "CONFIDENCE", "ALSO CALLED");
            case QUANTIZATIONS ->
                List.of("QUANTIZATION", "WEIGHT BITS", "KV BITS", "MULTIPLIES IN", "CONFIDENCE", "ALSO CALLED");
            case ENGINES -> List.of("ENGINE", "RELEASE", "CALIBRATED ON", "CONFIDENCE", "ALSO CALLED");
        };
    }

    private static List<String> line(Entry entry) {
        List<String> cells = new ArrayList<>();
        cells.add(entry.name());
        cells.addAll(middle(entry));
        cells.add(entry.citation().confidence().toString());
        cells.add(String.join(", ", entry.citation().aliases()));
        return cells;
    }

    private static List<String> middle(Entry entry) {
        if (entry instanceof HardwareEntry device) {
            Row row = device.row();
            return List.of(
                    with(row.text("memory_GB"), "GB"),
                    with(row.text("memory_bandwidth_GBps"), "GB/s"),
                    with(
                            row.has("peak_bf16_TFLOPs") ? row.text("peak_bf16_TFLOPs") : row.text("peak_fp16_TFLOPs"),
                            "TFLOP/s"),
                    with(row.text("tdp_W"), "W"));
        } else if (entry instanceof ModelEntry model) {
            return model(model);
        } else if (entry instanceof QuantizationEntry format) {
            Row row = format.row();
            return List.of(
                    row.has("weight_bits") ? row.text("weight_bits") : "-",
                    row.text("kv_cache_bits"),
                    format.kvCacheOnly() ? "-" : row.text("multiply_type"));
        } else if (entry instanceof ServingEngineEntry engine) {
            return List.of(engine.release(), String.join(", ", engine.calibratedFamilies()));
        }
        throw new IllegalStateException("no listing for " + entry.name());
    }

    private static List<String> model(ModelEntry entry) {
        if (entry.fixedWork()) {
            return List.of(with(entry.row().text("weights_M"), "M"), "-", "-", "fixed work");
        }
        ModelSpec spec = entry.spec();
        return List.of(
                Texts.number(ParameterCount.of(spec).total() / 1e9) + " B",
                String.valueOf(spec.layers()),
                String.valueOf(spec.contextLimitTokens()),
                entry.nativeFormat());
    }

    private static String with(String value, String unit) {
        return value.isEmpty() ? "-" : value + " " + unit;
    }
}
