package headroom.plan.hardware;

import headroom.units.Ranges;

/**
 * The box around the devices: {@code wallWatts = (hostWatts + device watts) / ((1 - fanShare) psuEfficiency)}.
 *
 * @param accelerators devices in one server
 * @param linkedAccelerators devices that one fast link joins, those of other servers of a rack too; at least {@code
 *     accelerators}
 * @param hostWatts processors, switches, NICs, memory and disks while serving
 * @param hostIdleWatts the same while none of its devices runs a step
 * @param fanShare share of the server's input that its fans take (air 0.08, cold plate 0.02, immersion 0)
 * @param psuEfficiency output over input of the power supplies
 */
public record ServerSpec(
        int accelerators,
        int linkedAccelerators,
        double hostWatts,
        double hostIdleWatts,
        double fanShare,
        double psuEfficiency) {
    public ServerSpec {
        Ranges.atLeast("server.accelerators", accelerators, 1);
        Ranges.atLeast("server.linkedAccelerators", linkedAccelerators, accelerators);
        Ranges.nonNegative("server.hostWatts", hostWatts);
        Ranges.nonNegative("server.hostIdleWatts", hostIdleWatts);
        Ranges.between("server.fanShare", fanShare, 0, 0.9);
        Ranges.fraction("server.psuEfficiency", psuEfficiency);
    }

    /** A server whose devices are joined to none of another. */
    public ServerSpec(int accelerators, double hostWatts, double hostIdleWatts, double fanShare, double psuEfficiency) {
        this(accelerators, accelerators, hostWatts, hostIdleWatts, fanShare, psuEfficiency);
    }

    /** Watts at the wall for one watt inside the box. */
    public double wallFactor() {
        return 1 / ((1 - fanShare) * psuEfficiency);
    }
}
