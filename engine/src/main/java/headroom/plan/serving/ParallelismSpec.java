package headroom.plan.serving;

import headroom.units.Ranges;

/**
 * How one replica is spread over its devices and their host.
 *
 * @param tensorParallel devices of the group that every layer is split over
 * @param expertParallel parts of that group that hold different experts: each expert's columns are split over
 *     {@code tensorParallel / expertParallel} devices; 1 splits every expert over the whole group
 * @param dataParallelAttention whether each device of the group is a rank of its own outside the experts: it holds those
 *     weights whole and attends for its own share of the sequences
 * @param pipelineParallel stages, each a group of its own that holds its share of the layers
 * @param hostWeightShare share of linear and expert weights that stay in the host's memory and are read over its link
 *     whenever a step needs them, 0 to below 1
 * @param drawnRanks whether a sequence comes to an attention rank as if it drew one, so that some have more than others; false
 *     where ranks are filled evenly
 */
public record ParallelismSpec(
        int tensorParallel,
        int expertParallel,
        boolean dataParallelAttention,
        int pipelineParallel,
        double hostWeightShare,
        boolean drawnRanks) {
    public ParallelismSpec {
        Ranges.atLeast("parallelism.tensorParallel", tensorParallel, 1);
        Ranges.atLeast("parallelism.expertParallel", expertParallel, 1);
        Ranges.atLeast("parallelism.pipelineParallel", pipelineParallel, 1);
        Ranges.between("parallelism.hostWeightShare", hostWeightShare, 0, 0.999);
    }

    /** Ranks that are filled evenly. */
    public ParallelismSpec(
            int tensorParallel,
            int expertParallel,
            boolean dataParallelAttention,
            int pipelineParallel,
            double hostWeightShare) {
        this(tensorParallel, expertParallel, dataParallelAttention, pipelineParallel, hostWeightShare, false);
    }

    /** All weights on the devices. */
    public ParallelismSpec(
            int tensorParallel, int expertParallel, boolean dataParallelAttention, int pipelineParallel) {
        this(tensorParallel, expertParallel, dataParallelAttention, pipelineParallel, 0);
    }

    /** The same with some weights in the host's memory. */
    public ParallelismSpec withHostWeights(double share) {
        return new ParallelismSpec(
                tensorParallel, expertParallel, dataParallelAttention, pipelineParallel, share, drawnRanks);
    }

    /** The same with sequences that draw their ranks. */
    public ParallelismSpec withDrawnRanks() {
        return new ParallelismSpec(
                tensorParallel, expertParallel, dataParallelAttention, pipelineParallel, hostWeightShare, true);
    }

    /** Every layer split over {@code devices}, nothing else. */
    public static ParallelismSpec tensor(int devices) {
        return new ParallelismSpec(devices, 1, false, 1);
    }

    /** Devices of one replica. */
    public int devices() {
        return tensorParallel * pipelineParallel;
    }

    /** Layers of the deepest stage of a model of {@code layers}. */
    public int stageLayers(int layers) {
        return (layers + pipelineParallel - 1) / pipelineParallel;
    }

    /** Devices over which each matrix outside the routed experts is split. */
    public int shards() {
        return dataParallelAttention ? 1 : tensorParallel;
    }

    /** Ranks of a stage, among which the sequences of a replica are shared out. */
    public int attentionRanks() {
        return dataParallelAttention ? tensorParallel : 1;
    }

    /** Devices over which each expert's columns are split. */
    public int devicesPerExpert() {
        return tensorParallel / expertParallel;
    }
}
