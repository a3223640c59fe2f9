package headroom.plan;

import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.HandoverSpec;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One point of an experiment: everything that changes numbers, and nothing else.
 *
 * <p>Plain immutable data in SI units. {@link PlanJson} writes and reads its canonical JSON, whose SHA-256 is the
 * plan's identity; {@link PlanChecks} lists what is wrong between fields. Records check their own fields when made.
 *
 * @param deployments of models that read and write tokens
 * @param fixedDeployments of models that do the same work for every request
 */
public record Plan(
        List<SiteSpec> sites,
        List<TrafficSpec> traffics,
        List<DeploymentSpec> deployments,
        List<FixedDeploymentSpec> fixedDeployments,
        List<RouteSpec> routes,
        HorizonSpec horizon) {
    public Plan {
        sites = List.copyOf(sites);
        traffics = List.copyOf(traffics);
        deployments = List.copyOf(deployments);
        fixedDeployments = List.copyOf(fixedDeployments);
        routes = List.copyOf(routes);
    }

    /** A plan whose models all read and write tokens. */
    public Plan(
            List<SiteSpec> sites,
            List<TrafficSpec> traffics,
            List<DeploymentSpec> deployments,
            List<RouteSpec> routes,
            HorizonSpec horizon) {
        this(sites, traffics, deployments, List.of(), routes, horizon);
    }

    /** The same over another time. */
    public Plan over(HorizonSpec other) {
        return new Plan(sites, traffics, deployments, fixedDeployments, routes, other);
    }

    /** Deployments of both kinds, those of tokens first: the order of their results. */
    public List<Deployed> deployed() {
        List<Deployed> all = new ArrayList<>(deployments);
        all.addAll(fixedDeployments);
        return List.copyOf(all);
    }

    /** The path of one of {@link #deployed()} in the plan. */
    public String deployedPath(int index) {
        int tokens = deployments.size();
        return index < tokens ? "deployments[" + index + "]" : "fixedDeployments[" + (index - tokens) + "]";
    }

    /** Index among {@link #deployed()} of the deployment of that name. */
    public int indexOf(String deployment) {
        List<Deployed> all = deployed();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(deployment)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no deployment '" + deployment + "'");
    }

    /** Index of the prefill pool that the requests of a deployment go to first; its own where it has none. */
    public int entranceOf(int deployment) {
        String name = deployed().get(deployment).name();
        for (int i = 0; i < deployments.size(); i++) {
            HandoverSpec handover = deployments.get(i).handover();
            if (handover != null && handover.to().equals(name)) {
                return i;
            }
        }
        return deployment;
    }
}
