package headroom.plan.variation;

import headroom.plan.Plan;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.List;
import java.util.function.UnaryOperator;

/** Plans with some of their parts replaced. */
final class Edits {
    private Edits() {}

    static Plan sites(Plan plan, UnaryOperator<SiteSpec> change) {
        return new Plan(
                each(plan.sites(), change),
                plan.traffics(),
                plan.deployments(),
                plan.fixedDeployments(),
                plan.routes(),
                plan.horizon());
    }

    static Plan traffics(Plan plan, UnaryOperator<TrafficSpec> change) {
        return new Plan(
                plan.sites(),
                each(plan.traffics(), change),
                plan.deployments(),
                plan.fixedDeployments(),
                plan.routes(),
                plan.horizon());
    }

    static Plan deployments(
            Plan plan, UnaryOperator<DeploymentSpec> change, UnaryOperator<FixedDeploymentSpec> changeFixed) {
        return new Plan(
                plan.sites(),
                plan.traffics(),
                each(plan.deployments(), change),
                each(plan.fixedDeployments(), changeFixed),
                plan.routes(),
                plan.horizon());
    }

    static Plan devices(Plan plan, UnaryOperator<AcceleratorSpec> change) {
        return deployments(
                plan,
                each -> each.with(change.apply(each.accelerator())),
                each -> new FixedDeploymentSpec(
                        each.name(),
                        each.model(),
                        each.quantization(),
                        each.site(),
                        change.apply(each.accelerator()),
                        each.server(),
                        each.replicas(),
                        each.batching(),
                        each.admission(),
                        each.profile()));
    }

    private static <T> List<T> each(List<T> parts, UnaryOperator<T> change) {
        return parts.stream().map(change).toList();
    }
}
