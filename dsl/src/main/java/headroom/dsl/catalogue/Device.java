package headroom.dsl.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What a profile needs to know of a device.
 *
 * @param efficiencyAs device whose measured kernels stand for its own; empty for none
 * @param collectivesAs device whose measured collectives stand for its own; empty for none
 * @param linkBytesPerSec one direction of the link that joins the tensor-parallel group; null for PCIe
 * @param hop what joins the stages of a pipeline
 * @param linkOverMeasured its link over that of the device whose collectives it takes; 1 unless a script says otherwise
 * @param graceHost whether its host is a Grace, not an x86 processor
 * @param fp8Speedup fp8 peak over 16-bit peak; null when it has no fp8 unit
 */
record Device(
        String name,
        String family,
        String efficiencyAs,
        String collectivesAs,
        @Nullable Double linkBytesPerSec,
        Hop hop,
        double linkOverMeasured,
        boolean graceHost,
        @Nullable Double fp8Speedup) {

    /** The slowest of the connections between the stages of one replica. */
    enum Hop {
        LINK,
        PCIE,
        NETWORK
    }
}
