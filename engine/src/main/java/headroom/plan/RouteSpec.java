package headroom.plan;

import headroom.plan.serving.RoutingPolicy;
import headroom.units.Ranges;

/** Sends a traffic class to a deployment; {@code policy} chooses among its replicas. */
public record RouteSpec(String traffic, String deployment, RoutingPolicy policy) {
    public RouteSpec {
        Ranges.named("route.traffic", traffic);
        Ranges.named("route.deployment", deployment);
    }
}
