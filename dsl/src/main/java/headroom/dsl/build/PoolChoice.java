package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether a deployment is split into pools, and the pool that prefills for it. */
final class PoolChoice {
    private static final int NOT_SAID = -1;

    private @Nullable Disaggregation said;
    private @Nullable DeploymentSpec prefillPool;

    void say(Disaggregation disaggregation) {
        said = disaggregation;
    }

    /** Reports a number of replicas beside those of the pools. */
    void check(Pass pass, Frame frame) {
        int place = frame.placeOf("replicas", NOT_SAID);
        if (said != null && place != NOT_SAID) {
            pass.guard()
                    .mistake(
                            place,
                            "disaggregate says how many replicas prefill and how many decode",
                            "remove replicas");
        }
    }

    /**
     * The pool that decodes, or the whole deployment where it is not split.
     *
     * @param profile of a spread; null after reporting why there is none
     */
    @Nullable
    DeploymentSpec decoding(DeploymentSpec whole, Function<ParallelismSpec, @Nullable ProfileSpec> profile) {
        Disaggregation split = said;
        if (split == null) {
            return whole;
        }
        ParallelismSpec spread = split.spread(whole.parallelism());
        ProfileSpec own = spread.equals(whole.parallelism()) ? whole.profile() : profile.apply(spread);
        if (own == null) {
            return null;
        }
        prefillPool = split.prefilling(whole, own);
        return split.decoding(whole);
    }

    /** Declares the pool that prefills for the deployment at {@code path}, if it has one. */
    void declare(Pass pass, String path, Frame frame) {
        if (said != null && prefillPool != null) {
            String pool = "deployments[" + pass.deployments().size() + "]";
            pass.deployments().add(new Placed<>(pass.guard().place(), prefillPool.name(), prefillPool));
            pass.origins().copy(path, pool);
            said.tellOrigins(pass.origins(), path, pool, frame);
        }
    }
}
