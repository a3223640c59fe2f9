package headroom.engine.serving;

import headroom.engine.observe.StepRun;
import headroom.engine.physics.CausalPairs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prompts in the next step, and the one that is half way through. */
final class PromptBatch {
    private final StepRun run;
    private final CausalPairs causal;
    private final boolean selects;
    private final List<Sequence> prefilled = new ArrayList<>();
    private final List<Sequence> inStep = new ArrayList<>();
    private int[] chunkTokens = new int[8];
    private double[] chunkPairs = new double[8];
    private double[] chunkMultiplied = new double[8];
    private @Nullable Sequence halfWay;

    PromptBatch(StepRun run, CausalPairs causal) {
        this.run = run;
        this.causal = causal;
        this.selects = causal.selects();
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

    /** Prompt {@code index} of those with a chunk in this step. */
    Sequence inStep(int index) {
        return inStep.get(index);
    }

    /** Tokens of its chunk. */
    int chunkTokens(int index) {
        return chunkTokens[index];
    }

    /** Causal work of its chunk. */
    double chunkPairs(int index) {
        return chunkPairs[index];
    }

    /** What attention multiplies of it. */
    double chunkMultiplied(int index) {
        return chunkMultiplied[index];
    }

    /** Empties the run's prompts for the next step. */
    void clear() {
        if (run.prompts > 0) {
            run.prompts = 0;
            run.prefillTokens = 0;
            run.pairs = 0;
            run.attended = 0;
            run.multiplied = 0;
            inStep.clear();
            Arrays.fill(run.prefillByTraffic, 0);
        }
    }

    /** Puts the next chunk of a prompt into the step and returns the budget that is left. */
    int prefill(Sequence sequence, int budget) {
        int done = sequence.prefilled;
        int chunk = Math.min(budget, sequence.prefillTarget() - done);
        sequence.prefilled = done + chunk;
        double pairs = CausalPairs.all(done, chunk);
        double multiplied = selects ? causal.multiplied(done, chunk) : pairs;
        note(sequence, chunk, pairs, multiplied);
        run.prompts++;
        run.prefillTokens += chunk;
        run.prefillByTraffic[sequence.request.traffic()] += chunk;
        run.pairs += pairs;
        run.attended += selects ? causal.attended(done, chunk) : pairs;
        run.multiplied += multiplied;
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

    private void note(Sequence sequence, int chunk, double pairs, double multiplied) {
        int index = inStep.size();
        if (index == chunkTokens.length) {
            chunkTokens = Arrays.copyOf(chunkTokens, 2 * index);
            chunkPairs = Arrays.copyOf(chunkPairs, 2 * index);
            chunkMultiplied = Arrays.copyOf(chunkMultiplied, 2 * index);
        }
        chunkTokens[index] = chunk;
        chunkPairs[index] = pairs;
        chunkMultiplied[index] = multiplied;
        inStep.add(sequence);
    }
}
