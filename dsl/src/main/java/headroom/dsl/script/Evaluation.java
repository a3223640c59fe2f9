package headroom.dsl.script;

import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds the evaluations of a script to its {@link Budget}: what breaks it is recorded, and ends them. */
final class Evaluation {
    private final Budget budget;
    private final Findings findings;
    private final boolean trusted;

    /** @param trusted whether the script may let through what it did not catch */
    Evaluation(Budget budget, Findings findings, boolean trusted) {
        this.trusted = trusted;
        this.budget = budget;
        this.findings = findings;
    }

    /**
     * The value of {@code work}, counted as an evaluation unless it is part of one.
     *
     * @param frames the blocks under way, in which nothing is missed when the evaluation ends before its time
     */
    @Nullable
    Object hold(Supplier<@Nullable Object> work, Collection<Frame> frames) {
        if (budget.isRunning()) {
            return work.get();
        }
        boolean begun = false;
        try {
            budget.begin();
            begun = true;
            return work.get();
        } catch (LimitReached e) {
            findings.add(e.place(), e.message(), e.remedy());
        } catch (StackOverflowError e) {
            findings.add(budget.place(), Failures.TOO_DEEP, "look for a method that never stops");
        } catch (OutOfMemoryError e) {
            findings.add(budget.place(), "the script needs more memory than there is", "make it do less");
        } catch (Exception | AssertionError e) {
            if (!trusted) {
                throw e;
            }
            findings.add(Failures.placeOf(e), Failures.message(e), "");
        } finally {
            if (begun) {
                budget.end();
            }
        }
        frames.forEach(Frame::endEarly);
        return Poison.VALUE;
    }
}
