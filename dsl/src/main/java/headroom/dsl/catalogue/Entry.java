package headroom.dsl.catalogue;

import java.util.List;

/** What the catalogue knows under one name. */
public sealed interface Entry permits ModelEntry, HardwareEntry, QuantizationEntry, ServingEngineEntry {
    /** Its names, and where its values come from. */
    Citation citation();

    /** The name under which plans and tables show it. */
    default String name() {
        return citation().name();
    }

    /** Every value that is known, in reading order; what is not known is left out. */
    List<Fact> facts();
}
