package headroom.units;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The units that a script may write behind a number, by their exact name. Decimal and binary prefixes are different
 * units: GB is 10^9 bytes, GiB is 2^30. A month is 730.5 hours, a year 8766.
 */
public final class Units {
    private static final Map<String, Unit> BY_NAME = all();

    public static final Unit SECOND = named("s");
    public static final Unit MILLISECOND = named("ms");
    public static final Unit HOUR = named("hour");
    public static final Unit GIGABYTE = named("GB");
    public static final Unit WATT = named("W");
    public static final Unit KILOWATT_HOUR = named("kWh");
    public static final Unit JOULE = named("J");
    public static final Unit TOKEN = named("tokens");
    public static final Unit PERCENT = named("percent");
    public static final Unit PER_SECOND = named("perSecond");
    public static final Unit USD = named("usd");
    public static final Unit USD_PER_HOUR = USD.over(HOUR);
    public static final Unit USD_PER_KWH = USD.over(KILOWATT_HOUR);
    public static final Unit GCO2_PER_KWH = named("gCO2").over(KILOWATT_HOUR);

    private Units() {}

    /** The unit of that name, null when there is none; case counts, since MB and mb would differ by thousands. */
    public static @Nullable Unit find(String name) {
        return BY_NAME.get(name);
    }

    /** Every name, in the order of the reference. */
    public static List<String> names() {
        return new ArrayList<>(BY_NAME.keySet());
    }

    private static Unit named(String name) {
        Unit unit = BY_NAME.get(name);
        if (unit == null) {
            throw new IllegalArgumentException("there is no unit " + name);
        }
        return unit;
    }

    private static Map<String, Unit> all() {
        Map<String, Unit> all = new LinkedHashMap<>();
        List<String> prefixes = List.of("k", "M", "G", "T", "P", "E");
        add(all, Dimension.TIME, 1, 1e9, "ns");
        add(all, Dimension.TIME, 1, 1e6, "us");
        add(all, Dimension.TIME, 1, 1e3, "ms");
        add(all, Dimension.TIME, 1, 1, "s", "second", "seconds");
        add(all, Dimension.TIME, 60, 1, "minute", "minutes");
        add(all, Dimension.TIME, 3600, 1, "hour", "hours");
        add(all, Dimension.TIME, 86_400, 1, "day", "days");
        add(all, Dimension.TIME, 604_800, 1, "week", "weeks");
        add(all, Dimension.TIME, 730.5 * 3600, 1, "month", "months");
        add(all, Dimension.TIME, 8766 * 3600.0, 1, "year", "years");
        Dimension rate = Dimension.NUMBER.over(Dimension.TIME);
        add(all, rate, 1, 1, "perSecond");
        add(all, rate, 1, 60, "perMinute");
        add(all, rate, 1, 3600, "perHour");
        add(all, rate, 1, 86_400, "perDay");
        add(all, Dimension.MEMORY, 1, 1, "B", "bytes");
        Dimension bandwidth = Dimension.MEMORY.over(Dimension.TIME);
        for (int i = 0; i < prefixes.size() - 1; i++) {
            double decimal = thousandTo(i + 1);
            add(all, Dimension.MEMORY, decimal, 1, prefixes.get(i) + "B");
            add(all, Dimension.MEMORY, Math.scalb(1.0, 10 * (i + 1)), 1, (i == 0 ? "K" : prefixes.get(i)) + "iB");
            add(all, bandwidth, decimal, 1, prefixes.get(i) + "Bps");
            add(all, bandwidth, decimal, 8, prefixes.get(i) + "bps");
        }
        for (int i = 2; i < prefixes.size(); i++) {
            add(all, Dimension.WORK.over(Dimension.TIME), thousandTo(i + 1), 1, prefixes.get(i) + "FLOPS");
        }
        add(all, Dimension.ENERGY, 1, 1e12, "pJ");
        add(all, Dimension.ENERGY, 1, 1, "J");
        add(all, Dimension.ENERGY, 1e3, 1, "kJ");
        add(all, Dimension.ENERGY, 1e6, 1, "MJ");
        add(all, Dimension.ENERGY, 3600, 1, "Wh");
        add(all, Dimension.ENERGY, 3.6e6, 1, "kWh");
        add(all, Dimension.ENERGY, 3.6e9, 1, "MWh");
        Dimension power = Dimension.ENERGY.over(Dimension.TIME);
        add(all, power, 1, 1, "W");
        add(all, power, 1e3, 1, "kW");
        add(all, power, 1e6, 1, "MW");
        add(all, Dimension.TOKENS, 1, 1, "tokens", "token");
        add(all, Dimension.MONEY, 1, 1, "usd");
        add(all, Dimension.CARBON, 1, 1, "gCO2");
        add(all, Dimension.CARBON, 1e3, 1, "kgCO2");
        add(all, Dimension.CARBON, 1e6, 1, "tCO2");
        add(all, Dimension.VOLUME, 1, 1, "litres", "litre");
        add(all, Dimension.NUMBER, 1, 100, "percent");
        return all;
    }

    private static double thousandTo(int power) {
        double product = 1;
        for (int i = 0; i < power; i++) {
            product *= 1000;
        }
        return product;
    }

    private static void add(
            Map<String, Unit> all, Dimension dimension, double numerator, double denominator, String... names) {
        for (String name : names) {
            all.put(name, new Unit(name, dimension, numerator, denominator));
        }
    }
}
