package headroom.dsl.build;

import groovy.lang.Closure;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.serving.AllocationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.PreemptionSpec;
import headroom.plan.serving.RoutingPolicy;
import headroom.plan.serving.SchedulerSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.units.Dimension;
import headroom.units.Quantity;
import headroom.units.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words that make values. They mean the same in every block and at the top level. */
public final class ValueWords implements Vocabulary {
    /** The 95 % quantile of the standard normal distribution. */
    private static final double Z95 = 1.6448536269514722;

    private final Pass pass;

    ValueWords(Pass pass) {
        this.pass = pass;
    }

    @Word(doc = "times that are exponential with a mean", example = "exponential(mean: 8.s)")
    public ThinkSpec exponential(@Arg(named = true, like = "8.s") Quantity mean) {
        return new ThinkSpec.Exponential(mean.si());
    }

    @Word(doc = "always the same: a time or a number of tokens", example = "fixed(600.tokens)")
    public Object fixed(Object value) {
        if (value instanceof Quantity quantity) {
            if (quantity.dimension().equals(Dimension.TIME)) {
                return new ThinkSpec.Fixed(quantity.si());
            } else if (quantity.dimension().equals(Dimension.TOKENS)) {
                return new LengthSpec.Fixed(wholeTokens("fixed", quantity));
            }
        }
        String remedy = value instanceof Number ? "give it a unit: " + value + ".tokens or " + value + ".s" : "";
        throw new Mistake(
                "fixed needs a time such as 8.s or a number of tokens such as 600.tokens, got "
                        + Accepts.describe(value),
                remedy,
                0);
    }

    @Word(
            doc = "lengths whose logarithm is normal, by median and p95, mean and cv, or mean and p95",
            example = "lognormal(median: 600.tokens, p95: 2400.tokens)")
    public LengthSpec lognormal(
            @Arg(named = true, like = "600.tokens", otherwise = "") @Nullable Quantity median,
            @Arg(named = true, like = "800.tokens", otherwise = "") @Nullable Quantity mean,
            @Arg(named = true, like = "2400.tokens", otherwise = "") @Nullable Quantity p95,
            @Arg(named = true, like = "0.6", otherwise = "") @Nullable Double cv) {
        if (median != null && p95 != null && mean == null && cv == null) {
            rising("p95", p95, "median", median);
            return new LengthSpec.Lognormal(tokens(median), StrictMath.log(tokens(p95) / tokens(median)) / Z95);
        }
        if (mean != null && cv != null && median == null && p95 == null) {
            double variance = StrictMath.log(1 + cv * cv);
            return new LengthSpec.Lognormal(tokens(mean) / StrictMath.exp(variance / 2), StrictMath.sqrt(variance));
        }
        if (mean != null && p95 != null && median == null && cv == null) {
            rising("p95", p95, "mean", mean);
            double square = Z95 * Z95 - 2 * StrictMath.log(tokens(p95) / tokens(mean));
            if (square < 0) {
                throw new Mistake(
                        "no lognormal distribution has p95 " + p95 + " and mean " + mean,
                        "p95 can be at most 3.87 times the mean: state median and p95 instead",
                        "p95");
            }
            double sigma = Z95 - StrictMath.sqrt(square);
            return new LengthSpec.Lognormal(tokens(mean) / StrictMath.exp(sigma * sigma / 2), sigma);
        }
        throw new Mistake(
                "lognormal needs median: and p95:, mean: and cv:, or mean: and p95:",
                "write, for example, lognormal(median: 600.tokens, p95: 2400.tokens)");
    }

    @Word(
            doc = "lengths 1, 2, 3, ... with a mean, each further token equally likely",
            example = "geometric(mean: 200.tokens)")
    public LengthSpec geometric(@Arg(named = true, like = "200.tokens") Quantity mean) {
        return new LengthSpec.Geometric(tokens(mean));
    }

    @Word(doc = "every whole length from low to high, equally likely", example = "uniform(100.tokens, 900.tokens)")
    public LengthSpec uniform(@Arg(like = "100.tokens") Quantity low, @Arg(like = "900.tokens") Quantity high) {
        return new LengthSpec.Uniform(wholeTokens("uniform", low), wholeTokens("uniform", high));
    }

    @Word(
            doc = "lengths by their quantiles, straight lines between them, from p0 to p100",
            example = "quantiles(p0: 1.tokens, p50: 900.tokens, p100: 4000.tokens)")
    public LengthSpec quantiles(Map<String, Object> points) {
        List<LengthSpec.Quantiles.Point> list = new ArrayList<>();
        points.forEach((name, value) -> {
            double percent = Percent.of("quantiles", name);
            if (!(value instanceof Quantity quantity) || !quantity.dimension().equals(Dimension.TOKENS)) {
                throw new Mistake(
                        "quantiles " + name + ": needs a number of tokens such as 600.tokens, got "
                                + Accepts.describe(value),
                        value instanceof Number ? "give it a unit: " + value + ".tokens" : "",
                        name);
            }
            list.add(new LengthSpec.Quantiles.Point(percent / 100, tokens(quantity)));
        });
        list.sort(Comparator.comparingDouble(LengthSpec.Quantiles.Point::probability));
        if (list.size() < 2
                || list.get(0).probability() != 0
                || list.get(list.size() - 1).probability() != 1) {
            throw new Mistake(
                    "quantiles must run from p0 (the shortest) to p100 (the longest)",
                    "write, for example, quantiles(p0: 1.tokens, p50: 900.tokens, p100: 4000.tokens)");
        }
        return new LengthSpec.Quantiles(list);
    }

    @Word(
            doc =
                    "continuous batching; what a step holds (scheduler) and how many steps a request waits to join (lag) are the engine's if not said",
            example = "continuous(maxSequences: 256, tokenBudget: 8192, scheduler: decodeFirst)")
    public ContinuousBatching continuous(
            @Arg(named = true, like = "256", otherwise = "256") int maxSequences,
            @Arg(named = true, like = "8192", otherwise = "8192") int tokenBudget,
            @Arg(named = true, like = "1", otherwise = "") @Nullable Integer lag,
            @Arg(named = true, like = "decodeFirst, prefillFirst() or wholePrompts", otherwise = "") @Nullable
                    SchedulerSpec scheduler) {
        BatchingSpec checked = new BatchingSpec(maxSequences, tokenBudget, lag == null ? 0 : lag);
        return new ContinuousBatching(checked.maxSequences(), checked.tokenBudget(), lag, scheduler);
    }

    @Word(
            doc = "steps of one token of every running sequence, then prompts in chunks, as vLLM does",
            example = "decodeFirst")
    public SchedulerSpec decodeFirst() {
        return new SchedulerSpec.DecodeFirst();
    }

    @Word(
            doc =
                    "steps of prompts or of decodes, prompts first, as SGLang; new requests are looked at every pollSteps decode steps",
            example = "prefillFirst(pollSteps: 10, busyFrom: 16, busyPollSteps: 30)")
    public SchedulerSpec prefillFirst(
            @Arg(named = true, like = "10", otherwise = "1") int pollSteps,
            @Arg(named = true, like = "16", otherwise = "") @Nullable Integer busyFrom,
            @Arg(named = true, like = "30", otherwise = "") @Nullable Integer busyPollSteps) {
        if (busyFrom == null && busyPollSteps == null) {
            return new SchedulerSpec.PrefillFirst(pollSteps, 1, pollSteps);
        }
        if (busyFrom == null || busyPollSteps == null) {
            throw new Mistake(
                    "prefillFirst needs busyFrom: and busyPollSteps: together",
                    "write, for example, prefillFirst(pollSteps: 10, busyFrom: 16, busyPollSteps: 30)");
        }
        return new SchedulerSpec.PrefillFirst(pollSteps, busyFrom, busyPollSteps);
    }

    @Word(
            doc = "steps of one token of every running sequence, then prompts that are not cut, as TensorRT-LLM does",
            example = "wholePrompts")
    public SchedulerSpec wholePrompts() {
        return new SchedulerSpec.WholePrompts();
    }

    @Word(
            doc =
                    "a KV cache in blocks, by share of memory or by their number; reserve: true takes all blocks of an answer at admission",
            example = "paged(block: 16, memoryShare: 90.percent)")
    public CacheChoice paged(
            @Arg(named = true, like = "16", otherwise = "16") int block,
            @Arg(named = true, like = "90.percent", otherwise = "") @Nullable Quantity memoryShare,
            @Arg(named = true, like = "1.5.GB", otherwise = "") @Nullable Quantity activations,
            @Arg(named = true, like = "1.percent", otherwise = "") @Nullable Quantity watermark,
            @Arg(named = true, like = "7462", otherwise = "") @Nullable Long blocks,
            @Arg(named = true, like = "true", otherwise = "") @Nullable Boolean reserve,
            @Arg(named = true, like = "512.tokens", otherwise = "") @Nullable Quantity maxAnswer,
            @Arg(named = true, like = "recompute or swapToHost(memory: 64.GB)", otherwise = "") @Nullable
                    PreemptionSpec preemption) {
        Integer most = maxAnswer == null ? null : (Integer) wholeTokens("paged maxAnswer:", maxAnswer);
        AllocationSpec allocation = CacheChoice.Paged.allocation(reserve, most, preemption);
        return CacheChoice.Paged.stated(block, memoryShare, activations, watermark, blocks, allocation);
    }

    @Word(doc = "a preempted request's cache is lost and made again", example = "paged(preemption: recompute)")
    public PreemptionSpec recompute() {
        return new PreemptionSpec.Recompute();
    }

    @Word(
            doc =
                    "a preempted request's KV blocks go to the host, which has so much room for those of one replica, and come back",
            example = "paged(preemption: swapToHost(memory: 64.GB))")
    public PreemptionSpec swapToHost(@Arg(named = true, like = "64.GB") Quantity memory) {
        return new PreemptionSpec.Swap(memory.si());
    }

    @Word(
            doc = "a KV cache of one piece for each request, of maxLength or the model's context window",
            example = "contiguous(maxLength: 4096.tokens)")
    public CacheChoice contiguous(
            @Arg(named = true, like = "4096.tokens", otherwise = "") @Nullable Quantity maxLength,
            @Arg(named = true, like = "90.percent", otherwise = "") @Nullable Quantity memoryShare,
            @Arg(named = true, like = "1.5.GB", otherwise = "") @Nullable Quantity activations) {
        return CacheChoice.Contiguous.stated(
                maxLength == null ? null : (Integer) wholeTokens("contiguous maxLength:", maxLength),
                memoryShare,
                activations);
    }

    @Word(doc = "cooling by air, with the site's facility power over IT power", example = "air(pue: 1.35)")
    public Cooling air(@Arg(named = true, like = "1.35") double pue) {
        if (!(pue >= 1)) {
            throw new Mistake("air pue: must be at least 1, got " + pue, "facility power includes IT power", "pue");
        }
        return new Cooling(pue);
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
    public Design together(Map<String, Object> axes) {
        return new Design.Together(Axis.all("together", axes, true));
    }

    @Word(
            doc = "a sweep from the defaults: each value of each parameter, with the others at their defaults",
            example = "sweep oneAtATime(users: [10, 200], copies: [2, 4])")
    public Design oneAtATime(Map<String, Object> axes) {
        return new Design.OneAtATime(Axis.all("oneAtATime", axes, false));
    }

    @Word(
            doc =
                    "a sweep of so many points spread evenly over ranges and lists, of every parameter with limits if none is named",
            example = "sweep latinHypercube(20, users: 1..500, precision: ['fp16', 'int8'])")
    public Design latinHypercube(
            @Arg(like = "20") int points,
            @Arg(named = true, like = "1", otherwise = "1") int seed,
            Map<String, Object> spans) {
        return new Design.LatinHypercube(points, seed, spans);
    }

    @Word(
            doc =
                    "a sweep of one point a row of a CSV file, or of those for which a condition holds; columns keep names and types",
            example = "def row = sweep csv('measurements.csv') { it.engine == 'vllm' }")
    public Design csv(String file, @Arg(like = "{ it.engine == 'vllm' }", otherwise = "") @Nullable Closure<?> rows) {
        return new Design.Rows(file, rows);
    }

    @Word(
            doc =
                    "the rows of a CSV file, or those for which a condition holds, as a list; columns keep names and types",
            example = "def rows = table('measurements.csv') { it.engine == 'vllm' }")
    public List<Object> table(
            String file, @Arg(like = "{ it.engine == 'vllm' }", otherwise = "") @Nullable Closure<?> condition) {
        Sheet sheet = pass.files().sheet(file);
        List<Object> rows = new ArrayList<>();
        for (int i = 1; i <= sheet.rows().size(); i++) {
            if (condition == null || Sweeping.wants("table", condition, sheet, i)) {
                rows.add(new CsvRow(sheet, i, sheet.rows().get(i - 1), pass::skip));
            }
        }
        return rows;
    }

    @Word(
            doc = "whether the catalogue has a model, hardware or quantization of that name",
            example = "def known = listed('model', 'llama-3.1-8b')")
    public boolean listed(@Arg(like = "'model'") String kind, String name) {
        String shelf = switch (kind) {
            case "model" -> "models";
            case "hardware" -> "hardware";
            case "quantization" -> "quantizations";
            default ->
                throw new Mistake("the catalogue has no " + kind + "s", "say 'model', 'hardware' or 'quantization'", 0);
        };
        return pass.shelf().has(shelf, name);
    }

    @Word(doc = "simulate until a load that ends by itself is served", example = "simulate untilDone")
    public UntilDone untilDone() {
        return new UntilDone();
    }

    private static double tokens(Quantity quantity) {
        return quantity.in(Units.TOKEN);
    }

    private static int wholeTokens(String word, Quantity quantity) {
        double tokens = tokens(quantity);
        if (tokens != Math.rint(tokens) || Math.abs(tokens) > Integer.MAX_VALUE) {
            throw new Mistake(word + " needs a whole number of tokens, got " + quantity, "");
        }
        return (int) tokens;
    }

    private static void rising(String upper, Quantity high, String lower, Quantity low) {
        if (!(low.si() > 0 && high.compareTo(low) > 0)) {
            throw new Mistake(
                    "lognormal " + upper + ": must be above " + lower + ": (" + low + "), got " + high, "", upper);
        }
    }
}
