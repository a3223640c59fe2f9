package headroom.trace;

import headroom.engine.observe.StepRun;
import headroom.engine.physics.FixedTime;
import headroom.engine.power.StepPower;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.site.SiteSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the replicas of one deployment do: their steps as slices; sequences in them, KV blocks and power as counters. */
final class StepTracks {
    private static final double MILLIWATTS = 1000;

    private final Events events;
    private final int process;
    private final int firstThread;
    private final int replicas;
    private final boolean tokens;
    private final StepPower power;
    private final List<Gauge> sequences = new ArrayList<>();
    private final List<Gauge> blocks = new ArrayList<>();
    private final List<Gauge> milliwatts = new ArrayList<>();
    private final @Nullable Gauge linkMilliwatts;

    private StepTracks(Events events, int process, int firstThread, Deployed spec, SiteSpec site) {
        this.events = events;
        this.process = process;
        this.firstThread = firstThread;
        this.replicas = spec.replicas();
        this.tokens = spec instanceof DeploymentSpec;
        this.power = new StepPower(spec, site);
        for (int i = 0; i < replicas; i++) {
            String which = replicas == 1 ? "" : "replica " + i + " ";
            sequences.add(
                    tokens ? counter(which + "running", "sequences", 0) : counter(which + "in batch", "requests", 0));
            blocks.add(counter(which + "KV", "blocks", 0));
            milliwatts.add(watts(which + "power", power.idleWatts()));
        }
        this.linkMilliwatts = handsOver(spec) ? watts("link power", 0) : null;
    }

    /** Names the process and its threads. */
    static StepTracks of(Events events, int process, int firstThread, Deployed spec, SiteSpec site) {
        events.process(process, "deployment " + spec.name());
        for (int i = 0; i < spec.replicas(); i++) {
            events.thread(process, firstThread + i, "replica " + i);
        }
        if (handsOver(spec)) {
            events.thread(process, firstThread + spec.replicas(), "link to the pool that decodes");
        }
        return new StepTracks(events, process, firstThread, spec, site);
    }

    /** How many threads the process has. */
    static int threads(Deployed spec) {
        return spec.replicas() + (handsOver(spec) ? 1 : 0);
    }

    static boolean handsOver(Deployed spec) {
        return spec instanceof DeploymentSpec some && some.handover() != null;
    }

    void started(int replica, StepRun run) {
        sequences.get(replica).set(run.startNanos, run.decoding + run.prompts);
        if (tokens) {
            blocks.get(replica).set(run.startNanos, run.firstBlocks);
        }
    }

    /** Counts steps that have ended, and returns what to say of them once it is known what they made. */
    Slice ran(int replica, StepRun run) {
        if (tokens) {
            blocks.get(replica).set(run.boundaryNanos(run.steps - 1), run.lastBlocks);
        }
        milliwatts.get(replica).set(run.startNanos, Math.round(power.watts(run) * MILLIWATTS));
        return new Slice(replica, run, run.boundaryNanos(run.steps), false);
    }

    /** A step that the end of the run cuts; null when it has not begun. */
    @Nullable
    Slice cutShort(int replica, StepRun run, long limitNanos) {
        if (run.startNanos >= limitNanos) {
            return null;
        }
        milliwatts.get(replica).set(run.startNanos, Math.round(power.watts(run) * MILLIWATTS));
        return new Slice(replica, run, limitNanos, true);
    }

    void idle(int replica, long nowNanos) {
        sequences.get(replica).set(nowNanos, 0);
        blocks.get(replica).set(nowNanos, 0);
        milliwatts.get(replica).set(nowNanos, Math.round(power.idleWatts() * MILLIWATTS));
    }

    void handedOver(long startNanos, long endNanos, double bytes) {
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("bytes", Math.round(bytes));
        events.slice(process, firstThread + replicas, "KV cache", startNanos, endNanos, args);
        if (linkMilliwatts != null && endNanos > startNanos) {
            linkMilliwatts.set(startNanos, Math.round(power.sendingWatts(bytes, endNanos - startNanos) * MILLIWATTS));
            linkMilliwatts.set(endNanos, 0);
        }
    }

    void flush() {
        sequences.forEach(Gauge::flush);
        if (tokens) {
            blocks.forEach(Gauge::flush);
        }
        milliwatts.forEach(Gauge::flush);
        if (linkMilliwatts != null) {
            linkMilliwatts.flush();
        }
    }

    private Gauge counter(String name, String unit, long value) {
        return new Gauge(value, (nanos, now) -> events.counter(process, name, unit, nanos, now));
    }

    private Gauge watts(String name, double watts) {
        return new Gauge(
                Math.round(watts * MILLIWATTS),
                (nanos, now) -> events.counter(process, name, "W", nanos, Events.thousandths(now)));
    }

    /** Steps that have ended, of which it is still to be heard whose first tokens they made. */
    final class Slice {
        private final int thread;
        private final String name;
        private final long fromNanos;
        private final long untilNanos;
        private final Map<String, Object> args = new LinkedHashMap<>();
        private final boolean cut;
        private long outputTokens;

        /** Sequences back from the host: their tokens are counted, and still told one by one. */
        private long returned;

        private Slice(int replica, StepRun run, long untilNanos, boolean cut) {
            this.thread = firstThread + replica;
            this.name = name(run);
            this.fromNanos = run.startNanos;
            this.untilNanos = untilNanos;
            this.cut = cut;
            if (tokens) {
                describe(run);
            } else {
                args.put("requests", run.decoding);
            }
            if (cut) {
                args.put("cut_short", true);
            }
        }

        private String name(StepRun run) {
            if (!tokens) {
                return "batch";
            }
            if (run.prompts > 0) {
                return run.decoding > 0 ? "prefill and decode" : "prefill";
            }
            return run.steps == 1 ? "decode" : run.steps + " decode steps";
        }

        private void describe(StepRun run) {
            long decoded = run.decoding * run.steps;
            for (int traffic = 0; traffic < run.extraByTraffic.length; traffic++) {
                decoded += run.extra(traffic);
            }
            args.put("steps", run.steps);
            args.put("sequences", run.decoding + run.prompts);
            args.put("prefill_tokens", run.prefillTokens);
            args.put("decode_tokens", cut ? 0 : decoded);
            args.put("context_tokens", run.contextTokens);
            if (run.movedBlocks > 0) {
                args.put("moved_blocks", run.movedBlocks);
            }
            if (run.steps > 1) {
                args.put("first_step_us", microseconds(run.firstTicks));
                args.put("last_step_us", microseconds(run.firstTicks + (run.steps - 1) * run.growthTicks));
            }
            outputTokens = decoded;
            returned =
                    run.decoding == 0 ? 0 : Arrays.stream(run.returnedByTraffic).sum();
        }

        /** A prompt ends with it, which makes a first token. */
        void prefilled() {
            outputTokens++;
        }

        /** A token is delivered after a preemption: of one that decodes, or of one that was prefilled again. */
        void resumed() {
            if (returned > 0) {
                returned--;
            } else {
                outputTokens++;
            }
        }

        void write() {
            if (tokens && !cut) {
                args.put("output_tokens", outputTokens);
            }
            events.slice(process, thread, name, fromNanos, untilNanos, args);
        }
    }

    private static Object microseconds(long ticks) {
        return Events.thousandths(ticks >> FixedTime.FRACTION_BITS);
    }
}
