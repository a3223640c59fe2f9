package headroom.engine.serving;

import headroom.engine.observe.StepRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prompts in the next step, and the one that is half way through. */
final class PromptBatch {
    private final StepRun run;
    private final List<Sequence> prefilled = new ArrayList<>();
    private @Nullable Sequence halfWay;

    PromptBatch(StepRun run) {
        this.run = run;
    }

    /** The prompt of which some chunks are done. */
    @Nullable
    Sequence halfWay() {
        return halfWay;
    }

    /** Drops the prompt that is half way. */
    void dropHalfWay() {
        halfWay = null;
    }

    /** Prompts whose last chunk is in this step. */
    int prefilledCount() {
        return prefilled.size();
    }

    Sequence prefilled(int index) {
        return prefilled.get(index);
    }

    void clearPrefilled() {
        prefilled.clear();
    }

    /** Empties the run's prompts for the next step. */
    void clear() {
        if (run.prompts > 0) {
            run.prompts = 0;
            run.prefillTokens = 0;
            run.pairs = 0;
            Arrays.fill(run.prefillByTraffic, 0);
        }
    }

    /** Puts the next chunk of a prompt into the step and returns the budget that is left. */
    int prefill(Sequence sequence, int budget) {
        int done = sequence.prefilled;
        int chunk = Math.min(budget, sequence.prefillTarget() - done);
        sequence.prefilled = done + chunk;
        run.prompts++;
        run.prefillTokens += chunk;
        run.prefillByTraffic[sequence.request.traffic()] += chunk;
        run.pairs += (double) chunk * done + 0.5 * chunk * (chunk + 1.0);
        if (sequence.prefilled == sequence.prefillTarget()) {
            prefilled.add(sequence);
            if (halfWay == sequence) {
                halfWay = null;
            }
        } else {
            halfWay = sequence;
        }
        return budget - chunk;
    }
}
