package headroom.dsl.catalogue;

import java.time.LocalDate;
import java.util.List;

/** What the catalogue knows under one name. */
public sealed interface Entry permits ModelEntry, HardwareEntry, QuantizationEntry, ServingEngineEntry {
    /** The name under which plans and tables show it. */
    String name();

    /** Other names that find it. */
    List<String> aliases();

    /** Where its values were published. */
    String source();

    /** The day on which the source was read. */
    LocalDate asOf();

    /** How solid the values are. */
    Confidence confidence();

    /** Every value that is known, in reading order; what is not known is left out. */
    List<Fact> facts();
}
