package headroom.dsl.claims;

import headroom.dsl.script.Poison;
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
    private final Doubts doubts;

    Figures(String point, Doubts doubts) {
        this.point = point;
        this.doubts = doubts;
    }

    Object of(String name, @Nullable Double value, Unit unit) {
        if (value == null) {
            doubts.cannotTell(name + " is unknown at " + point);
            return Poison.VALUE;
        }
        return new Quantity(value, unit);
    }

    Object share(String name, @Nullable Double value) {
        return of(name, value == null ? null : value * 100, Units.PERCENT);
    }
}
