package headroom.dsl.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A serving engine's release, whose fitted constants make profiles. */
public final class ServingEngineEntry implements Entry {
    private static final Columns COLUMNS = new Columns()
            .with("release", "release")
            .with("calibrated_families", "calibrated on")
            .with("lag_steps", "scheduling lag", "steps")
            .with("memory_share", "share of device memory")
            .with("activation_bytes", "activations and workspace", "B")
            .with("block_tokens", "KV block", "tokens")
            .with("watermark", "blocks left free at admission", "share")
            .with("batching", "batching");

    private final Row row;

    ServingEngineEntry(Row row) {
        this.row = row;
    }

    /** Steps that a new request waits beyond the running one: 1 for asynchronous schedulers, else 0. */
    public int lagSteps() {
        return row.whole("lag_steps");
    }

    /** Share of the device's memory that it takes by default, or null when it counts otherwise. */
    public @Nullable Double memoryShare() {
        return row.number("memory_share");
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
