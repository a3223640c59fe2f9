package headroom.result;

import org.jspecify.annotations.Nullable;

/**
 * What one deployment did in the window, all its replicas together.
 *
 * @param devices devices of all replicas
 * @param steps engine steps
 * @param preemptions times that a running request lost its KV blocks
 * @param swaps of them, those whose blocks went to the host
 * @param handovers of a prefill pool, what it handed on; null otherwise
 */
public record DeploymentResult(
        String deployment,
        String site,
        int devices,
        double steps,
        long preemptions,
        Swaps swaps,
        Utilization utilization,
        KvUse kv,
        Energy energy,
        Cost cost,
        @Nullable Handovers handovers) {

    /** A deployment that decodes. */
    public DeploymentResult(
            String deployment,
            String site,
            int devices,
            double steps,
            long preemptions,
            Swaps swaps,
            Utilization utilization,
            KvUse kv,
            Energy energy,
            Cost cost) {
        this(deployment, site, devices, steps, preemptions, swaps, utilization, kv, energy, cost, null);
    }

    /**
     * KV caches that a prefill pool handed to the pool that decodes.
     *
     * @param to name of the deployment that decodes
     * @param movedBytes bytes sent in the window
     * @param linkBusyFraction share of the window in which the link sent, 0..1
     */
    public record Handovers(String to, double movedBytes, double linkBusyFraction) {}

    /**
     * Preempted requests whose KV blocks were kept on the host.
     *
     * @param count times that this happened
     * @param movedBytes KV cache moved to the host and back, all devices together
     */
    public record Swaps(long count, double movedBytes) {}

    /**
     * Shares of the window, averaged over devices, each 0..1.
     *
     * @param busyFraction time in which a step ran (what GPU tools call utilisation)
     * @param compute FLOPs done over (dense peak of the linear layers' type x time)
     * @param bandwidth bytes moved over (peak bandwidth x time)
     * @param meanBatchSequences sequences decoding, averaged over busy time
     */
    public record Utilization(double busyFraction, double compute, double bandwidth, double meanBatchSequences) {}

    /**
     * @param blocksPerReplica KV blocks of one replica
     * @param meanUtilization share of blocks in use, averaged over the window and replicas
     * @param peakUtilization highest share in use of any replica over the whole run
     */
    public record KvUse(long blocksPerReplica, double meanUtilization, double peakUtilization) {}

    /**
     * Joules of the window, in parts that add up to {@link #facilityJoules()} exactly in real arithmetic.
     *
     * @param staticJoules devices' static draw during steps
     * @param computeJoules FLOPs
     * @param memoryJoules bytes from device memory
     * @param linkJoules bytes over the scale-up link, over the host link, and to the pool that decodes
     * @param ceilingJoules what the power ceiling took away; at most 0
     * @param idleJoules devices' draw while no step ran
     * @param hostJoules processors, switches, NICs, memory and disks
     * @param fanAndPsuJoules fans and power-supply losses
     * @param facilityOverheadJoules cooling and distribution, (PUE - 1) x IT
     * @param peakWatts highest facility power at the start of any run of steps, all replicas at that instant
     * @param carbonGrams null when no carbon intensity was given
     * @param waterLitres null when no water use was given
     */
    public record Energy(
            double staticJoules,
            double computeJoules,
            double memoryJoules,
            double linkJoules,
            double ceilingJoules,
            double idleJoules,
            double hostJoules,
            double fanAndPsuJoules,
            double facilityOverheadJoules,
            double peakWatts,
            @Nullable Double carbonGrams,
            @Nullable Double waterLitres) {
        /** Devices alone. */
        public double deviceJoules() {
            return staticJoules + computeJoules + memoryJoules + linkJoules + ceilingJoules + idleJoules;
        }

        /** Devices and everything else in the servers, at the wall. */
        public double itJoules() {
            return deviceJoules() + hostJoules + fanAndPsuJoules;
        }

        /** All of it, as billed. */
        public double facilityJoules() {
            return itJoules() + facilityOverheadJoules;
        }
    }

    /**
     * US dollars of the window. A part whose price nobody gave is null.
     *
     * @param rentUsd devices held, used or not
     * @param electricityUsd facility energy at the site's price
     */
    public record Cost(@Nullable Double rentUsd, @Nullable Double electricityUsd) {
        /** Rent plus electricity, as far as prices were given; null without a rent, since electricity alone misleads. */
        public @Nullable Double totalUsd() {
            if (rentUsd == null) {
                return null;
            }
            return electricityUsd == null ? rentUsd : rentUsd + electricityUsd;
        }
    }
}
