package headroom.engine.workload;

/**
 * The hashed blocks of one prompt in order. Two prompts of a traffic class have the same number at a place exactly where their hashes
 * agree from the start up to there.
 */
public final class HashChain {
    private final int blockTokens;
    private final int[] numbers;

    HashChain(int blockTokens, int[] numbers) {
        this.blockTokens = blockTokens;
        this.numbers = numbers;
    }

    /** Tokens of one hashed block. */
    public int blockTokens() {
        return blockTokens;
    }

    /** How many hashed blocks the prompt has. */
    public int length() {
        return numbers.length;
    }

    /** Number of the beginning that ends with hashed block {@code place}; at least 0. */
    public int number(int place) {
        return numbers[place];
    }
}
