package headroom.dsl.build;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.RouteSpec;
import headroom.plan.serving.RoutingPolicy;
import headroom.units.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of the top level of a script. */
public final class ScenarioWords implements Vocabulary {
    private final Pass pass;

    ScenarioWords(Pass pass) {
        this.pass = pass;
    }

    @Word(doc = "what the experiment is called", example = "title 'Which precision?'")
    public void title(@Arg(doc = "the title of the report") String text) {
        pass.variants().outside("title");
        pass.frozen().say("title", place(), text);
    }

    @Word(doc = "the decision to be made", example = "question 'Which precision holds p95 < 2 s at 50 users?'")
    public void question(@Arg(doc = "one sentence") String text) {
        pass.variants().outside("question");
        pass.frozen().say("question", place(), text);
    }

    @Word(
            doc = "a parameter with its default (text, a number, or true or false) and the values it may have",
            example = "param('users', 50, 'people at once', range: 1..500)",
            repeats = true)
    public Object param(
            @Arg(doc = "how the script, the command line and the tables call it") String name,
            @Arg(doc = "its value where nothing else sets it: text, a number, or true or false") Object byDefault,
            @Arg(doc = "what it stands for, as --help shows it", like = "'people at once'", unsaid = "no description")
                    @Nullable
                    String doc,
            @Arg(doc = "whole numbers that it may have", named = true, like = "1..500", unsaid = "any") @Nullable
                    Object range,
            @Arg(doc = "the smallest number that it may have", named = true, like = "0.5", unsaid = "any") @Nullable
                    Number from,
            @Arg(doc = "the largest number that it may have", named = true, like = "4.0", unsaid = "any") @Nullable
                    Number to,
            @Arg(doc = "the only values that it may have", named = true, like = "['fp16', 'int8']", unsaid = "any")
                    @Nullable
                    List<?> allowed) {
        pass.variants().outside("param");
        Limits limits = Limits.of(range, from, to, allowed);
        return pass.parameters().declare(name, byDefault, doc == null ? "" : doc, limits);
    }

    @Word(
            doc = "an alternative: its block holds what only it has; points are made of each variant",
            example =
                    "variant 'on four', { deploy 'assistant', { model 'llama-3.1-8b'; at 'frankfurt', on: 'l4', tensorParallel: 4 } }",
            repeats = true)
    public void variant(
            @Arg(doc = "how tables and plots call it") String name,
            @DelegatesTo(value = ScenarioWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        pass.variants().outside("variant");
        pass.frozen().say("variant '" + name + "'", place(), name);
        pass.variants().declare(name, block::call);
    }

    @Word(
            doc =
                    "the variant that others are compared with: it stands first, and tables show how far each other one is from it",
            example = "baseline 'on one'")
    public void baseline(@Arg(doc = "the name of a variant") String name) {
        pass.variants().outside("baseline");
        pass.refersToVariant(name, pass.guard().place(0));
        pass.frozen().say("baseline", place(), name);
    }

    @Word(
            doc = "another script of the same folder, as if it stood here; its last line is the value",
            example = "def prices = include 'prices.groovy'",
            repeats = true)
    public @Nullable Object include(@Arg(doc = "a file beside the script") String file) {
        return pass.include(file);
    }

    @Word(
            doc = "a model of your own: one of the catalogue, a Hugging Face config, its dimensions, or fixed work",
            example = "model 'short-llama', { basedOn 'llama-3.1-8b'; contextLimit 8192.tokens }",
            repeats = true)
    public void model(
            @Arg(doc = "its name from here on; one that the catalogue does not have") String name,
            @DelegatesTo(value = ModelWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        pass.ownModels().open(name, pass.origins());
        ModelWords words = new ModelWords(pass, name);
        pass.guard().block("model", words, block, words::declare);
    }

    @Word(
            doc = "a device of your own: one of the catalogue with other values, or all of its values",
            example = "hardware 'h100-96gb', { basedOn 'h100-sxm5-80gb'; memory 96.GB; bandwidth 4.TBps }",
            repeats = true)
    public void hardware(
            @Arg(doc = "its name from here on; one that the catalogue does not have") String name,
            @DelegatesTo(value = HardwareWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        pass.ownDevices().open(name, pass.origins());
        HardwareWords words = new HardwareWords(pass, name);
        pass.guard().block("hardware", words, block, frame -> pass.ownDevices().declare(words.chosen(frame)));
    }

    @Word(
            doc = "a number format of your own: one of the catalogue with other values, or all of its values",
            example = "quantization 'careful-int4', { basedOn 'int4-awq'; qualityRetained 95.percent }",
            repeats = true)
    public void quantization(
            @Arg(doc = "its name from here on; one that the catalogue does not have") String name,
            @DelegatesTo(value = QuantizationWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        pass.ownFormats().open(name, pass.origins());
        QuantizationWords words = new QuantizationWords(pass, name);
        pass.guard()
                .block("quantization", words, block, frame -> pass.ownFormats().declare(words.chosen(frame)));
    }

    @Word(
            doc = "a place that holds devices, buys electricity and removes heat",
            example = "site 'frankfurt', { hardware 'l4', count: 4 }",
            repeats = true)
    public void site(
            @Arg(doc = "what other lines and the tables call it") String name,
            @DelegatesTo(value = SiteWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        int slot = pass.sites().size();
        pass.sites().add(new Placed<>(place(), name, null));
        SiteWords words = new SiteWords(pass, slot);
        pass.guard().block("site", words, block, frame -> {
            pass.sites().set(slot, new Placed<>(place(), name, words.spec(name, frame)));
            words.tellOrigins(frame);
        });
    }

    @Word(
            doc = "a class of requests",
            repeats = true,
            example = "traffic 'support', { poisson 4.perSecond; prompt fixed(600.tokens); answer fixed(60.tokens) }")
    public void traffic(
            @Arg(doc = "what other lines and the tables call it") String name,
            @DelegatesTo(value = TrafficWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        int slot = pass.traffics().size();
        pass.traffics().add(new Placed<>(place(), name, null));
        TrafficWords words = new TrafficWords(pass);
        pass.guard().block("traffic", words, block, frame -> {
            words.tellOrigins("traffics[" + slot + "]", frame);
            pass.traffics().set(slot, new Placed<>(place(), name, words.spec(name, frame)));
        });
    }

    @Word(
            doc = "a model on devices of a site",
            repeats = true,
            example = "deploy 'assistant', { model 'llama-3.1-8b'; at 'frankfurt', on: 'l4' }")
    public void deploy(
            @Arg(doc = "what other lines and the tables call it") String name,
            @DelegatesTo(value = DeployWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        int slot = pass.deployments().size();
        pass.deployments().add(new Placed<>(place(), name, null));
        DeployWords words = new DeployWords(pass);
        pass.guard().block("deploy", words, block, frame -> {
            String path = words.planPath();
            pass.deployments().set(slot, new Placed<>(place(), name, words.spec(name, frame)));
            words.tellOrigins(path, frame);
            words.declarePrefillPool(path, frame);
        });
    }

    @Word(
            doc = "which deployment serves a traffic, and how a replica is chosen",
            example = "route 'support', to: 'assistant', policy: leastLoaded",
            repeats = true)
    public void route(
            @Arg(doc = "the name of a traffic") String traffic,
            @Arg(doc = "the name of a deploy", named = true, like = "'assistant'") String to,
            @Arg(
                            doc = "how a replica is chosen among several",
                            named = true,
                            like = "a policy such as leastLoaded",
                            otherwise = "roundRobin")
                    RoutingPolicy policy) {
        pass.refersToTraffic(traffic, pass.guard().place(0));
        pass.refersToDeployment(to, pass.guard().place("to"));
        pass.origins().said("routes[" + pass.routes().size() + "]", place());
        pass.routes().add(new Placed<>(place(), traffic, new RouteSpec(traffic, to, policy)));
    }

    @Word(
            doc =
                    "values that a batch tries: a grid whose first axis turns slowest, or a design; rows of a CSV file are its value",
            example = "sweep users: [10, 50, 200], precision: ['fp16', 'int8']",
            repeats = true)
    public @Nullable Object sweep(
            @Arg(
                            doc = "a design that is no grid",
                            like = "together(...), oneAtATime(...), latinHypercube(...) or csv(...)",
                            unsaid = "the named values make a grid")
                    @Nullable
                    Design design,
            @Arg(doc = "values to try, by parameter: a list or a range", like = "users: [10, 50, 200]")
                    Map<String, Object> axes) {
        pass.variants().outside("sweep");
        return new Sweeping(pass).sweep(design, axes);
    }

    @Word(
            doc = "runs of each point with other random numbers",
            example = "replications 5",
            otherwise = "replications 1")
    public void replications(@Arg(doc = "at least 1", like = "5") int count) {
        pass.variants().outside("replications");
        if (count < 1) {
            throw new Mistake("replications must be at least 1, got " + count, "", 0);
        }
        pass.frozen().say("replications", place(), count);
    }

    @Word(doc = "root of all random numbers", example = "seed 42", otherwise = "seed 1")
    public void seed(@Arg(doc = "any whole number", like = "42") long number) {
        pass.variants().outside("seed");
        pass.frozen().say("seed", place(), number);
    }

    @Word(
            doc = "how long to simulate; a traffic that never ends by itself needs a time",
            example = "simulate 30.minutes, warmup: 5.minutes",
            otherwise = "simulate untilDone")
    public void simulate(
            @Arg(doc = "a time such as 30.minutes, or untilDone") Object length,
            @Arg(
                            doc = "the start of it that does not count; auto finds it for each point",
                            named = true,
                            like = "a time such as 5.minutes",
                            unsaid = "0 s")
                    @Nullable
                    Object warmup,
            @Arg(
                            doc =
                                    "how long requests may take that are under way at the end; those that take longer are unfinished",
                            named = true,
                            like = "1.hour",
                            unsaid = "1 hour, with untilDone 30 days")
                    @Nullable
                    Quantity drain) {
        pass.horizon(place(), Simulating.horizon(length, warmup, drain));
    }

    @Word(
            doc =
                    "a warm-up that pilot runs find for each point, where the mean E2E settles: MSER over 32 slices of the run",
            example = "simulate 30.minutes, warmup: auto")
    public AutoWarmup auto() {
        return new AutoWarmup();
    }

    @Word(
            doc = "a claim about the results; the command fails when it does not hold",
            repeats = true,
            example = "expect 'p95 stays below 2 s', { at(users: 50).e2e.p95 < 2.s }")
    public void expect(
            @Arg(doc = "what the report calls the claim") String text,
            @DelegatesTo(type = "headroom.dsl.claims.ClaimWords", strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> claim) {
        pass.variants().outside("expect");
        pass.claims().add(new Claim(text, place(), claim));
    }

    @Word(
            doc = "a figure that somebody measured at this point, beside what the simulation says",
            repeats = true,
            example = "measured 'TPOT, mean', 21.4.ms, predicted: { tpot.mean }, group: 'vllm'")
    public void measured(
            @Arg(doc = "what tables and plots call it") String metric,
            @Arg(doc = "what was measured, above 0", like = "a figure such as 21.4.ms") Object value,
            @Arg(doc = "the figure of this point to set beside it", named = true, like = "{ tpot.mean }")
                    @DelegatesTo(type = "headroom.dsl.claims.PointFigures", strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> predicted,
            @Arg(doc = "rows of one group are judged together", named = true, like = "'vllm'", unsaid = "no group")
                    @Nullable
                    String group) {
        if (!(value instanceof Quantity quantity && quantity.si() > 0)) {
            throw new Mistake(
                    "measured needs a positive figure with its unit such as 21.4.ms, got " + Accepts.describe(value),
                    "",
                    1);
        }
        pass.measurements().add(new Measured(metric, group == null ? "" : group, quantity, place(), predicted));
    }

    @Word(doc = "what the report sets side by side", example = "report { compare by: 'precision', over: 'users' }")
    public void report(
            @DelegatesTo(value = ReportWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> block) {
        pass.variants().outside("report");
        ReportWords words = new ReportWords(pass);
        pass.guard().block("report", words, block, frame -> pass.frozen().say("report", place(), words.spec()));
    }

    private int place() {
        return pass.guard().place();
    }
}
