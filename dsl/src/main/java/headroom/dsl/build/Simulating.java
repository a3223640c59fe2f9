package headroom.dsl.build;

import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.plan.HorizonSpec;
import headroom.units.Dimension;
import headroom.units.Quantity;
import org.jspecify.annotations.Nullable;

/** What {@code simulate} says about time. */
final class Simulating {
    private Simulating() {}

    static HorizonSpec horizon(Object length, @Nullable Object warmup, @Nullable Quantity drain) {
        if (length instanceof UntilDone) {
            if (warmup != null) {
                throw new Mistake(
                        "simulate untilDone counts everything, so it takes no warmup:", "remove it", "warmup");
            }
            return new HorizonSpec.UntilDone(drain == null ? UntilDone.DRAIN_SECONDS : drain.si());
        }
        if (!isTime(length)) {
            throw new Mistake(
                    "simulate needs a time such as 30.minutes, or untilDone, got " + Accepts.describe(length),
                    length instanceof Number ? "give it a unit: " + length + ".minutes" : "",
                    0);
        }
        double total = ((Quantity) length).si();
        double drained = drain == null ? UntilDone.WINDOW_DRAIN_SECONDS : drain.si();
        if (warmup instanceof AutoWarmup) {
            return new HorizonSpec.AutoWarmup(total, drained);
        }
        if (warmup != null && !isTime(warmup)) {
            throw new Mistake(
                    "simulate warmup: needs a time such as 5.minutes, or auto, got "
                            + (warmup instanceof Number ? "the plain number " + warmup : Accepts.describe(warmup)),
                    warmup instanceof Number
                            ? "give it a unit: " + warmup + ".minutes"
                            : warmup instanceof CharSequence text
                                            && text.toString().equals("auto")
                                    ? "say auto without quotes"
                                    : "",
                    "warmup");
        }
        return new HorizonSpec.Window(total, warmup == null ? 0 : ((Quantity) warmup).si(), drained);
    }

    private static boolean isTime(Object value) {
        return value instanceof Quantity quantity && quantity.dimension().equals(Dimension.TIME);
    }
}
