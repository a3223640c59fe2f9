package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.serving.ParallelismSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a prefilling replica is spread over devices where a script says so; in all else as one that decodes. */
record PrefillSpread(
        @Nullable Integer tensorParallel,
        @Nullable Integer expertParallel,
        @Nullable Boolean dataParallelAttention) {

    PrefillSpread {
        atLeastOne("prefillTensorParallel", tensorParallel == null ? 1 : tensorParallel);
        atLeastOne("prefillExpertParallel", expertParallel == null ? 1 : expertParallel);
    }

    static void atLeastOne(String argument, int value) {
        if (value < 1) {
            throw new Mistake("disaggregate " + argument + ": must be at least 1, got " + value, "", argument);
        }
    }

    ParallelismSpec of(ParallelismSpec decoding) {
        return new ParallelismSpec(
                tensorParallel == null ? decoding.tensorParallel() : tensorParallel,
                expertParallel == null ? decoding.expertParallel() : expertParallel,
                dataParallelAttention == null ? decoding.dataParallelAttention() : dataParallelAttention,
                decoding.pipelineParallel(),
                decoding.hostWeightShare());
    }

    /** The parts of the spread that the script says, as the plan names them. */
    List<String> said() {
        List<String> parts = new ArrayList<>();
        if (tensorParallel != null) {
            parts.add("tensorParallel");
        }
        if (expertParallel != null) {
            parts.add("expertParallel");
        }
        if (dataParallelAttention != null) {
            parts.add("dataParallelAttention");
        }
        return parts;
    }
}
