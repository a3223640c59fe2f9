package headroom.dsl.claims;

import org.jspecify.annotations.Nullable;

/** Why a claim cannot be answered yes or no; the first reason counts. */
final class Doubts {
    private @Nullable String skipped;
    private @Nullable String unknown;

    /** A point that the command line took away. */
    void skip(String reason) {
        skipped = skipped == null ? reason : skipped;
    }

    /** A figure that the run cannot tell. */
    void cannotTell(String reason) {
        unknown = unknown == null ? reason : unknown;
    }

    @Nullable
    String skipped() {
        return skipped;
    }

    @Nullable
    String unknown() {
        return unknown;
    }
}
