package headroom.engine.workload;

/**
 * What a prompt has in common with others of its traffic class.
 *
 * @param group number of the beginning that it shares
 * @param groupTokens length of that beginning, 0 for none; at most the prompt's
 * @param prompt the prompt as a whole: requests with the same number have the same one; -1 where it comes only once
 * @param conversation whether the answer goes on with the prompt, too: {@code prompt} is then the number of a conversation, of
 *     which one request at a time is under way
 */
public record SharedPrompt(int group, int groupTokens, int prompt, boolean conversation) {}
