package headroom.engine.observe;

import headroom.engine.physics.FixedTime;

/**
 * Sums over consecutive steps of one run, in closed form: how long they take, what they attend to.
 *
 * <p>Mutable and reused; {@link #set} fills it.
 */
public final class RunPart {
    /** Steps, or the share of one step that lies in the window. */
    public double steps;

    /** Busy time. */
    public double seconds;

    /** Cached tokens attended to in layers without a window, summed over steps. */
    public double contextTokens;

    /** Cached tokens attended to in layers with a window, summed over steps. */
    public double windowedTokens;

    /** Duration of the first of these steps. */
    public double firstSeconds;

    /** Growth of the duration from step to step. */
    public double growthSeconds;

    /** Context of the first of these steps. */
    public double firstContext;

    /** Windowed context of the first of these steps. */
    public double firstWindowed;

    /** Growth of the windowed context from step to step: the batch while windows fill, else 0. */
    public double windowedGrowth;

    /** Share of each of these steps that lies in the window, 0..1. */
    public double weight;

    /** Sums {@code count} steps of {@code run} from step {@code from} on, each counted with {@code weight}. */
    public void set(StepRun run, int windowTokens, long from, long count, double weight) {
        double pairs = 0.5 * count * (count - 1.0);
        double limit = (double) run.decoding * windowTokens;
        this.weight = weight;
        this.steps = weight * count;
        this.firstSeconds = FixedTime.seconds(run.firstTicks + from * run.growthTicks);
        this.growthSeconds = FixedTime.seconds(run.growthTicks);
        this.seconds = weight * (count * firstSeconds + pairs * growthSeconds);
        this.firstContext = run.contextTokens + (double) from * run.decoding;
        this.contextTokens = weight * (count * firstContext + pairs * run.decoding);
        boolean filling = run.contextTokens < limit;
        this.firstWindowed = filling ? firstContext : limit;
        this.windowedGrowth = filling ? run.decoding : 0;
        this.windowedTokens = weight * (count * firstWindowed + pairs * windowedGrowth);
    }
}
