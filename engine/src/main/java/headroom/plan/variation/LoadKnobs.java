package headroom.plan.variation;

import headroom.plan.Plan;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What users ask for: how often, how much, and how long the answers are; all classes of requests together. */
final class LoadKnobs {
    private LoadKnobs() {}

    static List<Knob> all() {
        return List.of(
                new Knob(
                        "load",
                        Variation.Kind.DEMANDED,
                        false,
                        (plan, step) -> Edits.traffics(
                                plan, old -> with(old, arrivals(old.arrivals(), step), old.prompt(), old.output())),
                        plan -> plan.traffics().stream()
                                .map(each -> whole(each.arrivals()))
                                .toList()),
                Knob.tenth("prompt length", Variation.Kind.DEMANDED, (plan, step) -> lengths(plan, step, true)),
                Knob.tenth("answer length", Variation.Kind.DEMANDED, (plan, step) -> lengths(plan, step, false)));
    }

    private static TrafficSpec with(TrafficSpec old, ArrivalSpec arrivals, LengthSpec prompt, LengthSpec output) {
        return new TrafficSpec(
                old.name(), arrivals, prompt, output, old.slo(), old.priority(), old.sharedPrefix(), old.sessions());
    }

    /** What of a load is counted rather than measured; 0 where nothing is. */
    private static int whole(ArrivalSpec arrivals) {
        if (arrivals instanceof ArrivalSpec.ClosedLoop loop) {
            return loop.users();
        } else if (arrivals instanceof ArrivalSpec.Concurrency fixed) {
            return fixed.concurrency();
        }
        return arrivals instanceof ArrivalSpec.AllAtOnce all ? all.requests() : 0;
    }

    private static ArrivalSpec arrivals(ArrivalSpec old, Step step) {
        if (old instanceof ArrivalSpec.Poisson poisson) {
            return new ArrivalSpec.Poisson(step.of(poisson.ratePerSec()));
        } else if (old instanceof ArrivalSpec.Gamma gamma) {
            return new ArrivalSpec.Gamma(step.of(gamma.ratePerSec()), gamma.cv());
        } else if (old instanceof ArrivalSpec.Deterministic even) {
            return new ArrivalSpec.Deterministic(step.of(even.ratePerSec()));
        } else if (old instanceof ArrivalSpec.AllAtOnce all) {
            return new ArrivalSpec.AllAtOnce(step.of(all.requests()));
        } else if (old instanceof ArrivalSpec.ClosedLoop loop) {
            return new ArrivalSpec.ClosedLoop(step.of(loop.users()), loop.think());
        } else if (old instanceof ArrivalSpec.Concurrency fixed) {
            return new ArrivalSpec.Concurrency(step.of(fixed.concurrency()), fixed.requests());
        } else if (old instanceof ArrivalSpec.Replay replay) {
            double faster = step.of(1.0);
            TraceRows rows = replay.rows();
            long[] instants = new long[rows.size()];
            for (int row = 0; row < instants.length; row++) {
                instants[row] = Math.round(rows.arrivalNanos(row) / faster);
            }
            return new ArrivalSpec.Replay(rows(rows, instants, length -> length, length -> length));
        }
        throw new IllegalStateException("nobody says how to scale " + old);
    }

    private static Plan lengths(Plan plan, Step step, boolean prompts) {
        DeviceKnobs.require(
                plan.traffics().stream().anyMatch(TrafficSpec::hasTokens), "requests of fixed work have no tokens");
        DeviceKnobs.require(
                !prompts || plan.traffics().stream().noneMatch(LoadKnobs::isHashed),
                "the trace has hashes of its prompts, which longer or shorter ones would not have");
        return Edits.traffics(plan, old -> {
            if (!old.hasTokens()) {
                return old;
            } else if (old.arrivals() instanceof ArrivalSpec.Replay replay) {
                TraceRows rows = replay.rows();
                long[] instants = new long[rows.size()];
                for (int row = 0; row < instants.length; row++) {
                    instants[row] = rows.arrivalNanos(row);
                }
                IntUnaryOperator same = length -> length;
                TraceRows scaled = rows(rows, instants, prompts ? step::near : same, prompts ? same : step::near);
                return with(old, new ArrivalSpec.Replay(scaled), old.prompt(), old.output());
            }
            return with(
                    old,
                    old.arrivals(),
                    prompts ? length(old.prompt(), step) : old.prompt(),
                    prompts ? old.output() : length(old.output(), step));
        });
    }

    private static boolean isHashed(TrafficSpec traffic) {
        return traffic.arrivals() instanceof ArrivalSpec.Replay replay
                && replay.rows().hashes() != null;
    }

    private static LengthSpec length(LengthSpec old, Step step) {
        if (old instanceof LengthSpec.Fixed fixed) {
            return new LengthSpec.Fixed(step.of(fixed.tokens()));
        } else if (old instanceof LengthSpec.Uniform uniform) {
            return new LengthSpec.Uniform(Math.max(1, step.of(uniform.lowTokens())), step.of(uniform.highTokens()));
        } else if (old instanceof LengthSpec.Lognormal lognormal) {
            return new LengthSpec.Lognormal(step.of(lognormal.medianTokens()), lognormal.sigma());
        } else if (old instanceof LengthSpec.Geometric geometric) {
            return new LengthSpec.Geometric(step.of(geometric.meanTokens()));
        } else if (old instanceof LengthSpec.Quantiles quantiles) {
            return new LengthSpec.Quantiles(quantiles.points().stream()
                    .map(point -> new LengthSpec.Quantiles.Point(point.probability(), step.of(point.tokens())))
                    .toList());
        }
        throw new IllegalStateException("nobody says how to scale " + old);
    }

    private static TraceRows rows(TraceRows old, long[] instants, IntUnaryOperator prompt, IntUnaryOperator answer) {
        int[] prompts = new int[old.size()];
        int[] answers = new int[old.size()];
        int[] ids = new int[old.size()];
        for (int row = 0; row < old.size(); row++) {
            prompts[row] = prompt.applyAsInt(old.promptTokens(row));
            answers[row] = answer.applyAsInt(old.outputTokens(row));
            ids[row] = old.namesPrompts() ? old.promptId(row) : 0;
        }
        return new TraceRows(instants, prompts, answers, old.namesPrompts() ? ids : null, old.hashes());
    }
}
