package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.AdmissionSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.DynamicBatchingSpec;
import headroom.plan.serving.KvCacheSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.SpeculativeSpec;
import headroom.units.Quantity;
import org.jspecify.annotations.Nullable;

/** How a deployment serves, as the words of its block say it, and the deployment of a model of tokens that this makes. */
final class Serving {
    final PoolChoice pools = new PoolChoice();

    @Nullable
    BatchingChoice batching;

    CacheChoice kvCache = CacheChoice.Paged.usual();
    PrefixCaching prefixCache = PrefixCaching.OFF;

    @Nullable
    Drafting drafting;

    AdmissionSpec admission = AdmissionSpec.OPEN;
    String engine = "vllm";
    StatedConstants constants = StatedConstants.NONE;

    @Nullable
    String profileFile;

    /** Whether the serving engine makes blocks larger than the script says, so that a state of linear attention fits one. */
    boolean largerBlocks;

    /** Where a deployment is, on what, and how often. */
    record Seat(String site, AcceleratorSpec accelerator, ServerSpec server, int replicas) {}

    /** What the word {@code admission} says. */
    void admit(@Nullable Integer queue, @Nullable Quantity timeout, @Nullable Quantity startUp) {
        if (queue == null && timeout == null && startUp == null) {
            throw new Mistake(
                    "admission needs queue:, timeout: or startUp:",
                    "write, for example, admission queue: 100, timeout: 30.s");
        }
        admission = new AdmissionSpec(
                queue, timeout == null ? null : (Double) timeout.si(), startUp == null ? 0 : startUp.si());
    }

    ContinuousBatching continuous() {
        return batching instanceof ContinuousBatching stated ? stated : ContinuousBatching.usual();
    }

    DynamicBatchingSpec dynamic() {
        return (batching instanceof DynamicBatching stated ? stated : DynamicBatching.USUAL).spec();
    }

    /** Reports words that do not go together, or not with a model of tokens. */
    void check(String name, Pass pass, Frame frame, boolean hasModel) {
        pools.check(pass, frame);
        if (hasModel && batching instanceof DynamicBatching) {
            FixedWorkWords.refuseDynamic(name, pass, frame);
        }
    }

    /** What the profile of the deployment is made of. */
    ProfileRecipe recipe(
            Shelf shelf,
            Adapted where,
            ModelSpec what,
            Adapted format,
            QuantizationSpec quantized,
            ParallelismSpec spread) {
        return new ProfileRecipe(shelf, engine, constants, where, what, format, quantized, spread);
    }

    /** The deployment, or its pool that decodes; null after reporting why there is none. */
    @Nullable
    DeploymentSpec spec(String name, Pass pass, Frame frame, Seat seat, ProfileRecipe recipe) {
        int place = pass.guard().place();
        Shelf shelf = recipe.shelf();
        ModelSpec model = recipe.model();
        ProfileSpec profile = pass.guard().attempt(frame.placeOf("servingEngine", place), recipe::profile);
        if (profile == null) {
            return null;
        }
        pass.makings().profile(name, recipe);
        Drafting drafts = drafting;
        SpeculativeSpec speculative = drafts == null
                ? null
                : pass.guard().attempt(frame.placeOf("speculative", place), () -> drafts.spec(shelf, seat.accelerator));
        if (drafts != null && speculative == null) {
            return null;
        }
        BatchingSpec steps = pass.guard()
                .attempt(
                        frame.placeOf("batching", place),
                        () -> continuous().spec(shelf, engine, recipe.device(), model));
        if (steps == null) {
            return null;
        }
        CacheChoice.Usual usual = shelf.cache(engine);
        KvCacheSpec cache = prefixCache.in(kvCache.spec(model, usual), kvCache);
        int drafted = speculative == null ? 0 : speculative.tokens();
        KvCacheSpec paged = StatePages.in(cache, usual, model, recipe.quantization(), recipe.parallelism(), drafted);
        largerBlocks = paged.blockTokens() != cache.blockTokens();
        DeploymentSpec whole = new DeploymentSpec(
                name,
                model,
                recipe.quantization(),
                seat.site,
                seat.accelerator,
                seat.server,
                recipe.parallelism(),
                seat.replicas,
                steps,
                paged,
                admission,
                profile,
                speculative);
        return pools.decoding(whole, recipe, pass, frame);
    }
}
