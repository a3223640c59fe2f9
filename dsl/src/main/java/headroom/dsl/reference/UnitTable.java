package headroom.dsl.reference;

import headroom.units.Dimension;
import headroom.units.Unit;
import headroom.units.Units;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The units that scripts write, from where they are defined. */
final class UnitTable {
    private static final Map<Dimension, String> SI = si();
    private static final Map<String, String> ONE_OF =
            Map.of("bytes", "byte", "tokens", "token", "litres", "litre", "US dollars", "US dollar");

    private UnitTable() {}

    private static Map<Dimension, String> si() {
        Map<Dimension, String> si = new LinkedHashMap<>();
        si.put(Dimension.NUMBER, "");
        si.put(Dimension.TIME, "s");
        si.put(Dimension.ENERGY, "J");
        si.put(Dimension.MEMORY, "bytes");
        si.put(Dimension.WORK, "operations");
        si.put(Dimension.TOKENS, "tokens");
        si.put(Dimension.MONEY, "US dollars");
        si.put(Dimension.CARBON, "g of CO2");
        si.put(Dimension.VOLUME, "litres");
        for (Dimension counted : List.copyOf(si.keySet())) {
            si.putIfAbsent(counted.over(Dimension.TIME), si.get(counted) + "/s");
        }
        si.put(Dimension.ENERGY.over(Dimension.TIME), "W");
        return si;
    }

    /** Units of one size share a row; rows of one dimension stand together. */
    static List<String> rows() {
        Map<Dimension, Map<Unit, List<String>>> all = new LinkedHashMap<>();
        for (String name : Units.names()) {
            Unit unit = Units.find(name);
            if (unit != null) {
                Unit size = new Unit("", unit.dimension(), unit.numerator(), unit.denominator());
                all.computeIfAbsent(unit.dimension(), d -> new LinkedHashMap<>())
                        .computeIfAbsent(size, s -> new ArrayList<>())
                        .add("`" + name + "`");
            }
        }
        List<String> rows = new ArrayList<>();
        all.forEach((dimension, sizes) -> sizes.forEach((size, names) -> rows.add("| " + String.join(", ", names)
                + " | " + (dimension.equals(Dimension.NUMBER) ? "share" : dimension) + " | " + one(size) + " |")));
        return rows;
    }

    private static String one(Unit unit) {
        String si = SI.get(unit.dimension());
        if (si == null) {
            throw new IllegalStateException("the reference has no SI unit of " + unit.dimension());
        }
        String amount = amount(unit);
        String one = amount.equals("1") ? ONE_OF.getOrDefault(si, si) : si;
        return (amount + " " + one).trim().replace(" /s", " per second");
    }

    private static String amount(Unit unit) {
        if (unit.denominator() != 1 && unit.numerator() == 1 && power(unit.denominator()) == 0) {
            return "1/" + plain(unit.denominator());
        }
        double one = unit.toSi(1);
        int power = power(one);
        return power == 0 || Math.abs(power) <= 3 ? plain(one) : "10<sup>" + power + "</sup>";
    }

    /** The exponent of a power of ten; 0 for any other number. */
    private static int power(double number) {
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        return exact.precision() == 1 && exact.unscaledValue().intValue() == 1 ? -exact.scale() : 0;
    }

    private static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
