package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.units.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A KV cache as a script states it. */
public interface CacheChoice {
    /** The share of a device's memory that an engine may use when nobody says it. */
    double MEMORY_SHARE = 0.9;

    /** Bytes of a device kept for activations when nobody says it. */
    double ACTIVATION_BYTES = 1.5e9;

    /** Whether the serving engine decides how blocks are given away. */
    boolean asUsual();

    /**
     * The cache of a deployment.
     *
     * @param usual how the serving engine gives blocks away
     */
    KvCacheSpec spec(ModelSpec model, AllocationSpec usual);

    /**
     * Blocks of some tokens; what is null follows from the serving engine, or from the way that blocks are given away.
     *
     * @param blocks blocks of one replica, null where memory decides
     */
    record Paged(
            int blockTokens,
            double memoryShare,
            double activationBytes,
            @Nullable Double watermark,
            @Nullable Long blocks,
            @Nullable AllocationSpec allocation)
            implements CacheChoice {
        private static final double WATERMARK = 0.01;

        /** 16 tokens a block, and everything else as usual. */
        static Paged usual() {
            return new Paged(16, MEMORY_SHARE, ACTIVATION_BYTES, null, null, null);
        }

        /** When blocks are given, as a script says it; null is not said, or the serving engine decides. */
        static @Nullable AllocationSpec allocation(
                @Nullable Boolean reserve, @Nullable Integer mostOutputTokens, @Nullable PreemptionSpec preemption) {
            if (mostOutputTokens != null && reserve != null && !reserve) {
                throw new Mistake("paged maxAnswer: would be ignored without reserve:", "remove one", "maxAnswer");
            }
            boolean reserves = mostOutputTokens != null || (reserve != null && reserve);
            if (reserves && preemption != null) {
                throw new Mistake(
                        "paged preemption: would be ignored, since nothing is preempted when answers are reserved",
                        "remove one",
                        "preemption");
            }
            if (reserves) {
                return new AllocationSpec.WholeAnswer(mostOutputTokens);
            }
            if (preemption != null) {
                return new AllocationSpec.OnDemand(preemption);
            }
            return reserve == null ? null : AllocationSpec.onDemand();
        }

        /** As a script says it; null is not said. */
        static Paged stated(
                int blockTokens,
                @Nullable Quantity memoryShare,
                @Nullable Quantity activations,
                @Nullable Quantity watermark,
                @Nullable Long blocks,
                @Nullable AllocationSpec allocation) {
            for (String argument : List.of("memoryShare", "activations")) {
                if (blocks != null && (argument.equals("activations") ? activations : memoryShare) != null) {
                    throw new Mistake(
                            "paged blocks: says how large the cache is, so " + argument + ": would be ignored",
                            "remove one of them",
                            argument);
                }
            }
            Paged paged = new Paged(
                    blockTokens,
                    memoryShare == null ? MEMORY_SHARE : memoryShare.si(),
                    activations == null ? ACTIVATION_BYTES : activations.si(),
                    watermark == null ? null : (Double) watermark.si(),
                    blocks,
                    allocation);
            paged.spec(AllocationSpec.onDemand());
            return paged;
        }

        @Override
        public boolean asUsual() {
            return allocation == null;
        }

        @Override
        public KvCacheSpec spec(ModelSpec model, AllocationSpec usual) {
            return spec(usual);
        }

        private KvCacheSpec spec(AllocationSpec usual) {
            AllocationSpec way = allocation == null ? usual : allocation;
            // Free blocks at admission are for caches that grow later.
            double least = way instanceof AllocationSpec.OnDemand ? WATERMARK : 0;
            return new KvCacheSpec(
                    blockTokens, memoryShare, activationBytes, watermark == null ? least : watermark, blocks, way);
        }
    }

    /**
     * One piece of memory for each sequence.
     *
     * @param maxTokens its length; null: the model's context window
     */
    record Contiguous(
            double memoryShare,
            double activationBytes,
            @Nullable Integer maxTokens) implements CacheChoice {
        /** As a script says it. */
        static Contiguous stated(@Nullable Integer maxTokens, double memoryShare, double activationBytes) {
            Contiguous contiguous = new Contiguous(memoryShare, activationBytes, maxTokens);
            contiguous.spec(maxTokens == null ? Integer.MAX_VALUE : maxTokens);
            return contiguous;
        }

        @Override
        public boolean asUsual() {
            return false;
        }

        @Override
        public KvCacheSpec spec(ModelSpec model, AllocationSpec usual) {
            return spec(maxTokens == null ? model.contextLimitTokens() : maxTokens);
        }

        private KvCacheSpec spec(int tokens) {
            return new KvCacheSpec(1, memoryShare, activationBytes, 0, null, new AllocationSpec.Contiguous(tokens));
        }
    }
}
