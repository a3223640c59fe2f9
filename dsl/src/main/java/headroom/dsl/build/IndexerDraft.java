package headroom.dsl.build;

import headroom.plan.model.IndexerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The indexer that a script states, among the dimensions of its model by the plan's names of them. */
final class IndexerDraft {
    static final String HEADS = "attention.indexer.heads";
    static final String HEAD_DIM = "attention.indexer.headDim";
    static final String TOP_TOKENS = "attention.indexer.topTokens";
    private static final Map<String, String> WRITTEN = Map.of(
            HEADS,
            "sparseAttention indexHeads:",
            HEAD_DIM,
            "sparseAttention indexDim:",
            TOP_TOKENS,
            "sparseAttention topK:");

    private IndexerDraft() {}

    private static boolean isSaid(Map<String, Integer> known) {
        return known.containsKey(HEADS) || known.containsKey(HEAD_DIM) || known.containsKey(TOP_TOKENS);
    }

    /** What is not known of it, as the script would write it; nothing where there is none. */
    static List<String> missing(Map<String, Integer> known) {
        List<String> missing = new ArrayList<>();
        if (isSaid(known)) {
            for (String field : List.of(HEADS, HEAD_DIM, TOP_TOKENS)) {
                if (!known.containsKey(field)) {
                    missing.add(WRITTEN.get(field));
                }
            }
        }
        return missing;
    }

    /** The indexer, when nothing of it is missing; null for none. */
    static @Nullable IndexerSpec spec(Map<String, Integer> known) {
        return isSaid(known)
                ? new IndexerSpec(
                        known.getOrDefault(HEADS, 0),
                        known.getOrDefault(HEAD_DIM, 0),
                        known.getOrDefault(TOP_TOKENS, 0))
                : null;
    }

    /** What holds for a base. */
    static void known(Map<String, Integer> known, @Nullable IndexerSpec base) {
        if (base != null) {
            known.put(HEADS, base.heads());
            known.put(HEAD_DIM, base.headDim());
            known.put(TOP_TOKENS, base.topTokens());
        }
    }
}
