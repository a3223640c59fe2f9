package headroom.dsl.claims;

import headroom.dsl.script.Poison;
import headroom.plan.Better;
import headroom.units.Dimension;
import headroom.units.Quantity;
import headroom.units.Unit;
import headroom.units.Units;
import org.jspecify.annotations.Nullable;

/** Turns numbers of results into values that claims compare; a figure that nobody knows ends the claim. */
final class Figures {
    static final Unit JOULE_PER_TOKEN = new Unit("J/token", Dimension.ENERGY.over(Dimension.TOKENS), 1, 1);
    static final Unit GRAM = new Unit("gCO2", Dimension.CARBON, 1, 1);
    static final Unit TOKEN_PER_SECOND = new Unit("tokens/s", Dimension.TOKENS.over(Dimension.TIME), 1, 1);

    private final String point;
    private final String traffic;
    private final Doubts doubts;
    private final Evidence evidence;

    /**
     * @param point its label; empty when there is only one
     * @param traffic class of requests where there are several, else empty
     */
    Figures(String point, String traffic, Doubts doubts, Evidence evidence) {
        this.point = point;
        this.traffic = traffic;
        this.doubts = doubts;
        this.evidence = evidence;
    }

    Object of(String name, @Nullable Double value, Unit unit, Better better) {
        String full = traffic.isEmpty() ? name : name + " of " + traffic;
        if (value == null) {
            doubts.cannotTell(full + " is unknown" + (point.isEmpty() ? "" : " at " + point));
            return Poison.VALUE;
        }
        Quantity quantity = new Quantity(value, unit);
        evidence.read(new Reading(full, point, quantity, better));
        return quantity;
    }

    Object share(String name, @Nullable Double value, Better better) {
        return of(name, value == null ? null : value * 100, Units.PERCENT, better);
    }

    Object count(String name, long value, Better better) {
        return of(name, (double) value, Unit.NONE, better);
    }

    /** Whether the promises hold. */
    boolean promise(String name, boolean kept) {
        String full = traffic.isEmpty() ? name : name + " of " + traffic;
        evidence.read(new Reading(full, point, kept, Better.NEITHER));
        return kept;
    }
}
