package headroom.result;

import java.util.List;

/**
 * All that one replication of one plan tells.
 *
 * @param traffics one entry per traffic class, in the plan's order
 * @param deployments one entry per deployment, in the plan's order
 * @param sites one entry per site, in the plan's order
 * @param timelines one entry per deployment, in the plan's order
 */
public record RunResult(
        Identity identity,
        Window window,
        List<TrafficResult> traffics,
        List<DeploymentResult> deployments,
        List<SiteResult> sites,
        List<Timeline> timelines) {
    public RunResult {
        traffics = List.copyOf(traffics);
        deployments = List.copyOf(deployments);
        sites = List.copyOf(sites);
        timelines = List.copyOf(timelines);
    }

    /** A result that tells nothing over time. */
    public RunResult(
            Identity identity,
            Window window,
            List<TrafficResult> traffics,
            List<DeploymentResult> deployments,
            List<SiteResult> sites) {
        this(identity, window, traffics, deployments, sites, List.of());
    }

    /**
     * What makes the numbers what they are: the same identity means the same numbers.
     *
     * @param planSha256 SHA-256 of the plan's canonical JSON, 64 hex digits
     * @param seed root of the random streams
     * @param replication 0, 1, 2, ...
     * @param engineVersion hash of the engine's classes
     */
    public record Identity(String planSha256, long seed, int replication, String engineVersion) {}

    /**
     * The part of the run that counts.
     *
     * @param startSeconds end of the warm-up
     * @param endSeconds last instant at which requests were sent (or the last finish, for loads that end by themselves)
     * @param lastEventSeconds when the run had drained, or hit its drain limit
     */
    public record Window(double startSeconds, double endSeconds, double lastEventSeconds) {
        /** Length of the window. */
        public double seconds() {
            return endSeconds - startSeconds;
        }
    }
}
