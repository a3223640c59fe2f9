package headroom.dsl.catalogue;

/** How well a value is known. */
public enum Confidence {
    /** Two independent places agree, or primary data. */
    HIGH,
    /** One good place, or a fit over many rows. */
    MEDIUM,
    /** Derived, assumed, contested, or a fit that the rows determine weakly. */
    LOW;

    @Override
    public String toString() {
        return switch (this) {
            case HIGH -> "high";
            case MEDIUM -> "medium";
            case LOW -> "low";
        };
    }
}
