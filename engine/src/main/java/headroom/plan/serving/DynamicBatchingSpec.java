package headroom.plan.serving;

import headroom.units.Ranges;

/**
 * Dynamic batching, as Triton does it: a batch is launched as soon as an instance is free and either {@code
 * maximumSamples} requests wait or the oldest of them has waited {@code delaySeconds}.
 *
 * @param maximumSamples requests of one batch, at most
 * @param delaySeconds how long the oldest may wait for company; 0: a free instance launches whatever waits
 * @param instances batches that may be under way on one device. Their host time overlaps; the device itself works on one
 *     batch after the other, in the order of their launch
 */
public record DynamicBatchingSpec(int maximumSamples, double delaySeconds, int instances) {
    public DynamicBatchingSpec {
        Ranges.atLeast("batching.maximumSamples", maximumSamples, 1);
        Ranges.nonNegative("batching.delaySeconds", delaySeconds);
        Ranges.atLeast("batching.instances", instances, 1);
    }
}
