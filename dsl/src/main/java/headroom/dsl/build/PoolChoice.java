package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;
import org.jspecify.annotations.Nullable;

/** Whether a deployment is split into pools, and the pool that prefills for it. */
final class PoolChoice {
    private static final int NOT_SAID = -1;

    private @Nullable Disaggregation said;
    private @Nullable DeploymentSpec prefillPool;

    void say(Disaggregation disaggregation) {
        said = disaggregation;
    }

    /** Reports what cannot stand beside pools: a number of replicas, and drafts. */
    void check(Pass pass, Frame frame) {
        if (said == null) {
            return;
        }
        int place = frame.placeOf("replicas", NOT_SAID);
        if (place != NOT_SAID) {
            pass.guard()
                    .mistake(
                            place,
                            "disaggregate says how many replicas prefill and how many decode",
                            "remove replicas");
        }
        int drafts = frame.placeOf("speculative", NOT_SAID);
        if (drafts != NOT_SAID) {
            pass.guard()
                    .mistake(
                            drafts,
                            "speculative decoding is not simulated together with separate pools for prefill and decode",
                            "remove speculative or disaggregate");
        }
    }

    /**
     * The pool that decodes, or the whole deployment where it is not split; null after reporting why the pool that
     * prefills cannot be.
     *
     * @param recipe of the whole deployment's profile
     */
    @Nullable
    DeploymentSpec decoding(DeploymentSpec whole, ProfileRecipe recipe, Pass pass, Frame frame) {
        Disaggregation split = said;
        if (split == null) {
            return whole;
        }
        ProfileRecipe own = recipe.on(split.spread().of(whole.parallelism()));
        int place = pass.guard().place();
        ProfileSpec profile = pass.guard().attempt(frame.placeOf("servingEngine", place), own::profile);
        if (profile == null) {
            return null;
        }
        DeploymentSpec pool =
                pass.guard().attempt(frame.placeOf("disaggregate", place), () -> split.prefilling(whole, profile, own));
        if (pool == null) {
            return null;
        }
        pass.makings().profile(pool.name(), own);
        prefillPool = pool;
        return split.decoding(whole);
    }

    /** Declares the pool that prefills for the deployment at {@code path}, if it has one. */
    void declare(Pass pass, String path, Frame frame) {
        if (said != null && prefillPool != null) {
            String pool = FixedWorkWords.path(false, pass);
            pass.deployments().add(new Placed<>(pass.guard().place(), prefillPool.name(), prefillPool));
            pass.origins().copy(path, pool);
            said.tellOrigins(pass.origins(), path, pool, frame);
        }
    }
}
