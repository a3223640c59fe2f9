package headroom.plan;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.ParameterCount;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.DraftSpec;
import headroom.plan.serving.SpeculativeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a draft can propose tokens to the model of a deployment, and its steps hold what there is to verify. */
final class SpeculativeChecks {
    /** Rows that two vocabularies of one tokenizer may differ by, for padding; llama.cpp allows as many. */
    private static final int PADDING_ROWS = 128;

    private SpeculativeChecks() {}

    static List<Problem> problems(String path, DeploymentSpec deployment) {
        List<String> messages = new ArrayList<>();
        SpeculativeSpec spec = deployment.speculative();
        if (spec == null) {
            return List.of();
        }
        if (deployment.parallelism().pipelineParallel() > 1) {
            messages.add("speculative decoding is not simulated with pipeline stages: use tensorParallel");
        }
        if (deployment.accelerator().power().capWatts() != null) {
            messages.add("speculative decoding is not simulated under a power cap: remove powerCap or speculative");
        }
        if (deployment.parallelism().hostWeightShare() > 0) {
            messages.add(
                    "speculative decoding is not simulated with weights on the host: remove offload or speculative");
        }
        BatchingSpec batching = deployment.batching();
        long verified = (long) batching.maxSequences() * deployment.tokensPerSequence();
        if (verified > batching.tokenBudget()) {
            messages.add(batching.maxSequences() + " sequences with " + deployment.tokensPerSequence()
                    + " tokens to compute each are " + verified + " tokens, but a step holds "
                    + batching.tokenBudget() + ": raise tokenBudget, or lower maxSequences or tokens");
        }
        if (spec.draft() instanceof DraftSpec.Small small) {
            small(deployment, small.model(), messages);
        }
        return messages.stream()
                .map(message -> new Problem(path + ".speculative", message))
                .toList();
    }

    private static void small(DeploymentSpec deployment, ModelSpec draft, List<String> messages) {
        ModelSpec model = deployment.model();
        if (Math.abs(draft.vocabulary() - model.vocabulary()) > PADDING_ROWS) {
            messages.add(String.format(
                    Locale.ROOT,
                    "%s has a vocabulary of %,d and %s one of %,d: a draft must share the tokenizer of the model",
                    draft.name(),
                    draft.vocabulary(),
                    model.name(),
                    model.vocabulary()));
        }
        double own = ParameterCount.of(model).total();
        double drafts = ParameterCount.of(draft).total();
        if (drafts >= own) {
            messages.add(String.format(
                    Locale.ROOT,
                    "the draft %s has %.1f billion weights and %s only %.1f: a draft must be smaller than the model",
                    draft.name(),
                    drafts / 1e9,
                    model.name(),
                    own / 1e9));
        }
        if (draft.attention() instanceof AttentionSpec.Linear) {
            messages.add(
                    "the draft " + draft.name() + " has layers of linear attention, whose states are not simulated "
                            + "beside the model's: choose a draft all of whose layers attend, or heads");
        }
        if (AttentionSpec.indexer(draft.attention()) != null) {
            messages.add("the draft " + draft.name() + " has an indexer, which is not simulated beside the model: "
                    + "choose a draft all of whose layers read all tokens, or heads");
        }
        int shards = deployment.parallelism().shards();
        if (draft.attention().heads() % shards != 0) {
            messages.add("tensorParallel " + shards + " does not divide the "
                    + draft.attention().heads() + " attention heads of the draft " + draft.name());
        }
    }
}
