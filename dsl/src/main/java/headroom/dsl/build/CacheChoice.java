package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.WindowsSpec;
import headroom.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A KV cache as a script states it. */
public interface CacheChoice {
    /** What {@code paged watermark:} is. */
    String WATERMARK = "share of blocks left free by admission";

    /** What {@code paged reserve:} is. */
    String RESERVE = "whether admission takes an answer's blocks";

    /** What {@code paged maxAnswer:} is. */
    String MAX_ANSWER = "longest answer to reserve for";

    /** Any engine, to check what a script says by itself. */
    Usual CHECKING = new Usual(1, false, 0, AllocationSpec.onDemand(), new WindowsSpec.Whole());

    /** Whether the serving engine decides how blocks are given away. */
    boolean asUsual();

    /** Whether the serving engine decides which share of memory it uses. */
    boolean sharesAsUsual();

    /** Whether the serving engine decides what is kept for layers with a sliding window. */
    default boolean windowsAsUsual() {
        return true;
    }

    /** The fields that the serving engine decides. */
    default List<String> fromEngine() {
        List<String> fields = new ArrayList<>();
        if (asUsual()) {
            fields.add("allocation");
        }
        if (sharesAsUsual()) {
            fields.add("memoryShare");
        }
        if (windowsAsUsual()) {
            fields.add("windows");
        }
        return fields;
    }

    /**
     * The cache of a deployment.
     *
     * @param usual what the serving engine does where the script says nothing
     */
    KvCacheSpec spec(ModelSpec model, Usual usual);

    /**
     * What a serving engine does.
     *
     * @param memoryShare share of a device's memory that it uses
     * @param shareOfRest whether it counts such shares of what weights and activations leave
     * @param activationBytes bytes of a device that it keeps for activations
     * @param allocation how it gives blocks away
     * @param windows what it keeps for layers with a sliding window
     */
    record Usual(
            double memoryShare,
            boolean shareOfRest,
            double activationBytes,
            AllocationSpec allocation,
            WindowsSpec windows) {}

    /**
     * Blocks of some tokens; what is null follows from the serving engine, or from the way that blocks are given away.
     *
     * @param blocks blocks of one replica, null where memory decides
     */
    record Paged(
            int blockTokens,
            @Nullable Double memoryShare,
            @Nullable Double activationBytes,
            @Nullable Double watermark,
            @Nullable Long blocks,
            @Nullable AllocationSpec allocation,
            @Nullable HybridCache hybrid)
            implements CacheChoice {
        private static final double WATERMARK = 0.01;

        /** 16 tokens a block, and everything else as usual. */
        static Paged usual() {
            return new Paged(16, null, null, null, null, null, null);
        }

        /** When blocks are given, as a script says it; null is not said, or the serving engine decides. */
        static @Nullable AllocationSpec allocation(
                @Nullable Boolean reserve, @Nullable Quantity maxAnswer, @Nullable PreemptionSpec preemption) {
            Integer mostOutputTokens =
                    maxAnswer == null ? null : (Integer) StatedLengths.wholeTokens("paged maxAnswer:", maxAnswer);
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
                @Nullable AllocationSpec allocation,
                @Nullable Object hybrid) {
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
                    si(memoryShare),
                    si(activations),
                    si(watermark),
                    blocks,
                    allocation,
                    hybrid == null ? null : HybridCache.stated(hybrid));
            paged.spec(CHECKING);
            return paged;
        }

        @Override
        public boolean asUsual() {
            return allocation == null;
        }

        @Override
        public boolean sharesAsUsual() {
            return memoryShare == null;
        }

        @Override
        public boolean windowsAsUsual() {
            return hybrid == null;
        }

        @Override
        public KvCacheSpec spec(ModelSpec model, Usual usual) {
            KvCacheSpec cache = spec(usual);
            return cache.withWindows(
                    hybrid == null
                            ? HybridCache.usual(usual.windows(), model, cache.allocation())
                            : hybrid.or(usual.windows()));
        }

        private KvCacheSpec spec(Usual usual) {
            AllocationSpec way = allocation == null ? usual.allocation() : allocation;
            // Free blocks at admission are for caches that grow later.
            double least = way instanceof AllocationSpec.OnDemand ? WATERMARK : 0;
            return new KvCacheSpec(
                    blockTokens,
                    memoryShare == null ? usual.memoryShare() : memoryShare,
                    activationBytes == null ? usual.activationBytes() : activationBytes,
                    watermark == null ? least : watermark,
                    blocks,
                    way,
                    usual.shareOfRest());
        }
    }

    /**
     * One piece of memory for each sequence.
     *
     * @param maxTokens its length; null: the model's context window
     */
    record Contiguous(
            @Nullable Double memoryShare,
            @Nullable Double activationBytes,
            @Nullable Integer maxTokens) implements CacheChoice {
        /** As a script says it; null is not said. */
        static Contiguous stated(
                @Nullable Integer maxTokens, @Nullable Quantity memoryShare, @Nullable Quantity activations) {
            Contiguous contiguous = new Contiguous(si(memoryShare), si(activations), maxTokens);
            contiguous.spec(maxTokens == null ? Integer.MAX_VALUE : maxTokens, CHECKING);
            return contiguous;
        }

        @Override
        public boolean asUsual() {
            return false;
        }

        @Override
        public boolean sharesAsUsual() {
            return memoryShare == null;
        }

        @Override
        public KvCacheSpec spec(ModelSpec model, Usual usual) {
            return spec(maxTokens == null ? model.contextLimitTokens() : maxTokens, usual);
        }

        private KvCacheSpec spec(int tokens, Usual usual) {
            return new KvCacheSpec(
                    1,
                    memoryShare == null ? usual.memoryShare() : memoryShare,
                    activationBytes == null ? usual.activationBytes() : activationBytes,
                    0,
                    null,
                    new AllocationSpec.Contiguous(tokens),
                    usual.shareOfRest());
        }
    }

    private static @Nullable Double si(@Nullable Quantity quantity) {
        return quantity == null ? null : (Double) quantity.si();
    }
}
