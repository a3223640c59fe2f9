package headroom.plan.variation;

import java.util.Locale;

/** Which way a thing is changed, and how far: a tenth. */
enum Step {
    LESS(0.9, -1),
    MORE(1.1, 1);

    private final double factor;
    private final int sign;

    Step(double factor, int sign) {
        this.factor = factor;
        this.sign = sign;
    }

    double of(double value) {
        return value * factor;
    }

    /** The nearest whole number, but never the same one: of 3 users a tenth more are 4. */
    int of(int value) {
        int nearest = Math.toIntExact(Math.round(value * factor));
        return nearest == value ? value + sign : nearest;
    }

    /** The same for a length that may stay as it is, as one of many in a trace may. */
    int near(int value) {
        return Math.max(1, Math.toIntExact(Math.round(value * factor)));
    }

    /** One more or one fewer. */
    int one() {
        return sign;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%+d %%", sign * 10);
    }
}
