package headroom.plan.variation;

import headroom.plan.Plan;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.Peaks;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.ProfileSpec;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What devices and the links between them can do: as better ones would, at the same joules a byte and a FLOP, and at the same rent. */
final class DeviceKnobs {
    private DeviceKnobs() {}

    static List<Knob> all() {
        return List.of(
                bought(
                        "device bandwidth",
                        (plan, step) -> Edits.devices(
                                plan,
                                old -> device(
                                        old, old.memoryBytes(), step.of(old.bandwidthBytesPerSec()), old.peaks()))),
                bought(
                        "peak FLOP/s",
                        (plan, step) -> Edits.devices(
                                plan,
                                old -> device(
                                        old, old.memoryBytes(), old.bandwidthBytesPerSec(), peaks(old.peaks(), step)))),
                bought("device memory", DeviceKnobs::memory),
                bought("rate of links between devices", DeviceKnobs::links),
                bought("rate of the link to the host", DeviceKnobs::hostLink),
                bought("rate of the KV link between pools", DeviceKnobs::kvLink));
    }

    private static Knob bought(String resource, Knob.Turn turn) {
        return Knob.tenth(resource, Variation.Kind.BOUGHT, turn);
    }

    private static AcceleratorSpec device(AcceleratorSpec old, double memory, double bandwidth, Peaks peaks) {
        return new AcceleratorSpec(
                old.name(), memory, bandwidth, peaks, old.hostLinkBytesPerSec(), old.power(), old.conversion());
    }

    private static Peaks peaks(Peaks old, Step step) {
        return new Peaks(
                step.of(old.bits16FlopPerSec()),
                optional(old.fp8FlopPerSec(), step),
                optional(old.int8FlopPerSec(), step),
                optional(old.fp4FlopPerSec(), step),
                optional(old.int4FlopPerSec(), step));
    }

    private static @Nullable Double optional(@Nullable Double rate, Step step) {
        return rate == null ? null : (Double) step.of(rate);
    }

    private static Plan memory(Plan plan, Step step) {
        require(!plan.deployments().isEmpty(), "models of fixed work have no KV cache: memory only has to hold them");
        require(
                plan.deployments().stream().anyMatch(each -> each.kvCache().blocks() == null),
                "the number of KV blocks is stated, so memory decides nothing");
        return Edits.devices(
                plan, old -> device(old, step.of(old.memoryBytes()), old.bandwidthBytesPerSec(), old.peaks()));
    }

    private static Plan links(Plan plan, Step step) {
        require(
                plan.deployments().stream().anyMatch(each -> each.devicesPerReplica() > 1),
                "each replica is on one device");
        return Edits.deployments(
                plan,
                old -> {
                    ProfileSpec profile = old.profile();
                    return old.with(new ProfileSpec(
                            profile.name(),
                            profile.kernels(),
                            profile.experts(),
                            new ProfileSpec.Collectives(
                                    profile.collectives().latencySeconds(),
                                    profile.collectives().twoPassSeconds(),
                                    profile.collectives().gatherScatterSeconds(),
                                    profile.collectives().allToAllSeconds(),
                                    step.of(profile.collectives().busBytesPerSec())),
                            new ProfileSpec.Hop(
                                    profile.hop().latencySeconds(),
                                    step.of(profile.hop().bytesPerSec())),
                            profile.overheads(),
                            profile.client()));
                },
                UnaryOperator.identity());
    }

    private static Plan hostLink(Plan plan, Step step) {
        require(
                plan.deployments().stream().anyMatch(DeviceKnobs::usesHostLink),
                "neither weights nor KV blocks cross the link to the host");
        return Edits.devices(
                plan,
                old -> new AcceleratorSpec(
                        old.name(),
                        old.memoryBytes(),
                        old.bandwidthBytesPerSec(),
                        old.peaks(),
                        optional(old.hostLinkBytesPerSec(), step),
                        old.power(),
                        old.conversion()));
    }

    private static Plan kvLink(Plan plan, Step step) {
        require(
                plan.deployments().stream().anyMatch(each -> each.handover() != null),
                "no deployment prefills in a pool of its own, so no KV cache moves");
        return Edits.deployments(
                plan,
                old -> {
                    HandoverSpec handover = old.handover();
                    return handover == null ? old : old.overLinkOf(step.of(handover.linkBytesPerSec()));
                },
                UnaryOperator.identity());
    }

    private static boolean usesHostLink(DeploymentSpec deployment) {
        return deployment.parallelism().hostWeightShare() > 0
                || (deployment.kvCache().allocation() instanceof AllocationSpec.OnDemand onDemand
                        && onDemand.preemption() instanceof PreemptionSpec.Swap);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
