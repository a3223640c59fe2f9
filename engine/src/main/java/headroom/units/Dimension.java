package headroom.units;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a quantity measures, as exponents of the eight things that scenarios count. Power, for example, is energy 1 and
 * time -1. Money and carbon are dimensions of their own, so that a price is never added to a weight.
 */
public record Dimension(int time, int energy, int memory, int work, int tokens, int money, int carbon, int volume) {
    /** A plain number, such as a share. */
    public static final Dimension NUMBER = new Dimension(0, 0, 0, 0, 0, 0, 0, 0);

    public static final Dimension TIME = new Dimension(1, 0, 0, 0, 0, 0, 0, 0);
    public static final Dimension ENERGY = new Dimension(0, 1, 0, 0, 0, 0, 0, 0);
    public static final Dimension MEMORY = new Dimension(0, 0, 1, 0, 0, 0, 0, 0);
    /** Floating-point operations. */
    public static final Dimension WORK = new Dimension(0, 0, 0, 1, 0, 0, 0, 0);

    public static final Dimension TOKENS = new Dimension(0, 0, 0, 0, 1, 0, 0, 0);
    public static final Dimension MONEY = new Dimension(0, 0, 0, 0, 0, 1, 0, 0);
    public static final Dimension CARBON = new Dimension(0, 0, 0, 0, 0, 0, 1, 0);
    public static final Dimension VOLUME = new Dimension(0, 0, 0, 0, 0, 0, 0, 1);

    private static final Map<Dimension, String> NAMES = names();

    private static Map<Dimension, String> names() {
        Map<Dimension, String> names = new LinkedHashMap<>();
        names.put(NUMBER, "number");
        names.put(TIME, "time");
        names.put(ENERGY, "energy");
        names.put(MEMORY, "memory");
        names.put(WORK, "work");
        names.put(TOKENS, "tokens");
        names.put(MONEY, "money");
        names.put(CARBON, "carbon");
        names.put(VOLUME, "volume");
        names.put(NUMBER.over(TIME), "rate");
        names.put(ENERGY.over(TIME), "power");
        names.put(MEMORY.over(TIME), "bandwidth");
        names.put(WORK.over(TIME), "compute rate");
        names.put(TOKENS.over(TIME), "token rate");
        names.put(MONEY.over(TIME), "money per time");
        names.put(MONEY.over(ENERGY), "price of energy");
        names.put(MONEY.over(TOKENS), "price of tokens");
        names.put(CARBON.over(ENERGY), "carbon intensity");
        names.put(ENERGY.over(TOKENS), "energy per token");
        names.put(VOLUME.over(ENERGY), "water use");
        return names;
    }

    /** The dimension of a product. */
    public Dimension times(Dimension that) {
        return new Dimension(
                time + that.time,
                energy + that.energy,
                memory + that.memory,
                work + that.work,
                tokens + that.tokens,
                money + that.money,
                carbon + that.carbon,
                volume + that.volume);
    }

    /** The dimension of a quotient. */
    public Dimension over(Dimension that) {
        return times(new Dimension(
                -that.time,
                -that.energy,
                -that.memory,
                -that.work,
                -that.tokens,
                -that.money,
                -that.carbon,
                -that.volume));
    }

    /** For people: {@code power}, or a product of powers ({@code money x time^-2}) where there is no common word. */
    @Override
    public String toString() {
        @Nullable String known = NAMES.get(this);
        if (known != null) {
            return known;
        }
        List<String> factors = new ArrayList<>();
        factor(factors, "time", time);
        factor(factors, "energy", energy);
        factor(factors, "memory", memory);
        factor(factors, "work", work);
        factor(factors, "tokens", tokens);
        factor(factors, "money", money);
        factor(factors, "carbon", carbon);
        factor(factors, "volume", volume);
        return String.join(" x ", factors);
    }

    private static void factor(List<String> factors, String name, int exponent) {
        if (exponent != 0) {
            factors.add(exponent == 1 ? name : name + "^" + exponent);
        }
    }
}
