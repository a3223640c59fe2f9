package headroom.plan;

import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;

/**
 * One point of an experiment: everything that changes numbers, and nothing else.
 *
 * <p>Plain immutable data in SI units. {@link PlanJson} writes and reads its canonical JSON, whose SHA-256 is the
 * plan's identity; {@link PlanChecks} lists what is wrong between fields. Records check their own fields when made.
 */
public record Plan(
        List<SiteSpec> sites,
        List<TrafficSpec> traffics,
        List<DeploymentSpec> deployments,
        List<RouteSpec> routes,
        HorizonSpec horizon) {
    public Plan {
        sites = List.copyOf(sites);
        traffics = List.copyOf(traffics);
        deployments = List.copyOf(deployments);
        routes = List.copyOf(routes);
    }

    /** Index of the deployment of that name. */
    public int indexOf(String deployment) {
        for (int i = 0; i < deployments.size(); i++) {
            if (deployments.get(i).name().equals(deployment)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no deployment '" + deployment + "'");
    }

    /** Index of the prefill pool that the requests of a deployment go to first; its own where it has none. */
    public int entranceOf(int deployment) {
        for (int i = 0; i < deployments.size(); i++) {
            HandoverSpec handover = deployments.get(i).handover();
            if (handover != null
                    && handover.to().equals(deployments.get(deployment).name())) {
                return i;
            }
        }
        return deployment;
    }
}
