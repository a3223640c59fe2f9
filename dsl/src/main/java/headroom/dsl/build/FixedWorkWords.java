package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.AdmissionSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.DynamicBatchingSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.serving.ParallelismSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@code deploy} block makes of a model of fixed work, and which of its words say nothing of one. */
final class FixedWorkWords {
    private static final String NO_TOKENS = "which does the same work for every request and keeps no tokens";
    private static final Map<String, String> SENSELESS = Map.of(
            "offload", "keeps all weights on its device",
            "speculative", "has no tokens to draft",
            "disaggregate", "has neither prompts to prefill nor tokens to decode",
            "kvCache", "has no KV cache",
            "prefixCache", "has no prompts that begin alike",
            "servingEngine", "runs under a server with dynamic batching, not under an engine for tokens");

    private final Pass pass;
    private final Frame frame;

    FixedWorkWords(Pass pass, Frame frame) {
        this.pass = pass;
        this.frame = frame;
    }

    /** A model of fixed work of the script or of the catalogue; null when neither has one of that name. */
    static @Nullable Chosen<FixedWorkChoice> find(String name, Pass pass) {
        Chosen<FixedWorkChoice> own = pass.ownFixedModels().find(name);
        if (own != null || pass.ownModels().find(name) != null || !pass.shelf().isFixedWork(name)) {
            return own;
        }
        FixedWorkChoice choice = pass.shelf().fixedModel(name);
        return pass.listed("models", choice.spec().name(), choice);
    }

    /** Where the plan will hold the deployment whose block runs. */
    static String path(boolean fixedWork, Pass pass) {
        Class<?> kind = fixedWork ? FixedDeploymentSpec.class : DeploymentSpec.class;
        String list = fixedWork ? "fixedDeployments" : "deployments";
        return list + "[" + Placed.only(kind, pass.deployments()).size() + "]";
    }

    /** Reports that a model of tokens has no dynamic batches. */
    static void refuseDynamic(String name, Pass pass, Frame frame) {
        pass.guard()
                .mistake(
                        frame.placeOf("batching", pass.guard().place()),
                        "dynamic() makes batches of a model of fixed work, but '" + name + "' serves tokens",
                        "write continuous(), or leave batching out");
    }

    /** Reports every word of the block that would be ignored. */
    void refuse(
            String name, ParallelismSpec parallelism, Map<String, Integer> places, @Nullable BatchingChoice batching) {
        int place = pass.guard().place();
        SENSELESS.forEach((word, reason) -> {
            int said = frame.placeOf(word, -1);
            if (said >= 0) {
                pass.guard()
                        .mistake(
                                said,
                                word + ": '" + name + "' serves a model of fixed work, which " + reason,
                                "remove it");
            }
        });
        if (batching instanceof ContinuousBatching) {
            pass.guard()
                    .mistake(
                            frame.placeOf("batching", place),
                            "continuous() batches tokens, but '" + name + "' serves a model of fixed work, "
                                    + NO_TOKENS,
                            "write, for example, dynamic(maximum: 32, delay: 5.ms, instances: 2)");
        }
        if (!parallelism.equals(ParallelismSpec.tensor(1))) {
            places.values().stream()
                    .filter(said -> said >= 0)
                    .forEach(said -> pass.guard()
                            .mistake(
                                    said,
                                    "'" + name + "' serves a model of fixed work, which is not split over devices",
                                    "write replicas 4 for four devices, each with the whole model"));
        }
    }

    /** The deployment; null after reporting why the format cannot be computed on the device. */
    @Nullable
    FixedDeploymentSpec spec(
            String name,
            FixedWorkChoice model,
            Adapted where,
            AcceleratorSpec accelerator,
            Adapted format,
            String site,
            int replicas,
            DynamicBatchingSpec batching,
            AdmissionSpec admission) {
        Shelf shelf = pass.shelf();
        QuantizationSpec quantized = pass.guard()
                .attempt(
                        frame.placeOf("quantization", pass.guard().place()),
                        () -> shelf.fixedFormat(format, accelerator));
        if (quantized == null) {
            return null;
        }
        return new FixedDeploymentSpec(
                name,
                model.spec(),
                quantized,
                site,
                accelerator,
                shelf.server(where),
                replicas,
                batching,
                admission,
                model.profile());
    }
}
