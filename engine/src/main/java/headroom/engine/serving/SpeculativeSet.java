package headroom.engine.serving;

import headroom.engine.observe.StepRun;
import headroom.engine.workload.Acceptance;
import headroom.plan.serving.KvGroups;
import java.util.Arrays;

/**
 * Decoding sequences that get several tokens a step, each as many as its draw accepts. Steps run one by one.
 *
 * <p>Before a step every sequence has blocks for the last token and all that are drafted; those of refused tokens stay, to be
 * filled by the next step.
 */
final class SpeculativeSet extends DecodingSet {
    private final Acceptance acceptance;
    private final int drafted;
    private final KvGroups groups;

    SpeculativeSet(KvGroups groups, int maxSequences, boolean grows, Acceptance acceptance, int drafted) {
        super(groups, maxSequences, grows);
        this.acceptance = acceptance;
        this.drafted = drafted;
        this.groups = groups;
    }

    @Override
    void draw(StepRun run) {
        Arrays.fill(run.extraByTraffic, 0);
        for (int i = 0; i < size(); i++) {
            Sequence sequence = at(i);
            int accepted = acceptance.accepted(sequence.request, sequence.speculativeSteps++);
            sequence.gain = Math.min(1 + accepted, remaining(sequence));
            run.extraByTraffic[sequence.request.traffic()] += sequence.gain - 1;
        }
    }

    @Override
    void advance(long steps) {
        // Those who gain most overtake others in the heap, so nobody is visited twice only in a copy.
        Sequence[] all = all();
        for (Sequence sequence : all) {
            sequence.blocks += missing(sequence);
        }
        super.advance(steps);
        for (Sequence sequence : all) {
            hurry(sequence, sequence.gain - 1);
        }
    }

    @Override
    long blocksHeld(Sequence sequence) {
        return sequence.blocks;
    }

    @Override
    long blockDemand(long steps) {
        if (steps != 1) {
            throw new IllegalArgumentException("what " + steps + " speculative steps take is not known in advance");
        }
        long demand = 0;
        for (int i = 0; i < size(); i++) {
            demand += missing(at(i));
        }
        return demand;
    }

    /** Blocks that the sequence takes for the next step. */
    private int missing(Sequence sequence) {
        if (!grows()) {
            return 0;
        }
        return Math.max(0, groups.blocks(cachedTokens(sequence) + 1 + drafted) - sequence.blocks);
    }
}
