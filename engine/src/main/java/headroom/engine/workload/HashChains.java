package headroom.engine.workload;

import headroom.plan.traffic.PromptHashes;
import java.util.HashMap;
import java.util.Map;

/** Numbers the beginnings that occur in a trace: the same hash behind another beginning is another text. */
final class HashChains {
    private static final int START = -1;

    private record Beginning(int before, int hash) {}

    private final PromptHashes hashes;
    private final Map<Beginning, Integer> numbers = new HashMap<>();

    HashChains(PromptHashes hashes) {
        this.hashes = hashes;
    }

    HashChain of(int row) {
        int[] chain = new int[hashes.count(row)];
        int before = START;
        for (int block = 0; block < chain.length; block++) {
            Beginning beginning = new Beginning(before, hashes.id(row, block));
            Integer known = numbers.putIfAbsent(beginning, numbers.size());
            before = known == null ? numbers.size() - 1 : known;
            chain[block] = before;
        }
        return new HashChain(hashes.blockTokens(), chain);
    }
}
