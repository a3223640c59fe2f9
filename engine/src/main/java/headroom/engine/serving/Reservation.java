package headroom.engine.serving;

import headroom.engine.workload.Request;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.KvGroups;

/** How many KV blocks a request takes when it is admitted, and how many it can come to hold. */
public abstract class Reservation {
    /** How layers share blocks. */
    final KvGroups groups;
    /** Tokens that may be drafted beyond the last one. */
    final int drafted;

    private Reservation(KvGroups groups, int drafted) {
        this.groups = groups;
        this.drafted = drafted;
    }

    /** The rule of a deployment, with room for drafted tokens that are not verified yet. */
    public static Reservation of(DeploymentSpec deployment) {
        KvCacheSpec cache = deployment.kvCache();
        int drafted = deployment.draftedTokens();
        KvGroups groups = KvGroups.of(deployment);
        if (deployment.handover() != null) {
            return new PromptOnly(groups);
        }
        if (cache.allocation() instanceof AllocationSpec.WholeAnswer whole) {
            Integer most = whole.mostOutputTokens();
            return new WholeAnswer(groups, drafted, most == null ? 0 : most);
        } else if (cache.allocation() instanceof AllocationSpec.Contiguous contiguous) {
            return new Contiguous(groups, drafted, contiguous.maxTokens());
        }
        return new OnDemand(groups, drafted);
    }

    /** The most blocks that a request ever holds. */
    public abstract long mostBlocks(Request request);

    /** Whether prompt and answer are longer than what one sequence can ever get. */
    public boolean isTooLong(Request request) {
        return false;
    }

    /** Blocks that a sequence takes at admission, to be prefilled. */
    abstract int atAdmission(Sequence sequence);

    /** Blocks that it still has once all is prefilled: what left a window is not needed any more. */
    abstract int afterPrefill(Sequence sequence);

    /** Blocks that a sequence needs that comes with its cache, to decode its next token. */
    abstract int toDecode(Sequence sequence);

    /** Whether sequences take more blocks while they decode. */
    abstract boolean grows();

    private static final class OnDemand extends Reservation {
        OnDemand(KvGroups groups, int drafted) {
            super(groups, drafted);
        }

        @Override
        public long mostBlocks(Request request) {
            // The last token of an answer is delivered but never fed back. All before it is prefilled after a
            // preemption.
            long cached = (long) request.promptTokens() + request.outputTokens() - 1;
            return groups.peakBlocks(cached, cached + drafted);
        }

        @Override
        int atAdmission(Sequence sequence) {
            long target = sequence.prefillTarget();
            return groups.peakBlocks(target, target + drafted);
        }

        @Override
        int afterPrefill(Sequence sequence) {
            return groups.blocks((long) sequence.prefilled + drafted);
        }

        @Override
        int toDecode(Sequence sequence) {
            return groups.blocks((long) sequence.prefillTarget() + drafted);
        }

        @Override
        boolean grows() {
            return true;
        }
    }

    /** In a prefill pool, where nothing grows. */
    private static final class PromptOnly extends Reservation {
        PromptOnly(KvGroups groups) {
            super(groups, 0);
        }

        @Override
        public long mostBlocks(Request request) {
            return groups.peakBlocks(request.promptTokens(), request.promptTokens());
        }

        @Override
        int atAdmission(Sequence sequence) {
            return groups.peakBlocks(sequence.prefillTarget(), sequence.prefillTarget());
        }

        @Override
        int afterPrefill(Sequence sequence) {
            return groups.blocks(sequence.prefilled);
        }

        @Override
        int toDecode(Sequence sequence) {
            throw new IllegalStateException("nothing decodes in a prefill pool");
        }

        @Override
        boolean grows() {
            return false;
        }
    }

    private static final class WholeAnswer extends Reservation {
        private final int mostOutputTokens;

        WholeAnswer(KvGroups groups, int drafted, int mostOutputTokens) {
            super(groups, drafted);
            this.mostOutputTokens = mostOutputTokens;
        }

        @Override
        public long mostBlocks(Request request) {
            return groups.peakBlocks(request.promptTokens(), tokens(request));
        }

        @Override
        int atAdmission(Sequence sequence) {
            return (int) mostBlocks(sequence.request);
        }

        @Override
        int afterPrefill(Sequence sequence) {
            return groups.blocks(tokens(sequence.request));
        }

        @Override
        int toDecode(Sequence sequence) {
            return groups.blocks(tokens(sequence.request));
        }

        @Override
        boolean grows() {
            return false;
        }

        private long tokens(Request request) {
            return (long) request.promptTokens() + Math.max(request.outputTokens(), mostOutputTokens) + drafted;
        }
    }

    private static final class Contiguous extends Reservation {
        private final int maxTokens;

        Contiguous(KvGroups groups, int drafted, int maxTokens) {
            super(groups, drafted);
            this.maxTokens = maxTokens;
        }

        @Override
        public long mostBlocks(Request request) {
            return groups.blocks(maxTokens);
        }

        @Override
        public boolean isTooLong(Request request) {
            return (long) request.promptTokens() + request.outputTokens() + drafted > maxTokens;
        }

        @Override
        int atAdmission(Sequence sequence) {
            return groups.blocks(maxTokens);
        }

        @Override
        int afterPrefill(Sequence sequence) {
            return groups.blocks(maxTokens);
        }

        @Override
        int toDecode(Sequence sequence) {
            return groups.blocks(maxTokens);
        }

        @Override
        boolean grows() {
            return false;
        }
    }
}
