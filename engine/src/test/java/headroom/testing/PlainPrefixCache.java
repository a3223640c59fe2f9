package headroom.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks of one plain replica, each cached one with a name that says whose text it holds. Blocks in use, blocks that only
 * the cache keeps, and free ones add up to all.
 */
final class PlainPrefixCache {
    private static final String ALONE = "";

    private final boolean on;
    private final int block;
    private final long total;
    private final Map<String, Integer> usersByName = new HashMap<>();
    private final List<String> unused = new ArrayList<>();
    private final List<String> onHost = new ArrayList<>();
    private final long hostTotal;

    long used;
    int hits;
    int evictions;
    int shared;
    int stored;
    int brought;
    int forgottenOnHost;

    PlainPrefixCache(boolean on, int block, long total, long hostTotal) {
        this.hostTotal = hostTotal;
        this.on = on;
        this.block = block;
        this.total = total;
    }

    /** Leading blocks of what has to be prefilled that are there. */
    int find(PlainRequest request) {
        int found = 0;
        while (on && (found + 1) * block < request.known()) {
            String name = name(request, found);
            if (!usersByName.containsKey(name) && !onHost.contains(name)) {
                break;
            }
            found++;
        }
        return found;
    }

    /** Whether {@code blocks} blocks, {@code found} of them from the cache, and {@code reserve} more can be had. */
    boolean has(PlainRequest request, int blocks, int found, long reserve) {
        long more = reserve + blocks;
        for (int i = 0; i < found; i++) {
            more -= unused.contains(name(request, i)) || onHost.contains(name(request, i)) ? 0 : 1;
        }
        return used + more <= total;
    }

    /** Returns how many blocks come from the host. */
    int admit(PlainRequest request, int blocks, int found) {
        int fromHost = 0;
        for (int i = 0; i < found; i++) {
            String name = name(request, i);
            if (onHost.remove(name)) {
                usersByName.put(name, 1);
                fromHost++;
            } else if (usersByName.merge(name, 1, Integer::sum) == 1) {
                unused.remove(name);
                used++;
            } else {
                shared++;
            }
            request.heldNames.add(name);
        }
        hits += found > 0 ? 1 : 0;
        request.blocksHeld = blocks;
        request.tokensCached = Math.max(request.tokensCached, found * block);
        for (int i = found - fromHost; i < blocks; i++) {
            take();
        }
        brought += fromHost;
        return fromHost;
    }

    /** Whether one more block can be had. */
    boolean hasOne() {
        return used < total;
    }

    void take() {
        if (used + unused.size() == total) {
            String name = unused.remove(0);
            usersByName.remove(name);
            evictions++;
            if (hostTotal > 0) {
                onHost.add(name);
                stored++;
            }
            if (onHost.size() > hostTotal) {
                onHost.remove(0);
                forgottenOnHost++;
            }
        }
        used++;
    }

    /** The next step puts {@code tokens} tokens in all into the cache by prefill. */
    void fill(PlainRequest request, int tokens) {
        List<String> own = request.heldNames;
        while (on && (own.size() + 1) * block <= tokens) {
            String name = name(request, own.size());
            boolean known = usersByName.containsKey(name);
            if (!known) {
                onHost.remove(name);
                usersByName.put(name, 1);
            }
            own.add(known ? ALONE : name);
        }
    }

    void release(PlainRequest request) {
        List<String> own = request.heldNames;
        int full = on ? request.tokensCached / block : 0;
        used -= request.blocksHeld - full;
        for (int i = full - 1; i >= 0; i--) {
            String name = name(request, i);
            if (i < own.size() && own.get(i).equals(name)) {
                if (usersByName.merge(name, -1, Integer::sum) == 0) {
                    unused.add(name);
                    used--;
                }
            } else {
                used--;
                if (!usersByName.containsKey(name)) {
                    onHost.remove(name);
                    usersByName.put(name, 0);
                    unused.add(name);
                }
            }
        }
        own.clear();
        request.blocksHeld = 0;
    }

    private String name(PlainRequest request, int i) {
        while (request.blockNames.size() <= i) {
            int last = (request.blockNames.size() + 1) * block;
            String whose = "request " + request.index;
            if (request.shared != null && last <= request.shared.groupTokens()) {
                whose = "group " + request.shared.group();
            } else if (request.shared != null && request.shared.conversation()) {
                whose = "conversation " + request.shared.prompt();
            } else if (request.shared != null && request.shared.prompt() >= 0 && last <= request.prompt) {
                whose = "prompt " + request.shared.prompt();
            }
            if (!request.hashes.isEmpty() && last <= request.prompt) {
                int hashed = (int) Math.ceil((double) last / request.hashedTokens);
                whose = "beginning " + request.hashes.subList(0, hashed);
            }
            request.blockNames.add(request.traffic + ", " + whose + ", up to token " + last);
        }
        return request.blockNames.get(i);
    }
}
