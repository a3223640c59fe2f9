package headroom.dsl.build;

import headroom.dsl.script.Frame;
import java.util.List;

/** Tells where the ways of a deployment to serve came from: its words, or its serving engine. */
final class ServingOrigins {
    private final Origins origins;
    private final String path;
    private final Frame frame;

    ServingOrigins(Origins origins, String path, Frame frame) {
        this.origins = origins;
        this.path = path;
        this.frame = frame;
    }

    /**
     * Tells them.
     *
     * @param hasTokens whether the model is one of tokens, and not of fixed work
     */
    void tell(Serving serving, Shelf shelf, boolean hasTokens) {
        String engine = shelf.source("engines", serving.engine);
        String constants =
                serving.profileFile == null ? engine : engine + "; constants of '" + serving.profileFile + "'";
        origins.looked(path + ".profile", frame, "servingEngine", hasTokens ? constants : "fitted by task");
        for (String word : List.of("replicas", "batching", "admission")) {
            origins.said(path + "." + word, frame, word);
        }
        if (hasTokens) {
            tellOfTokens(serving, engine);
        }
    }

    private void tellOfTokens(Serving serving, String engine) {
        origins.said(path + ".speculative", frame, "speculative");
        serving.continuous()
                .fromEngine()
                .forEach(field -> origins.looked(path + ".batching." + field, frame, "servingEngine", engine));
        origins.said(path + ".kvCache", frame, "kvCache");
        serving.kvCache
                .fromEngine()
                .forEach(field -> origins.looked(path + ".kvCache." + field, frame, "servingEngine", engine));
        if (serving.largerBlocks) {
            origins.looked(path + ".kvCache.blockTokens", frame, "servingEngine", engine);
        }
        if (serving.prefixCache.on() && serving.kvCache.windowsAsUsual()) {
            origins.said(path + ".kvCache.windows", frame, "prefixCache");
        }
        origins.said(path + ".kvCache.prefixCache", frame, "prefixCache");
        origins.said(path + ".kvCache.prefixHostBytes", frame, "prefixCache");
    }
}
