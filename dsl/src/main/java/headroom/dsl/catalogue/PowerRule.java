package headroom.dsl.catalogue;

import headroom.plan.hardware.PowerSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device draws, from its datasheet: the affine energy model with constants shared by all devices.
 *
 * <p>Static draw is 0.25 TDP, the ceiling 0.97 TDP, idle the catalogue's reading or else 0.11 TDP. A 16-bit FLOP costs
 * 1.45 TDP / peak joules, that of a mixture of experts 2.5 times as much. A byte of memory costs 125 pJ from HBM, else
 * 0.7 TDP / bandwidth (full bandwidth alone then draws 0.7 TDP); a byte over the link 60 pJ. H100: 175 W static, 1.026
 * pJ/FLOP. A cut-down part takes the joules per FLOP of its parent chip.
 */
final class PowerRule {
    private final Constants constants;

    PowerRule(Constants constants) {
        this.constants = constants;
    }

    /** The facts that the rule starts from. */
    record Input(
            double tdpWatts,
            @Nullable Double idleWatts,
            double peak16FlopPerSec,
            double bandwidthBytesPerSec,
            boolean stackedMemory,
            @Nullable Double parentJoulesPerFlop) {}

    double joulesPerFlop(double tdpWatts, double peak16FlopPerSec) {
        return constants.value("flop_energy_scale") * tdpWatts / peak16FlopPerSec;
    }

    PowerSpec power(Input input) {
        Double idle = input.idleWatts();
        Double parent = input.parentJoulesPerFlop();
        return new PowerSpec(
                constants.value("static_share_of_tdp") * input.tdpWatts(),
                idle == null ? constants.value("idle_share_of_tdp") * input.tdpWatts() : idle,
                constants.value("ceiling_share_of_tdp") * input.tdpWatts(),
                parent == null ? joulesPerFlop(input.tdpWatts(), input.peak16FlopPerSec()) : parent,
                constants.value("other_than_dense_flop_factor"),
                input.stackedMemory()
                        ? constants.value("memory_energy") * 1e-12
                        : constants.value("memory_energy_share_of_tdp_without_hbm")
                                * input.tdpWatts()
                                / input.bandwidthBytesPerSec(),
                constants.value("link_energy") * 1e-12);
    }

    /** The derived numbers with the rule that gave each. */
    List<Fact> facts(Input input, PowerSpec power) {
        List<Fact> facts = new ArrayList<>();
        facts.add(constants.fact("static power in a step", "static_share_of_tdp", power.staticWatts(), "W"));
        if (input.idleWatts() == null) {
            facts.add(constants.fact("idle power", "idle_share_of_tdp", power.idleWatts(), "W"));
        }
        facts.add(constants.fact("power ceiling", "ceiling_share_of_tdp", power.ceilingWatts(), "W"));
        facts.add(constants.fact(
                "energy of a 16-bit FLOP", "flop_energy_scale", power.joulesPerFlop16Bit() * 1e12, "pJ"));
        facts.add(constants.fact(
                "energy of a memory byte",
                input.stackedMemory() ? "memory_energy" : "memory_energy_share_of_tdp_without_hbm",
                power.joulesPerMemoryByte() * 1e12,
                "pJ"));
        return facts;
    }
}
