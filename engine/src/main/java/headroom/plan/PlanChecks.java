package headroom.plan;

import headroom.plan.hardware.PowerSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Lists everything between the fields of a plan that does not fit together; an empty list means that it can run. */
public final class PlanChecks {
    private final Plan plan;
    private final List<Problem> problems = new ArrayList<>();

    private PlanChecks(Plan plan) {
        this.plan = plan;
    }

    /** All problems, in the plan's order: names, references, placement, memory, load. */
    public static List<Problem> problems(Plan plan) {
        PlanChecks checks = new PlanChecks(plan);
        checks.presence();
        checks.uniqueNames();
        checks.routes();
        for (int i = 0; i < plan.deployments().size(); i++) {
            checks.deployment("deployments[" + i + "]", plan.deployments().get(i));
        }
        for (int i = 0; i < plan.fixedDeployments().size(); i++) {
            checks.fixedDeployment(
                    "fixedDeployments[" + i + "]", plan.fixedDeployments().get(i));
        }
        checks.problems.addAll(FixedWorkChecks.traffics(plan));
        checks.devicesHeld();
        checks.horizon();
        return List.copyOf(checks.problems);
    }

    /** A cap below what any step draws cannot be kept by a lower clock. */
    private void power(String path, Deployed deployment) {
        PowerSpec power = deployment.accelerator().power();
        Double cap = power.capWatts();
        if (cap != null && cap <= power.staticWatts()) {
            ServerSpec server = deployment.server();
            double wall = (power.staticWatts() * server.accelerators() + server.hostWatts()) * server.wallFactor();
            add(
                    path + ".accelerator.power.capWatts",
                    String.format(
                            Locale.ROOT,
                            "a power cap of %.1f W a device cannot be kept: a %s draws %.1f W in any step, and its "
                                    + "server with %d of them %.0f W at the wall",
                            cap,
                            deployment.accelerator().name(),
                            power.staticWatts(),
                            server.accelerators(),
                            wall));
        }
    }

    private void presence() {
        if (plan.traffics().isEmpty()) {
            add("traffics", "there is no traffic: declare at least one class of requests");
        }
        if (plan.deployed().isEmpty()) {
            add("deployments", "nothing is deployed: deploy at least one model");
        }
    }

    private void uniqueNames() {
        unique("sites", plan.sites().stream().map(SiteSpec::name).toList());
        unique("traffics", plan.traffics().stream().map(TrafficSpec::name).toList());
        unique(plan::deployedPath, plan.deployed().stream().map(Deployed::name).toList());
    }

    private void unique(String path, List<String> names) {
        unique(i -> path + "[" + i + "]", names);
    }

    private void unique(IntFunction<String> path, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                add(path.apply(i), "the name '" + names.get(i) + "' is taken: give each its own");
            }
        }
    }

    private void routes() {
        Map<String, Integer> routed = new LinkedHashMap<>();
        plan.traffics().forEach(traffic -> routed.put(traffic.name(), 0));
        Set<String> served = new HashSet<>();
        for (int i = 0; i < plan.routes().size(); i++) {
            RouteSpec route = plan.routes().get(i);
            String path = "routes[" + i + "]";
            if (routed.computeIfPresent(route.traffic(), (name, count) -> count + 1) == null) {
                add(path + ".traffic", "there is no traffic '" + route.traffic() + "'");
            }
            if (plan.deployed().stream().noneMatch(d -> d.name().equals(route.deployment()))) {
                add(path + ".deployment", "there is no deployment '" + route.deployment() + "'");
            }
            served.add(route.deployment());
        }
        for (int i = 0; i < plan.traffics().size(); i++) {
            String name = plan.traffics().get(i).name();
            int count = routed.getOrDefault(name, 0);
            if (count == 0) {
                add("traffics[" + i + "]", "traffic '" + name + "' goes nowhere: route it to a deployment");
            } else if (count > 1) {
                add("traffics[" + i + "]", "traffic '" + name + "' has " + count + " routes: keep one");
            }
        }
        for (int i = 0; i < plan.deployed().size(); i++) {
            String name = plan.deployed().get(i).name();
            if (!served.contains(name) && !isPrefillPool(plan.deployed().get(i))) {
                add(plan.deployedPath(i), "deployment '" + name + "' gets no traffic: route some to it, or remove it");
            }
        }
    }

    private static boolean isPrefillPool(Deployed deployment) {
        return deployment instanceof DeploymentSpec tokens && tokens.handover() != null;
    }

    private void deployment(String path, DeploymentSpec deployment) {
        for (String problem : new ParallelismChecks(deployment).problems()) {
            add(path + ".parallelism", problem);
        }
        siteOf(path, deployment);
        problems.addAll(CacheChecks.problems(path, deployment));
        power(path, deployment);
        problems.addAll(SpeculativeChecks.problems(path, deployment));
        problems.addAll(HandoverChecks.problems(plan, path, deployment));
    }

    private void fixedDeployment(String path, FixedDeploymentSpec deployment) {
        siteOf(path, deployment);
        power(path, deployment);
        problems.addAll(FixedWorkChecks.device(path, deployment));
        problems.addAll(FixedWorkChecks.memory(path, deployment));
    }

    private void siteOf(String path, Deployed deployment) {
        if (plan.sites().stream().noneMatch(site -> site.name().equals(deployment.site()))) {
            add(path + ".site", "there is no site '" + deployment.site() + "'");
        }
    }

    private void devicesHeld() {
        Map<List<String>, Integer> used = new LinkedHashMap<>();
        for (Deployed d : plan.deployed()) {
            used.merge(List.of(d.site(), d.accelerator().name()), d.devices(), Integer::sum);
        }
        used.forEach((place, count) -> plan.sites().stream()
                .filter(site -> site.name().equals(place.get(0)))
                .findFirst()
                .ifPresent(site -> heldAt(site, place.get(1), count)));
    }

    private void heldAt(SiteSpec site, String accelerator, int used) {
        int held = site.pools().stream()
                .filter(pool -> pool.accelerator().equals(accelerator))
                .mapToInt(HardwarePool::count)
                .sum();
        if (used > held) {
            String message = held == 0
                    ? "site '" + site.name() + "' holds no " + accelerator
                    : "site '" + site.name() + "' holds " + held + " " + accelerator + ", but " + used
                            + " are deployed";
            add(firstDeploymentAt(site.name(), accelerator), message);
        }
    }

    private String firstDeploymentAt(String site, String accelerator) {
        for (int i = 0; i < plan.deployed().size(); i++) {
            Deployed d = plan.deployed().get(i);
            if (d.site().equals(site) && d.accelerator().name().equals(accelerator)) {
                return plan.deployedPath(i) + ".devices";
            }
        }
        return "deployments";
    }

    private void horizon() {
        if (plan.horizon() instanceof HorizonSpec.UntilDone) {
            for (int i = 0; i < plan.traffics().size(); i++) {
                TrafficSpec traffic = plan.traffics().get(i);
                if (!traffic.arrivals().ends()) {
                    add(
                            "traffics[" + i + "].arrivals",
                            "traffic '" + traffic.name() + "' never ends by itself: state how long to simulate");
                }
            }
        }
        if (plan.horizon() instanceof HorizonSpec.AutoWarmup) {
            for (int i = 0; i < plan.traffics().size(); i++) {
                TrafficSpec traffic = plan.traffics().get(i);
                if (traffic.arrivals().ends()) {
                    add(
                            "traffics[" + i + "].arrivals",
                            "traffic '" + traffic.name()
                                    + "' ends by itself, so it has no steady state to look for: state the warm-up");
                }
            }
        }
    }

    private void add(String path, String message) {
        problems.add(new Problem(path, message));
    }
}
