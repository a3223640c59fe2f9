package headroom.plan.variation;

import headroom.plan.Plan;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DynamicBatchingSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.FixedProfileSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How many replicas there are, what their steps may hold, and what each step costs beside its work. */
final class ServingKnobs {
    private ServingKnobs() {}

    static List<Knob> all(Plan plan) {
        List<Knob> all = new ArrayList<>();
        for (Deployed deployed : plan.deployed()) {
            String of = plan.deployed().size() == 1 ? "" : " of " + deployed.name();
            all.add(new Knob(
                    "replicas" + of,
                    Variation.Kind.BOUGHT,
                    true,
                    (whole, step) -> replicas(whole, deployed, step),
                    whole -> whole.deployed().stream().map(Deployed::replicas).toList()));
        }
        all.add(Knob.tenth("overhead of a step", Variation.Kind.TUNED, ServingKnobs::overheads));
        if (!plan.deployments().isEmpty()) {
            all.add(batching(
                    "maxSequences",
                    BatchingSpec::maxSequences,
                    (old, step) -> sized(old, step.of(old.maxSequences()), old.tokenBudget())));
            all.add(batching(
                    "tokenBudget",
                    BatchingSpec::tokenBudget,
                    (old, step) -> sized(old, old.maxSequences(), step.of(old.tokenBudget()))));
        }
        if (!plan.fixedDeployments().isEmpty()) {
            all.add(new Knob(
                    "largest batch of fixed work",
                    Variation.Kind.TUNED,
                    false,
                    (whole, step) -> Edits.deployments(
                            whole,
                            UnaryOperator.identity(),
                            old -> fixed(
                                    old,
                                    old.replicas(),
                                    new DynamicBatchingSpec(
                                            step.of(old.batching().maximumSamples()),
                                            old.batching().delaySeconds(),
                                            old.batching().instances()),
                                    old.profile())),
                    whole -> whole.fixedDeployments().stream()
                            .map(each -> each.batching().maximumSamples())
                            .toList()));
        }
        return all;
    }

    /** Changes one number of how steps are filled. */
    private interface Filling {
        BatchingSpec changed(BatchingSpec old, Step step);
    }

    private static Knob batching(String name, Function<BatchingSpec, Integer> number, Filling filling) {
        return new Knob(
                name,
                Variation.Kind.TUNED,
                false,
                (plan, step) -> Edits.deployments(
                        plan,
                        old -> old.with(old.replicas(), filling.changed(old.batching(), step)),
                        UnaryOperator.identity()),
                plan -> plan.deployments().stream()
                        .map(each -> number.apply(each.batching()))
                        .toList());
    }

    private static BatchingSpec sized(BatchingSpec old, int maxSequences, int tokenBudget) {
        return new BatchingSpec(maxSequences, tokenBudget, old.lagSteps(), old.graphSizes(), old.scheduler());
    }

    /** One replica more or fewer; its devices are bought, or given back. */
    private static Plan replicas(Plan plan, Deployed of, Step step) {
        int replicas = of.replicas() + step.one();
        DeviceKnobs.require(replicas > 0, "there is only one replica");
        Plan changed = Edits.deployments(
                plan,
                old -> old.name().equals(of.name()) ? old.with(replicas, old.batching()) : old,
                old -> old.name().equals(of.name()) ? fixed(old, replicas, old.batching(), old.profile()) : old);
        return Edits.sites(
                changed,
                old -> old.name().equals(of.site())
                        ? new SiteSpec(
                                old.name(),
                                old.region(),
                                old.jurisdiction(),
                                pools(old.pools(), of.accelerator().name(), step.one() * of.devicesPerReplica()),
                                old.grid(),
                                old.pue())
                        : old);
    }

    /** The pools with {@code more} devices of a kind, of the first pools that can give or take them. */
    private static List<HardwarePool> pools(List<HardwarePool> pools, String device, int more) {
        List<HardwarePool> changed = new ArrayList<>();
        int left = more;
        for (HardwarePool pool : pools) {
            int count = pool.count();
            if (pool.accelerator().equals(device)) {
                count = Math.max(0, count + left);
                left -= count - pool.count();
            }
            if (count > 0) {
                changed.add(new HardwarePool(pool.accelerator(), count, pool.rentUsdPerDeviceHour()));
            }
        }
        return changed;
    }

    private static Plan overheads(Plan plan, Step step) {
        return Edits.deployments(
                plan,
                old -> old.with(slower(old.profile(), step)),
                old -> fixed(
                        old,
                        old.replicas(),
                        old.batching(),
                        new FixedProfileSpec(
                                old.profile().name(),
                                old.profile().mfu(),
                                old.profile().mbu(),
                                step.of(old.profile().rampSeconds()),
                                step.of(old.profile().hostSeconds()))));
    }

    private static ProfileSpec slower(ProfileSpec old, Step step) {
        ProfileSpec.Overheads times = old.overheads();
        return new ProfileSpec(
                old.name(),
                old.kernels(),
                old.experts(),
                old.collectives(),
                old.hop(),
                new ProfileSpec.Overheads(
                        step.of(times.perStepSeconds()),
                        step.of(times.perSequenceSeconds()),
                        step.of(times.perPrefillStepSeconds()),
                        step.of(times.perPrefillSequenceSeconds()),
                        step.of(times.perLayerSeconds()),
                        step.of(times.perMoeLayerSeconds()),
                        step.of(times.perLatentLayerSeconds()),
                        step.of(times.perIndexerLayerSeconds()),
                        step.of(times.perQuantizedProductSeconds()),
                        step.of(times.perQueryKeyNormSeconds()),
                        step.of(times.perPrefillLayerSeconds()),
                        step.of(times.perDecodeLayerSeconds())),
                old.client());
    }

    private static FixedDeploymentSpec fixed(
            FixedDeploymentSpec old, int replicas, DynamicBatchingSpec batching, FixedProfileSpec profile) {
        return new FixedDeploymentSpec(
                old.name(),
                old.model(),
                old.quantization(),
                old.site(),
                old.accelerator(),
                old.server(),
                replicas,
                batching,
                old.admission(),
                profile);
    }
}
