package headroom.testing;

import headroom.plan.serving.SchedulerSpec;
import java.util.List;

/**
 * Whether the plain simulator holds prompts back until they fill a step: the counter of TensorRT-LLM, looked at before every
 * step, over the list of who waits.
 */
final class PlainBatching {
    private int waitedSteps;
    int heldBack;
    int filled;
    int timedOut;

    /**
     * Whether prompts may start in the step that is formed; must be asked once a step.
     *
     * @param seen who waits and may join, the most urgent first
     */
    boolean mayStart(
            SchedulerSpec.BatchedPrompts policy,
            List<PlainRequest> seen,
            boolean somebodyDecodes,
            int slots,
            int budget,
            int wholeBudget,
            int tokensEach) {
        int tokens = 0;
        int starting = 0;
        for (PlainRequest request : seen) {
            int own = request.blocksOnHost > 0 ? tokensEach : request.known();
            boolean fits = starting == 0 ? budget > 0 : tokens + own <= budget;
            if (starting >= slots || !fits) {
                break;
            }
            tokens += own;
            starting++;
        }
        if (!somebodyDecodes || starting == 0) {
            return true;
        }
        if (wholeBudget - budget + tokens >= policy.tokenShare() * wholeBudget) {
            filled++;
            return true;
        }
        if (waitedSteps == policy.timeoutSteps()) {
            timedOut++;
            return true;
        }
        waitedSteps++;
        heldBack++;
        return false;
    }

    /** Somebody started. */
    void started() {
        waitedSteps = 0;
    }
}
