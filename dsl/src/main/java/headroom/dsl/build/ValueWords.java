package headroom.dsl.build;

import groovy.lang.Closure;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.DynamicBatchingSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.RoutingPolicy;
import headroom.plan.serving.SchedulerSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.units.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words that make values. They mean the same in every block and at the top level. */
public final class ValueWords implements Vocabulary {
    private final Pass pass;

    ValueWords(Pass pass) {
        this.pass = pass;
    }

    @Word(doc = "times that are exponential with a mean", example = "exponential(mean: 8.s)")
    public ThinkSpec exponential(@Arg(doc = "the mean", named = true, like = "8.s") Quantity mean) {
        return new ThinkSpec.Exponential(mean.si());
    }

    @Word(
            doc = "always the same: a time or a number of tokens",
            gives = {ThinkSpec.class, LengthSpec.class},
            example = "fixed(600.tokens)")
    public Object fixed(@Arg(doc = "a time such as 8.s, or a number of tokens such as 600.tokens") Object value) {
        return StatedLengths.fixed(value);
    }

    @Word(
            doc = "lengths whose logarithm is normal, by median and p95, mean and cv, or mean and p95",
            example = "lognormal(median: 600.tokens, p95: 2400.tokens)")
    public LengthSpec lognormal(
            @Arg(
                            doc = "half of the lengths are below it",
                            named = true,
                            like = "600.tokens",
                            unsaid = "follows from two others")
                    @Nullable
                    Quantity median,
            @Arg(doc = "the mean", named = true, like = "800.tokens", unsaid = "follows from two others") @Nullable
                    Quantity mean,
            @Arg(
                            doc = "95 % of the lengths are within it",
                            named = true,
                            like = "2400.tokens",
                            unsaid = "follows from two others")
                    @Nullable
                    Quantity p95,
            @Arg(doc = "standard deviation over mean", named = true, like = "0.6", unsaid = "follows from two others")
                    @Nullable
                    Double cv) {
        return StatedLengths.lognormal(median, mean, p95, cv);
    }

    @Word(
            doc = "lengths 1, 2, 3, ... with a mean, each further token equally likely",
            example = "geometric(mean: 200.tokens)")
    public LengthSpec geometric(@Arg(doc = "the mean", named = true, like = "200.tokens") Quantity mean) {
        return new LengthSpec.Geometric(StatedLengths.tokens(mean));
    }

    @Word(doc = "every whole length from low to high, equally likely", example = "uniform(100.tokens, 900.tokens)")
    public LengthSpec uniform(
            @Arg(doc = "the shortest", like = "100.tokens") Quantity low,
            @Arg(doc = "the longest", like = "900.tokens") Quantity high) {
        return new LengthSpec.Uniform(
                StatedLengths.wholeTokens("uniform", low), StatedLengths.wholeTokens("uniform", high));
    }

    @Word(
            doc = "lengths by their quantiles, straight lines between them, from p0 to p100",
            example = "quantiles(p0: 1.tokens, p50: 900.tokens, p100: 4000.tokens)")
    public LengthSpec quantiles(
            @Arg(
                            doc = "lengths by percentile, p0 and p100 among them",
                            like = "p0: 1.tokens, p50: 900.tokens, p100: 4000.tokens")
                    Map<String, Object> points) {
        return StatedLengths.quantiles(points);
    }

    @Word(
            doc = "continuous batching",
            example = "continuous(maxSequences: 256, tokenBudget: 8192, scheduler: decodeFirst)")
    public ContinuousBatching continuous(
            @Arg(doc = "requests in one step, at most", named = true, like = "256", otherwise = "256") int maxSequences,
            @Arg(doc = "tokens in one step, at most, prompts included", named = true, like = "8192", otherwise = "8192")
                    int tokenBudget,
            @Arg(doc = "steps a request waits to join, 0 or 1", named = true, like = "1", unsaid = "the engine's own")
                    @Nullable
                    Integer lag,
            @Arg(
                            doc = "tokens to which CUDA graphs fill up a step without prompts; true for the engine's",
                            named = true,
                            like = "[1, 2, 4, 8]",
                            unsaid = "steps are not filled up")
                    @Nullable
                    Object graphSizes,
            @Arg(
                            doc = "what a step holds",
                            named = true,
                            like = "decodeFirst, prefillFirst(), wholePrompts, batchedPrompts() or gatheredPrompts()",
                            unsaid = "the engine's own")
                    @Nullable
                    SchedulerSpec scheduler) {
        return ContinuousBatching.stated(maxSequences, tokenBudget, lag, graphSizes, scheduler);
    }

    @Word(
            doc = "batches for a model of fixed work: launched when full, or when the oldest has waited the delay",
            example = "dynamic(maximum: 32, delay: 5.ms, instances: 2)")
    public DynamicBatching dynamic(
            @Arg(doc = "requests in one batch, at most", named = true, like = "32", otherwise = "32") int maximum,
            @Arg(doc = "how long the oldest waits for others", named = true, like = "5.ms", unsaid = "no time at all")
                    @Nullable
                    Quantity delay,
            @Arg(doc = "batches under way on a device, computed one by one", named = true, like = "2", otherwise = "1")
                    int instances) {
        return new DynamicBatching(new DynamicBatchingSpec(maximum, delay == null ? 0 : delay.si(), instances));
    }

    @Word(doc = "one token of every running sequence, then prompts in chunks, as vLLM does", example = "decodeFirst")
    public SchedulerSpec decodeFirst() {
        return new SchedulerSpec.DecodeFirst();
    }

    @Word(
            doc = "steps of prompts or of decodes, prompts first, as SGLang does",
            example = "prefillFirst(pollSteps: 10, busyFrom: 16, busyPollSteps: 30)")
    public SchedulerSpec prefillFirst(
            @Arg(doc = "decode steps between looks for new requests", named = true, like = "10", otherwise = "1")
                    int pollSteps,
            @Arg(doc = "running sequences that count as busy", named = true, like = "16", unsaid = "it is never busy")
                    @Nullable
                    Integer busyFrom,
            @Arg(doc = "the same while busy", named = true, like = "30", unsaid = "it is never busy") @Nullable
                    Integer busyPollSteps) {
        return ContinuousBatching.prefillFirst(pollSteps, busyFrom, busyPollSteps);
    }

    @Word(doc = "steps as of decodeFirst, of prompts that are not cut, as TensorRT-LLM does", example = "wholePrompts")
    public SchedulerSpec wholePrompts() {
        return new SchedulerSpec.WholePrompts();
    }

    @Word(
            doc = "steps as of wholePrompts, but prompts wait to fill one, as TensorRT-LLM does when told to",
            example = "batchedPrompts(timeoutSteps: 20, tokenShare: 90.percent)")
    public SchedulerSpec batchedPrompts(
            @Arg(doc = "steps after which prompts start anyway", named = true, like = "20", otherwise = "20")
                    int timeoutSteps,
            @Arg(doc = "share of the budget to fill", named = true, like = "90.percent", otherwise = "90.percent")
                    Quantity tokenShare) {
        return new SchedulerSpec.BatchedPrompts(timeoutSteps, tokenShare.si());
    }

    @Word(
            doc = "steps as of wholePrompts, but prompts wait until every rank of data-parallel attention has one",
            example = "gatheredPrompts(timeoutSteps: 50, moreSteps: 10)")
    public SchedulerSpec gatheredPrompts(
            @Arg(doc = "steps after which prompts start anyway", named = true, like = "50", otherwise = "50")
                    int timeoutSteps,
            @Arg(doc = "steps to wait on once every rank has one", named = true, like = "10", otherwise = "10")
                    int moreSteps) {
        return new SchedulerSpec.GatheredPrompts(timeoutSteps, moreSteps);
    }

    @Word(doc = "a KV cache in blocks of some tokens", example = "paged(block: 16, memoryShare: 90.percent)")
    public CacheChoice paged(
            @Arg(doc = "tokens in one block", named = true, like = "16", otherwise = "16") int block,
            @Arg(doc = "share of memory it may use", named = true, like = "90.percent", unsaid = "the engine's own")
                    @Nullable
                    Quantity memoryShare,
            @Arg(doc = "memory kept for activations", named = true, like = "1.5.GB", unsaid = "the engine's own")
                    @Nullable
                    Quantity activations,
            @Arg(doc = CacheChoice.WATERMARK, named = true, like = "1.percent", unsaid = "1.percent; none if reserved")
                    @Nullable
                    Quantity watermark,
            @Arg(doc = "blocks of one replica", named = true, like = "7462", unsaid = "as many as fit the memory")
                    @Nullable
                    Long blocks,
            @Arg(doc = CacheChoice.RESERVE, named = true, like = "true", unsaid = "the engine's own") @Nullable
                    Boolean reserve,
            @Arg(doc = CacheChoice.MAX_ANSWER, named = true, like = "512.tokens", unsaid = "the answer's own length")
                    @Nullable
                    Quantity maxAnswer,
            @Arg(
                            doc = "what becomes of one that runs out",
                            named = true,
                            like = "recompute or swapToHost(memory: 64.GB)",
                            unsaid = "the engine's own")
                    @Nullable
                    PreemptionSpec preemption,
            @Arg(doc = HybridCache.DOC, named = true, like = "false or 80.percent", unsaid = "the engine's own")
                    @Nullable
                    Object hybrid) {
        AllocationSpec allocation = CacheChoice.Paged.allocation(reserve, maxAnswer, preemption);
        return CacheChoice.Paged.stated(block, memoryShare, activations, watermark, blocks, allocation, hybrid);
    }

    @Word(doc = "a preempted request's cache is lost and made again", example = "paged(preemption: recompute)")
    public PreemptionSpec recompute() {
        return new PreemptionSpec.Recompute();
    }

    @Word(
            doc =
                    "a preempted request's KV blocks go to the host, which has so much room for those of one replica, and come back",
            example = "paged(preemption: swapToHost(memory: 64.GB))")
    public PreemptionSpec swapToHost(
            @Arg(doc = "room for the blocks of one replica", named = true, like = "64.GB") Quantity memory) {
        return new PreemptionSpec.Swap(memory.si());
    }

    @Word(doc = "a KV cache of one piece for each request", example = "contiguous(maxLength: 4096.tokens)")
    public CacheChoice contiguous(
            @Arg(
                            doc = "the length of a piece",
                            named = true,
                            like = "4096.tokens",
                            unsaid = "the model's context window")
                    @Nullable
                    Quantity maxLength,
            @Arg(doc = "share of memory it may use", named = true, like = "90.percent", unsaid = "the engine's own")
                    @Nullable
                    Quantity memoryShare,
            @Arg(doc = "memory kept for activations", named = true, like = "1.5.GB", unsaid = "the engine's own")
                    @Nullable
                    Quantity activations) {
        return CacheChoice.Contiguous.stated(
                maxLength == null ? null : (Integer) StatedLengths.wholeTokens("contiguous maxLength:", maxLength),
                memoryShare,
                activations);
    }

    @Word(doc = "cooling by air, with the site's facility power over IT power", example = "air(pue: 1.35)")
    public Cooling air(@Arg(doc = "facility power over IT power, at least 1", named = true, like = "1.35") double pue) {
        return Cooling.air(pue);
    }

    @Word(doc = "replicas take turns", example = "roundRobin")
    public RoutingPolicy roundRobin() {
        return RoutingPolicy.ROUND_ROBIN;
    }

    @Word(doc = "the replica with the fewest unfinished requests", example = "leastLoaded")
    public RoutingPolicy leastLoaded() {
        return RoutingPolicy.LEAST_LOADED;
    }

    @Word(doc = "the less loaded of two replicas drawn at random", example = "powerOfTwo")
    public RoutingPolicy powerOfTwo() {
        return RoutingPolicy.POWER_OF_TWO;
    }

    @Word(
            doc = "a sweep of parameters in step: all first values, then all second ones",
            example = "sweep together(users: [10, 20], copies: [1, 2])")
    public Design together(
            @Arg(doc = "values to try, by parameter: lists of one length", like = "users: [10, 20], copies: [1, 2]")
                    Map<String, Object> axes) {
        return new Design.Together(Axis.all("together", axes, true));
    }

    @Word(
            doc = "a sweep from the defaults: each value of each parameter, with the others at their defaults",
            example = "sweep oneAtATime(users: [10, 200], copies: [2, 4])")
    public Design oneAtATime(
            @Arg(doc = "values to try, by parameter: a list or a range", like = "users: [10, 200]")
                    Map<String, Object> axes) {
        return new Design.OneAtATime(Axis.all("oneAtATime", axes, false));
    }

    @Word(
            doc =
                    "a sweep of so many points spread evenly over ranges and lists, of every parameter with limits if none is named",
            example = "sweep latinHypercube(20, users: 1..500, precision: ['fp16', 'int8'])")
    public Design latinHypercube(
            @Arg(doc = "how many", like = "20") int points,
            @Arg(doc = "another one spreads them differently", named = true, like = "1", otherwise = "1") int seed,
            @Arg(doc = "a range or a list, by parameter", like = "users: 1..500") Map<String, Object> spans) {
        return new Design.LatinHypercube(points, seed, spans);
    }

    @Word(
            doc =
                    "a sweep of one point a row of a CSV file, or of those for which a condition holds; columns keep names and types",
            example = "def row = sweep csv('measurements.csv') { it.engine == 'vllm' }")
    public Design csv(
            @Arg(doc = "a file beside the script") String file,
            @Arg(doc = "whether a row, it, makes a point", like = "{ it.engine == 'vllm' }", unsaid = "every row does")
                    @Nullable
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Object")
                    Closure<?> rows) {
        return new Design.Rows("csv", file, rows);
    }

    @Word(
            doc = "a sweep of one point a result file of vllm bench serve, GenAI-Perf, AIPerf or GuideLLM",
            example = "def row = sweep benchmark('results/*.json') { it.concurrency <= 64 }")
    public Design benchmark(
            @Arg(doc = "a file beside the script, or several by *", like = "'results/*.json'") String files,
            @Arg(doc = "whether a row, it, makes a point", like = "{ it.concurrency > 1 }", unsaid = "every row does")
                    @Nullable
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Object")
                    Closure<?> rows) {
        return new Design.Rows(Design.Rows.BENCHMARK, files, rows);
    }

    @Word(
            doc =
                    "the rows of a CSV file, or those for which a condition holds, as a list; columns keep names and types",
            example = "def rows = table('measurements.csv') { it.engine == 'vllm' }")
    public List<Object> table(
            @Arg(doc = "a file beside the script") String file,
            @Arg(doc = "whether a row, it, is wanted", like = "{ it.engine == 'vllm' }", unsaid = "every row is")
                    @Nullable
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Object")
                    Closure<?> condition) {
        return new Sweeping(pass).table(file, condition);
    }

    @Word(
            doc =
                    "whether the catalogue has a model, hardware or quantization of that name and knows enough to simulate it",
            example = "def known = listed('model', 'llama-3.1-8b')")
    public boolean listed(
            @Arg(doc = "'model', 'hardware' or 'quantization'", like = "'model'") String kind,
            @Arg(doc = "any text") String name) {
        return Listing.of(kind).has(pass.shelf(), name);
    }

    @Word(doc = "simulate until a load that ends by itself is served", example = "simulate untilDone")
    public UntilDone untilDone() {
        return new UntilDone();
    }
}
