package headroom.plan;

import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether models of fixed work fit their devices, and get requests of their kind: samples, which have no tokens. */
final class FixedWorkChecks {
    private static final double GB = 1e9;

    private FixedWorkChecks() {}

    /** The same devices as language models have, but for those whose converters are known for these only. */
    static List<Problem> device(String path, FixedDeploymentSpec deployment) {
        String device = deployment.accelerator().name();
        if (deployment.accelerator().conversion() != null) {
            return List.of(new Problem(
                    path + ".accelerator",
                    "a model of fixed work is not simulated on an analog core such as " + device));
        }
        return List.of();
    }

    static List<Problem> memory(String path, FixedDeploymentSpec deployment) {
        double whole = deployment.accelerator().memoryBytes();
        if (deployment.weightBytes() < whole) {
            return List.of();
        }
        String message = String.format(
                Locale.ROOT,
                "%.1f GB of weights do not fit the %.1f GB of one %s, and a model of fixed work is not split: "
                        + "use a device with more memory, or fewer bits a weight",
                deployment.weightBytes() / GB,
                whole / GB,
                deployment.accelerator().name());
        return List.of(new Problem(path + ".memory", message));
    }

    /** Traffic that has tokens goes to models that read them, and the other traffic to the other models. */
    static List<Problem> traffics(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        for (RouteSpec route : plan.routes()) {
            for (int i = 0; i < plan.traffics().size(); i++) {
                TrafficSpec traffic = plan.traffics().get(i);
                if (traffic.name().equals(route.traffic())) {
                    routed("traffics[" + i + "]", traffic, route.deployment(), plan, problems);
                }
            }
        }
        return problems;
    }

    private static void routed(String path, TrafficSpec traffic, String deployment, Plan plan, List<Problem> problems) {
        plan.deployments().stream()
                .filter(each -> each.name().equals(deployment) && !traffic.hasTokens())
                .forEach(each -> problems.add(new Problem(
                        path,
                        "traffic '" + traffic.name() + "' has no tokens, but '" + deployment + "' serves "
                                + each.model().name() + ", which reads and writes them: state prompt and answer")));
        plan.fixedDeployments().stream()
                .filter(each -> each.name().equals(deployment))
                .forEach(each -> served(path, traffic, each, problems));
    }

    private static void served(
            String path, TrafficSpec traffic, FixedDeploymentSpec deployment, List<Problem> problems) {
        String same = "'" + deployment.name() + "' serves " + deployment.model().name()
                + ", which does the same work for every request";
        if (traffic.arrivals() instanceof ArrivalSpec.Replay) {
            problems.add(
                    new Problem(
                            path + ".arrivals",
                            same
                                    + ", so the lengths of a trace would be ignored: state arrivals such as poisson 40.perSecond"));
        } else if (traffic.hasTokens()) {
            problems.add(new Problem(
                    path + ".prompt", same + ": leave out prompt and answer of traffic '" + traffic.name() + "'"));
        }
        if (traffic.sharedPrefix() != null) {
            problems.add(new Problem(path + ".sharedPrefix", same + ": leave out sharedPrefix"));
        }
        if (traffic.slo().targets().stream().anyMatch(target -> target.metric() == SloSpec.Metric.TPOT)) {
            problems.add(new Problem(
                    path + ".slo", same + " and writes no tokens, so tpot has no meaning: promise e2e instead"));
        }
    }
}
