package headroom.dsl.build;

import headroom.dsl.script.Mistake;

/** How a site gets rid of heat; {@code pue} is facility power over IT power. */
public record Cooling(double pue) {
    /** As a script says it. */
    static Cooling air(double pue) {
        if (!(pue >= 1)) {
            throw new Mistake("air pue: must be at least 1, got " + pue, "facility power includes IT power", "pue");
        }
        return new Cooling(pue);
    }
}
