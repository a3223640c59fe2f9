package headroom.dsl.claims;

import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.Better;
import headroom.result.TrafficSummary;
import headroom.units.Quantity;
import headroom.units.Units;

/** What serving burns at one point. */
public final class EnergyFigures implements Vocabulary {
    private final TrafficSummary.Energy energy;
    private final Figures figures;

    EnergyFigures(TrafficSummary.Energy energy, Figures figures) {
        this.energy = energy;
        this.figures = figures;
    }

    @Word(
            doc = "facility energy per answer token, idle included",
            example = "at(users: 50).energy.perOutputToken < 2.J/token",
            gives = Quantity.class)
    public Object perOutputToken() {
        return figures.of(
                "energy.perOutputToken", energy.joulesPerOutputToken(), Figures.JOULE_PER_TOKEN, Better.LOWER);
    }

    @Word(
            doc = "energy of the devices alone per answer token, idle included, as GPU counters tell it",
            example = "at(users: 50).energy.devicesPerOutputToken < 1.J/token",
            gives = Quantity.class)
    public Object devicesPerOutputToken() {
        return figures.of(
                "energy.devicesPerOutputToken",
                energy.deviceJoulesPerOutputToken(),
                Figures.JOULE_PER_TOKEN,
                Better.LOWER);
    }

    @Word(doc = "facility energy of one window", example = "at(users: 50).energy.total < 5.kWh", gives = Quantity.class)
    public Object total() {
        return figures.of("energy.total", energy.kWh(), Units.KILOWATT_HOUR, Better.LOWER);
    }

    @Word(
            doc = "highest power of the deployment",
            example = "at(users: 50).energy.peakPower < 8.kW",
            gives = Quantity.class)
    public Object peakPower() {
        return figures.of("energy.peakPower", energy.powerPeakWatts(), Units.WATT, Better.LOWER);
    }

    @Word(
            doc = "CO2 per thousand requests",
            example = "at(users: 50).energy.carbonPer1kRequests < 90.gCO2",
            gives = Quantity.class)
    public Object carbonPer1kRequests() {
        return figures.of("energy.carbonPer1kRequests", energy.carbonGramsPer1kRequests(), Figures.GRAM, Better.LOWER);
    }

    @Override
    public String toString() {
        return "energy";
    }
}
