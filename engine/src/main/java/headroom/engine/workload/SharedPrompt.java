package headroom.engine.workload;

import org.jspecify.annotations.Nullable;

/**
 * What a prompt has in common with others of its traffic class.
 *
 * @param group number of the beginning that it shares
 * @param groupTokens length of that beginning, 0 for none; at most the prompt's
 * @param prompt the prompt as a whole: requests with the same number have the same one; -1 where it comes only once
 * @param conversation whether the answer goes on with the prompt, too: {@code prompt} is then the number of a conversation, of
 *     which one request at a time is under way
 * @param hashes what its trace's hashes of its blocks tell, and then nothing else does; null where the trace has none
 */
public record SharedPrompt(
        int group,
        int groupTokens,
        int prompt,
        boolean conversation,
        @Nullable HashChain hashes) {
    SharedPrompt(int group, int groupTokens, int prompt, boolean conversation) {
        this(group, groupTokens, prompt, conversation, null);
    }
}
