package headroom.dsl.build;

import headroom.dsl.script.Frame;

/** Tells where the ways of a deployment to serve came from: its words, or its serving engine. */
final class ServingOrigins {
    private ServingOrigins() {}

    static void tell(
            Origins origins,
            String path,
            Frame frame,
            String engine,
            ContinuousBatching batching,
            CacheChoice kvCache) {
        origins.said(path + ".replicas", frame, "replicas");
        origins.said(path + ".batching", frame, "batching");
        if (batching.scheduler() == null) {
            origins.looked(path + ".batching.scheduler", frame, "servingEngine", engine);
        }
        if (batching.lag() == null) {
            origins.looked(path + ".batching.lagSteps", frame, "servingEngine", engine);
        }
        origins.said(path + ".kvCache", frame, "kvCache");
        if (kvCache.asUsual()) {
            origins.looked(path + ".kvCache.allocation", frame, "servingEngine", engine);
        }
        if (kvCache.sharesAsUsual()) {
            origins.looked(path + ".kvCache.memoryShare", frame, "servingEngine", engine);
        }
        origins.said(path + ".kvCache.prefixCache", frame, "prefixCache");
        origins.said(path + ".admission", frame, "admission");
    }
}
