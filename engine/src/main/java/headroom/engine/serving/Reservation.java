package headroom.engine.serving;

import headroom.engine.workload.Request;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvCacheSpec;

/** How many KV blocks a request takes when it is admitted, and how many it can come to hold. */
public abstract class Reservation {
    private final int blockTokens;
    /** Tokens that may be drafted beyond the last one. */
    final int drafted;

    private Reservation(int blockTokens, int drafted) {
        this.blockTokens = blockTokens;
        this.drafted = drafted;
    }

    /** The rule of a deployment, with room for drafted tokens that are not verified yet. */
    public static Reservation of(DeploymentSpec deployment) {
        KvCacheSpec cache = deployment.kvCache();
        int drafted = deployment.draftedTokens();
        int block = cache.blockTokens();
        if (deployment.handover() != null) {
            return new PromptOnly(block);
        }
        if (cache.allocation() instanceof AllocationSpec.WholeAnswer whole) {
            Integer most = whole.mostOutputTokens();
            return new WholeAnswer(block, drafted, most == null ? 0 : most);
        } else if (cache.allocation() instanceof AllocationSpec.Contiguous contiguous) {
            return new Contiguous(block, drafted, contiguous.maxTokens());
        }
        return new OnDemand(block, drafted);
    }

    /** The most blocks that a request ever holds. */
    public abstract long mostBlocks(Request request);

    /** Whether prompt and answer are longer than what one sequence can ever get. */
    public boolean isTooLong(Request request) {
        return false;
    }

    /** Blocks that a sequence takes at admission. */
    abstract int atAdmission(Sequence sequence);

    /** Whether sequences take more blocks while they decode. */
    abstract boolean grows();

    final int blocksFor(long tokens) {
        return (int) ((tokens + blockTokens - 1) / blockTokens);
    }

    private static final class OnDemand extends Reservation {
        OnDemand(int blockTokens, int drafted) {
            super(blockTokens, drafted);
        }

        @Override
        public long mostBlocks(Request request) {
            // The last token of an answer is delivered but never fed back.
            return blocksFor((long) request.promptTokens() + request.outputTokens() - 1 + drafted);
        }

        @Override
        int atAdmission(Sequence sequence) {
            return blocksFor((long) sequence.prefillTarget() + drafted);
        }

        @Override
        boolean grows() {
            return true;
        }
    }

    /** In a prefill pool, where nothing grows. */
    private static final class PromptOnly extends Reservation {
        PromptOnly(int blockTokens) {
            super(blockTokens, 0);
        }

        @Override
        public long mostBlocks(Request request) {
            return blocksFor(request.promptTokens());
        }

        @Override
        int atAdmission(Sequence sequence) {
            return blocksFor(sequence.prefillTarget());
        }

        @Override
        boolean grows() {
            return false;
        }
    }

    private static final class WholeAnswer extends Reservation {
        private final int mostOutputTokens;

        WholeAnswer(int blockTokens, int drafted, int mostOutputTokens) {
            super(blockTokens, drafted);
            this.mostOutputTokens = mostOutputTokens;
        }

        @Override
        public long mostBlocks(Request request) {
            return blocksFor(
                    (long) request.promptTokens() + Math.max(request.outputTokens(), mostOutputTokens) + drafted);
        }

        @Override
        int atAdmission(Sequence sequence) {
            return (int) mostBlocks(sequence.request);
        }

        @Override
        boolean grows() {
            return false;
        }
    }

    private static final class Contiguous extends Reservation {
        private final int maxTokens;

        Contiguous(int blockTokens, int drafted, int maxTokens) {
            super(blockTokens, drafted);
            this.maxTokens = maxTokens;
        }

        @Override
        public long mostBlocks(Request request) {
            return blocksFor(maxTokens);
        }

        @Override
        public boolean isTooLong(Request request) {
            return (long) request.promptTokens() + request.outputTokens() + drafted > maxTokens;
        }

        @Override
        int atAdmission(Sequence sequence) {
            return blocksFor(maxTokens);
        }

        @Override
        boolean grows() {
            return false;
        }
    }
}
