package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.units.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of a {@code deploy} block: which model, in which format, on which devices, served how. */
public final class DeployWords implements Vocabulary {
    private final Pass pass;
    private @Nullable Chosen<ModelChoice> model;
    private @Nullable Chosen<FixedWorkChoice> fixedModel;
    private @Nullable Chosen<Adapted> quantization;
    private String site = "";
    private int sitePlace;
    private @Nullable Chosen<Adapted> device;
    private ParallelismSpec parallelism = ParallelismSpec.tensor(1);
    private final Map<String, Integer> parallelismPlaces = new LinkedHashMap<>();
    private double hostWeightShare;
    private PowerCap powerCap = PowerCap.NONE;
    private int replicas = 1;
    private final Serving serving = new Serving();

    DeployWords(Pass pass) {
        this.pass = pass;
    }

    @Word(doc = "the model that it serves", example = "model 'qwen2.5-72b'", otherwise = Arg.NEEDED)
    public void model(@Arg(doc = "a model of the catalogue, or one declared above") String name) {
        fixedModel = FixedWorkWords.find(name, pass);
        model = fixedModel == null ? pass.model(name) : null;
    }

    @Word(
            doc = "number format of weights, activations and KV cache",
            otherwise = "quantization 'bf16'",
            example = "quantization 'int8'")
    public void quantization(@Arg(doc = "a number format of the catalogue, or one declared above") String name) {
        quantization = pass.format(name);
    }

    @Word(
            doc = "the site, its device, and how each replica is spread over several of them",
            example = "at 'frankfurt', on: 'a100-sxm4-80gb', tensorParallel: 8",
            otherwise = Arg.NEEDED)
    public void at(
            @Arg(doc = "the name of a site") String siteName,
            @Arg(doc = "a device that the site holds", named = true, like = "'a100-sxm4-80gb'") String on,
            @Arg(
                            doc = "devices over which each replica, or each stage of it, is split",
                            named = true,
                            like = "8",
                            otherwise = "1")
                    int tensorParallel,
            @Arg(doc = "parts of these that hold different experts", named = true, like = "8", otherwise = "1")
                    int expertParallel,
            @Arg(
                            doc = "whether each device attends for sequences of its own, with all heads",
                            named = true,
                            otherwise = "false")
                    boolean dataParallelAttention,
            @Arg(
                            doc = "stages that the layers are dealt to, each on a group of devices of its own",
                            named = true,
                            like = "2",
                            otherwise = "1")
                    int pipelineParallel) {
        site = siteName;
        sitePlace = pass.guard().place(0);
        parallelism = new ParallelismSpec(tensorParallel, expertParallel, dataParallelAttention, pipelineParallel);
        for (String argument :
                List.of("tensorParallel", "expertParallel", "dataParallelAttention", "pipelineParallel")) {
            int stated = pass.guard().place(argument);
            parallelismPlaces.put(argument, stated == pass.guard().place() ? -1 : stated);
        }
        device = pass.device(on, "on");
    }

    @Word(
            doc = "weights kept in the host's memory and read over its link whenever a step needs them",
            otherwise = "offload weights: 0.percent",
            example = "offload weights: 40.percent")
    public void offload(
            @Arg(doc = "share of the layers' weights, below 100 %", named = true, like = "40.percent")
                    Quantity weights) {
        hostWeightShare = HostWeights.share(weights);
    }

    @Word(
            doc =
                    "the most that a step may draw, kept by a lower clock; without it each device may draw 97 % of its TDP",
            example = "powerCap device: 450.W")
    public void powerCap(
            @Arg(doc = "mean draw of one device", named = true, like = "450.W", unsaid = "see server:") @Nullable
                    Quantity device,
            @Arg(
                            doc = "draw at the wall of one server, host, fans and power supplies included",
                            named = true,
                            like = "6.kW",
                            unsaid = "see device:")
                    @Nullable
                    Quantity server) {
        powerCap = PowerCap.of(device, server);
    }

    @Word(doc = "independent copies, each on devices of its own", otherwise = "replicas 1", example = "replicas 4")
    public void replicas(@Arg(doc = "at least 1", like = "4") int count) {
        replicas = count;
    }

    @Word(
            doc = "how requests share steps; those of a model of fixed work do so by dynamic()",
            otherwise = "batching continuous()",
            example = "batching continuous(maxSequences: 256, tokenBudget: 8192)")
    public void batching(
            @Arg(doc = "a way of batching", like = "a way such as continuous(maxSequences: 256, tokenBudget: 8192)")
                    BatchingChoice way) {
        serving.batching = way;
    }

    @Word(doc = "how the KV cache is kept", otherwise = "kvCache paged()", example = "kvCache paged(block: 16)")
    public void kvCache(@Arg(doc = "a way of keeping it", like = "a way such as paged(block: 16)") CacheChoice way) {
        serving.kvCache = way;
    }

    @Word(
            doc = "whether full KV blocks stay when their request ends, to be found by prompts that begin alike",
            otherwise = "prefixCache false",
            example = "prefixCache true, host: 256.GB")
    public void prefixCache(
            @Arg(doc = "whether they stay", like = "true") boolean on,
            @Arg(doc = "room on the host for those that give way", named = true, like = "256.GB", unsaid = "none")
                    @Nullable
                    Quantity host) {
        serving.prefixCache = PrefixCaching.stated(on, host);
    }

    @Word(
            doc = "tokens that a small model or heads draft for each step to verify, up to the first wrong one",
            example = "speculative draft: 'llama-3.2-1b', tokens: 4, acceptance: 0.7")
    public void speculative(
            @Arg(doc = "a model with the same tokenizer that drafts", named = true, unsaid = "heads: draft") @Nullable
                    String draft,
            @Arg(
                            doc = "one pass of heads on top of the model, and their weights, as a share of the model's",
                            named = true,
                            like = "3.percent",
                            unsaid = "the draft: does it")
                    @Nullable
                    Quantity heads,
            @Arg(doc = "tokens drafted a step", named = true, like = "4", unsaid = "as many as acceptance: lists")
                    @Nullable
                    Integer tokens,
            @Arg(
                            doc = "chance that a drafted token is accepted after those before it, for all or for each",
                            named = true,
                            like = "0.7 or [0.8, 0.7, 0.6]")
                    Object acceptance,
            @Arg(doc = "number format of the draft", named = true, like = "'bf16'", unsaid = "bf16") @Nullable
                    String quantization,
            @Arg(doc = "whether one pass of the heads drafts all tokens", named = true, like = "true", unsaid = "false")
                    @Nullable
                    Boolean parallel) {
        serving.drafting = Drafting.stated(pass, draft, heads, tokens, acceptance, quantization, parallel);
    }

    @Word(
            doc = "how many requests may wait at a replica, how long, and from when; without it any number, for ever",
            example = "admission queue: 100, timeout: 30.s")
    public void admission(
            @Arg(doc = "requests that may wait; more are rejected", named = true, like = "100", unsaid = "any number")
                    @Nullable
                    Integer queue,
            @Arg(doc = "how long one may wait before it fails", named = true, like = "30.s", unsaid = "for ever")
                    @Nullable
                    Quantity timeout,
            @Arg(doc = "how far into the run they are served", named = true, like = "20.s", unsaid = "at once")
                    @Nullable
                    Quantity startUp) {
        serving.admit(queue, timeout, startUp);
    }

    @Word(
            doc = "prefill and decode in pools of their own; KV caches move from one to the other over a shared link",
            example = "disaggregate prefill: 2, decode: 4, link: 50.GBps")
    public void disaggregate(
            @Arg(doc = "replicas that prefill, at least 1", named = true, like = "2") int prefill,
            @Arg(doc = "replicas that decode, at least 1", named = true, like = "4") int decode,
            @Arg(doc = "rate of the link, one KV cache at a time", named = true, like = "50.GBps") Quantity link,
            @Arg(
                            doc = "what a hand-over takes beside the transfer of its bytes",
                            named = true,
                            like = "20.us",
                            unsaid = "the engine's own: SGLang 60 ms, others none")
                    @Nullable
                    Quantity latency,
            @Arg(
                            doc = "devices over which each prefilling replica, or each stage of it, is split",
                            named = true,
                            like = "4",
                            unsaid = "as at says")
                    @Nullable
                    Integer prefillTensorParallel,
            @Arg(doc = "parts of these that hold different experts", named = true, like = "4", unsaid = "as at says")
                    @Nullable
                    Integer prefillExpertParallel,
            @Arg(
                            doc = "whether each device that prefills attends for prompts of its own, with all heads",
                            named = true,
                            like = "true",
                            unsaid = "as at says")
                    @Nullable
                    Boolean prefillDataParallelAttention,
            @Arg(
                            doc = "how prompts share the steps of the prefill pool",
                            named = true,
                            like = "a way such as continuous(maxSequences: 16, tokenBudget: 16384)",
                            unsaid = "as batching says")
                    @Nullable
                    ContinuousBatching prefillBatching) {
        PrefillSpread spread =
                new PrefillSpread(prefillTensorParallel, prefillExpertParallel, prefillDataParallelAttention);
        serving.pools.say(Disaggregation.of(prefill, decode, link, latency, spread, prefillBatching));
    }

    @Word(
            doc = "the software that serves, which decides efficiencies and overheads",
            otherwise = "servingEngine 'vllm'",
            example = "servingEngine 'vllm', constants: [per_step: 400, client_per_request: 0]")
    public void servingEngine(
            @Arg(doc = "vllm, sglang or another that the catalogue has profiles of") String name,
            @Arg(
                            doc = "values in place of fitted ones, in the units of the catalogue's profiles",
                            named = true,
                            like = "a map such as [per_step: 400]",
                            unsaid = "all are the catalogue's")
                    @Nullable
                    Object constants,
            @Arg(
                            doc = "a file of such values as headroom calibrate writes it; constants: go before it",
                            named = true,
                            like = "'my-profile.csv'",
                            unsaid = "all are the catalogue's")
                    @Nullable
                    String profile) {
        serving.engine = pass.named(0, () -> pass.shelf().servingEngine(name));
        serving.constants = StatedConstants.of(pass, serving.engine, profile, constants);
        serving.profileFile = profile;
    }

    /** Tells where the parts of a deployment came from; nothing of one that lacks model or device. */
    void tellOrigins(String path, Frame frame) {
        Chosen<?> what = model == null ? fixedModel : model;
        Chosen<Adapted> where = device;
        if (what == null || where == null) {
            return;
        }
        Chosen<Adapted> format = formatOrDefault();
        Origins origins = pass.origins();
        origins.said(path, pass.guard().place());
        origins.looked(path + ".model", frame, "model", what.source());
        origins.looked(path + ".quantization", frame, "quantization", format.source());
        origins.said(path + ".site", frame, "at");
        origins.looked(path + ".accelerator", frame, "at", where.source());
        origins.looked(path + ".server", frame, "at", where.source());
        parallelismPlaces.forEach((argument, said) -> origins.said(path + ".parallelism." + argument, said));
        origins.said(path + ".parallelism.hostWeightShare", frame, "offload");
        new ServingOrigins(origins, path, frame).tell(serving, pass.shelf(), fixedModel == null);
        origins.addAll(path, what.origins());
        origins.addAll(path, where.origins());
        if (!frame.lacks("powerCap")) {
            origins.said(path + ".accelerator.power.capWatts", frame, "powerCap");
        }
        origins.addAll(path, format.origins());
    }

    String planPath() {
        return FixedWorkWords.path(fixedModel != null, pass);
    }

    /** Declares the pool that prefills for the deployment at {@code path}, if it has one. */
    void declarePrefillPool(String path, Frame frame) {
        serving.pools.declare(pass, path, frame);
    }

    private Chosen<Adapted> formatOrDefault() {
        return quantization == null ? pass.format("bf16") : quantization;
    }

    /** The deployment; null after reporting what is missing. */
    @Nullable
    Deployed spec(String name, Frame frame) {
        new Missing(name, pass, frame).report();
        if (!site.isEmpty()) {
            pass.refersToSite(site, sitePlace);
        }
        if (fixedModel != null) {
            new FixedWorkWords(pass, frame).refuse(name, parallelism, parallelismPlaces, serving.batching);
        } else {
            serving.check(name, pass, frame, model != null);
        }
        Adapted where = device == null ? null : device.value();
        Adapted format = formatOrDefault().value();
        if (where == null || format == null || !frame.sound()) {
            return null;
        }
        AcceleratorSpec accelerator = powerCap.on(where, pass, frame);
        if (accelerator == null) {
            return null;
        }
        FixedWorkChoice fixed = fixedModel == null ? null : fixedModel.value();
        if (fixed != null) {
            FixedWorkWords words = new FixedWorkWords(pass, frame);
            return words.spec(
                    name, fixed, where, accelerator, format, site, replicas, serving.dynamic(), serving.admission);
        }
        ModelChoice what = model == null ? null : model.value();
        return what == null ? null : spec(name, frame, what, where, accelerator, format);
    }

    private @Nullable DeploymentSpec spec(
            String name, Frame frame, ModelChoice what, Adapted where, AcceleratorSpec accelerator, Adapted format) {
        int place = pass.guard().place();
        Shelf shelf = pass.shelf();
        ServerSpec server = shelf.server(where);
        ParallelismSpec spread = parallelism.withHostWeights(hostWeightShare);
        QuantizationSpec quantized = pass.guard()
                .attempt(
                        frame.placeOf("quantization", place),
                        () -> shelf.quantization(format, what.asKnown(), accelerator));
        if (quantized == null) {
            return null;
        }
        ProfileRecipe recipe = serving.recipe(shelf, where, what.spec(), format, quantized, spread);
        return serving.spec(name, pass, frame, new Serving.Seat(site, accelerator, server, replicas), recipe);
    }
}
