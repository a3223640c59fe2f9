package headroom.dsl.catalogue;

import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.SchedulerSpec;
import headroom.plan.serving.WindowsSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A serving engine's release, whose fitted constants make profiles. */
public final class ServingEngineEntry implements Entry {
    private static final Columns COLUMNS = new Columns()
            .with("release", "release")
            .with("calibrated_families", "calibrated on")
            .with("lender", "constants that it has none of are those of")
            .with("lag_steps", "scheduling lag", "steps")
            .with("memory_share", "share of device memory")
            .with("share_of", "share of what")
            .with("activation_bytes", "activations and workspace", "B")
            .with("block_tokens", "KV block", "tokens")
            .with("watermark", "blocks left free at admission", "share")
            .with("batching", "batching")
            .with("graph_sizes", "CUDA graphs that steps are filled up to", "tokens")
            .with("cache_allocation", "KV blocks given")
            .with("kv_windows", "kept for layers with a sliding window")
            .with("handover_ms", "pools agree on a KV cache in", "ms")
            .with("batching_notes", "batching, in words");

    private final Row row;

    ServingEngineEntry(Row row) {
        this.row = row;
    }

    /** Steps that a new request waits beyond the running one: 1 for asynchronous schedulers, else 0. */
    public int lagSteps() {
        return row.whole("lag_steps");
    }

    /** When it gives KV blocks to a sequence. */
    public AllocationSpec allocation() {
        String way = row.text("cache_allocation");
        return switch (way) {
            case "on-demand" -> AllocationSpec.onDemand();
            case "whole-answer" -> new AllocationSpec.WholeAnswer(null);
            default -> throw new IllegalStateException("no way to give KV blocks is called '" + way + "'");
        };
    }

    /** What it keeps for layers with a sliding window, as it starts by default. */
    public WindowsSpec windows() {
        List<String> way = row.words("kv_windows");
        String kind = way.isEmpty() ? "whole" : way.get(0);
        return switch (kind) {
            case "whole" -> new WindowsSpec.Whole();
            case "shared" -> new WindowsSpec.Shared();
            case "apart" -> new WindowsSpec.Apart(Double.parseDouble(way.get(1)));
            default -> throw new IllegalStateException("no way to keep windows is called '" + kind + "'");
        };
    }

    /** Tokens of the CUDA graphs to which it fills up steps without prompts: numbers, and ranges such as {@code 8-512/8}. */
    public List<Integer> graphSizes() {
        List<Integer> sizes = new ArrayList<>();
        for (String word : row.words("graph_sizes")) {
            String[] range = word.split("[-/]", -1);
            int first = Integer.parseInt(range[0]);
            int last = range.length == 3 ? Integer.parseInt(range[1]) : first;
            int step = range.length == 3 ? Integer.parseInt(range[2]) : 1;
            for (int size = first; size <= last; size += step) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    /** Seconds that separate pools for prefill and decode take to agree on handing over a KV cache, beside its transfer. */
    public double handoverSeconds() {
        Double ms = row.number("handover_ms");
        return ms == null ? 0 : ms / 1000;
    }

    /** How it fills a step, with its polling on one family of devices. */
    SchedulerSpec scheduler(FittedConstants fitted) {
        String way = row.text("batching");
        return switch (way) {
            case "decode-first" -> new SchedulerSpec.DecodeFirst();
            case "whole-prompts" -> new SchedulerSpec.WholePrompts();
            case "prefill-first" ->
                new SchedulerSpec.PrefillFirst(
                        (int) fitted.value("poll_steps"), (int) fitted.value("poll_busy_from"), (int)
                                fitted.value("poll_steps_busy"));
            default -> throw new IllegalStateException("no way to fill a step is called '" + way + "'");
        };
    }

    /** Share of the device's memory that it takes by default, or null when it counts otherwise. */
    public @Nullable Double memoryShare() {
        return row.number("memory_share");
    }

    /** Whether that is a share of what weights and activations leave. */
    public boolean shareOfRest() {
        return row.text("share_of").equals("rest");
    }

    /** Bytes of one device that it keeps for activations, or null when not known. */
    public @Nullable Double activationBytes() {
        return row.number("activation_bytes");
    }

    String release() {
        return row.text("release");
    }

    /** Families of devices on which its constants were fitted. */
    public List<String> calibratedFamilies() {
        return row.words("calibrated_families");
    }

    /** The engine whose constants stand where it has none of its own; null for the first lender of all. */
    @Nullable
    String lender() {
        String name = row.text("lender");
        return name.isEmpty() ? null : name;
    }

    @Override
    public Citation citation() {
        return row.citation();
    }

    @Override
    public List<Fact> facts() {
        return List.copyOf(COLUMNS.facts(row));
    }

    /** The engine whose measured kernels stand for its own. */
    String kernelsOf() {
        return row.text("kernels_of");
    }
}
