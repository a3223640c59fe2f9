package headroom.dsl.build;

import headroom.plan.Plan;
import headroom.plan.PlanChecks;
import headroom.plan.Problem;
import java.util.ArrayList;
import java.util.List;

/** Checks the plan of an evaluation across its fields. */
final class PlanProblems {
    private PlanProblems() {}

    /**
     * What the devices of this point cannot do (memory, number, split); what forbids any run is reported at its line
     * instead.
     */
    static List<Problem> physical(Pass pass, Plan plan) {
        List<Problem> refusals = new ArrayList<>();
        for (Problem problem : PlanChecks.problems(plan)) {
            String field = problem.path().substring(problem.path().lastIndexOf('.') + 1);
            switch (field) {
                case "memory", "devices", "parallelism" -> refusals.add(problem);
                default -> pass.guard().mistake(pass.placeOf(problem.path()), problem.message(), "");
            }
        }
        return refusals;
    }
}
