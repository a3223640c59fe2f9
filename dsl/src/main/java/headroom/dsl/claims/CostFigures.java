package headroom.dsl.claims;

import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.Better;
import headroom.result.TrafficSummary;
import headroom.units.Quantity;
import headroom.units.Units;

/** What serving costs at one point. */
public final class CostFigures implements Vocabulary {
    private final TrafficSummary.Cost cost;
    private final Figures figures;

    CostFigures(TrafficSummary.Cost cost, Figures figures) {
        this.cost = cost;
        this.figures = figures;
    }

    @Word(
            doc = "US dollars per million answer tokens",
            example = "at(users: 50).cost.per1MOutputTokens < 2.usd",
            gives = Quantity.class)
    public Object per1MOutputTokens() {
        return figures.of("cost.per1MOutputTokens", cost.usdPer1MOutputTokens(), Units.USD, Better.LOWER);
    }

    @Word(
            doc = "US dollars per thousand requests",
            example = "at(users: 50).cost.per1kRequests < 1.usd",
            gives = Quantity.class)
    public Object per1kRequests() {
        return figures.of("cost.per1kRequests", cost.usdPer1kRequests(), Units.USD, Better.LOWER);
    }

    @Word(doc = "US dollars a month", example = "at(users: 50).cost.perMonth < 20000.usd", gives = Quantity.class)
    public Object perMonth() {
        return figures.of("cost.perMonth", cost.usdPerMonth(), Units.USD, Better.LOWER);
    }

    @Override
    public String toString() {
        return "cost";
    }
}
