package headroom.dsl.build;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.SharedPrefixSpec;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import headroom.units.Quantity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Words of a {@code traffic} block: when requests come, how long they are, what was promised. */
public final class TrafficWords implements Vocabulary {
    private static final List<String> ARRIVALS =
            List.of("closedLoop", "poisson", "gamma", "deterministic", "allAtOnce", "concurrency", "trace", "replay");
    private static final List<String> LENGTHS = List.of("prompt", "answer");
    private static final List<String> REPLAYS = List.of("trace", "replay");

    private final Pass pass;
    private @Nullable ArrivalSpec arrivals;
    private String arrivalWord = "";
    private @Nullable LengthSpec prompt;
    private @Nullable LengthSpec answer;
    private SloSpec slo = new SloSpec(List.of());
    private int priority;
    private @Nullable SharedPrefixSpec sharedPrefix;
    private @Nullable StatedTurns turns;

    TrafficWords(Pass pass) {
        this.pass = pass;
    }

    @Word(
            doc = "people who wait for the answer, think, and ask again",
            example = "closedLoop users: 50, think: exponential(mean: 8.s)")
    public void closedLoop(
            @Arg(doc = "people, each with at most one request under way", named = true, like = "50") int users,
            @Arg(
                            doc = "how long they wait after an answer",
                            named = true,
                            like = "a think time such as exponential(mean: 8.s)")
                    ThinkSpec think) {
        arrive("closedLoop", new ArrivalSpec.ClosedLoop(users, think));
    }

    @Word(
            doc = "as benchmarks do: so many at once, a new one for each that ends",
            example = "concurrency 64, requests: 640")
    public void concurrency(
            @Arg(doc = "requests under way at any time", like = "64") int atOnce,
            @Arg(doc = "requests in all", named = true, like = "640") int requests) {
        arrive("concurrency", new ArrivalSpec.Concurrency(atOnce, requests));
    }

    @Word(doc = "independent requests at a mean rate", example = "poisson 40.perSecond")
    public void poisson(@Arg(doc = "requests a second on average", like = "40.perSecond") Quantity rate) {
        arrive("poisson", new ArrivalSpec.Poisson(rate.si()));
    }

    @Word(
            doc = "gaps with a coefficient of variation: 1 is Poisson, above 1 is bursty",
            example = "gamma rate: 40.perSecond, cv: 2")
    public void gamma(
            @Arg(doc = "requests a second on average", named = true, like = "40.perSecond") Quantity rate,
            @Arg(doc = "standard deviation of the gaps over their mean", named = true, like = "2") double cv) {
        arrive("gamma", new ArrivalSpec.Gamma(rate.si(), cv));
    }

    @Word(doc = "equal gaps", example = "deterministic 40.perSecond")
    public void deterministic(@Arg(doc = "requests a second", like = "40.perSecond") Quantity rate) {
        arrive("deterministic", new ArrivalSpec.Deterministic(rate.si()));
    }

    @Word(doc = "everything is sent at time zero", example = "allAtOnce requests: 1000")
    public void allAtOnce(@Arg(doc = "requests in all", named = true, like = "1000") int requests) {
        arrive("allAtOnce", new ArrivalSpec.AllAtOnce(requests));
    }

    @Word(
            doc =
                    "replays a file: Azure LLM or BurstGPT CSV, columns arrival_us, isl, osl, or Mooncake JSON lines, whose hashes a prefix cache knows",
            example = "trace 'azure-2023-conv.csv'")
    public void trace(@Arg(doc = "a file beside the script") String file) {
        TraceRows rows = pass.trace(file);
        if (rows != null) {
            arrive("trace", new ArrivalSpec.Replay(rows));
        }
    }

    @Word(
            doc = "sends rows of a table when they came; blocks say when that was, and how long prompt and answer are",
            example =
                    "replay table('mine.csv'), arrival: { it.sent_ms.ms }, prompt: { it.input_tokens.tokens }, answer: { it.output_tokens.tokens }, same: { it.prompt_id }")
    public void replay(
            @Arg(doc = "rows of a table, or any list", like = "table('mine.csv')") List<?> rows,
            @Arg(doc = "when a row, which is it, was sent", named = true, like = "{ it.sent_ms.ms }")
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Object")
                    Closure<?> arrival,
            @Arg(doc = "the length of its prompt", named = true, like = "{ it.input_tokens.tokens }")
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Object")
                    Closure<?> prompt,
            @Arg(doc = "the length of its answer", named = true, like = "{ it.output_tokens.tokens }")
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Object")
                    Closure<?> answer,
            @Arg(
                            doc = "which prompt it has: a text or number that rows with the same prompt share",
                            named = true,
                            like = "{ it.prompt_id }",
                            unsaid = "no prompt comes twice")
                    @Nullable
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Object")
                    Closure<?> same) {
        TraceRows replayed = new ReplayedRows(rows, arrival, prompt, answer, same).rows();
        if (replayed != null) {
            arrive("replay", new ArrivalSpec.Replay(replayed));
        }
    }

    @Word(
            doc = "how long prompts are; requests to a model of fixed work have none",
            example = "prompt lognormal(median: 600.tokens, p95: 2400.tokens)")
    public void prompt(
            @Arg(
                            doc = "a distribution of lengths",
                            like = "lengths such as lognormal(median: 600.tokens, p95: 2400.tokens)")
                    LengthSpec lengths) {
        prompt = lengths;
    }

    @Word(doc = "how long answers are", example = "answer lognormal(median: 60.tokens, p95: 110.tokens)")
    public void answer(
            @Arg(
                            doc = "a distribution of lengths",
                            like = "lengths such as lognormal(median: 60.tokens, p95: 110.tokens)")
                    LengthSpec lengths) {
        answer = lengths;
    }

    @Word(
            doc = "who is admitted first of those who wait at one replica, and preempted last: the highest",
            example = "priority 2",
            otherwise = "priority 0")
    public void priority(@Arg(doc = "any whole number", like = "2") int number) {
        priority = number;
    }

    @Word(
            doc = "how much of each prompt's beginning is the same; a prefixCache computes it once",
            example = "sharedPrefix 512.tokens, groups: 4")
    public void sharedPrefix(
            @Arg(doc = "its length, counted in the prompt's; a shorter prompt is shared whole", like = "512.tokens")
                    Quantity length,
            @Arg(
                            doc = "how many such beginnings there are; each request draws one",
                            named = true,
                            like = "4",
                            otherwise = "1")
                    int groups) {
        sharedPrefix = new SharedPrefixSpec(StatedLengths.wholeTokens("sharedPrefix", length), groups);
    }

    @Word(
            doc =
                    "requests are turns of conversations: each prompt is all said before and a new message; prompt draws the message",
            example = "turns mean: 4, think: exponential(mean: 20.s)")
    public void turns(
            @Arg(
                            doc = "turns of a conversation on average; after each it goes on with the same probability",
                            named = true,
                            like = "4",
                            unsaid = "exactly says how many")
                    @Nullable
                    Double mean,
            @Arg(doc = "turns of every conversation", named = true, like = "4", unsaid = "mean says how many") @Nullable
                    Integer exactly,
            @Arg(
                            doc = "how long users wait after an answer",
                            named = true,
                            like = "a think time such as exponential(mean: 20.s)",
                            unsaid = "a closed loop says it")
                    @Nullable
                    ThinkSpec think) {
        turns = new StatedTurns(mean, exactly, think);
    }

    @Word(doc = "what users were promised", example = "slo { ttft p95: 500.ms; e2e p95: 2.s }")
    public void slo(
            @DelegatesTo(value = SloWords.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
                    Closure<?> promises) {
        SloWords words = new SloWords();
        pass.guard().block("slo", words, promises, frame -> slo = words.spec());
    }

    private void arrive(String word, ArrivalSpec spec) {
        if (arrivals != null) {
            throw new Mistake(word + " and " + arrivalWord + " both say when requests come", "keep one of them");
        }
        arrivals = spec;
        arrivalWord = word;
    }

    void tellOrigins(String path, Frame frame) {
        Origins origins = pass.origins();
        origins.said(path, pass.guard().place());
        origins.said(path + ".arrivals", frame, arrivalWord);
        boolean replay = REPLAYS.contains(arrivalWord);
        origins.said(path + ".prompt", frame, replay ? arrivalWord : "prompt");
        origins.said(path + ".answer", frame, replay ? arrivalWord : "answer");
        origins.said(path + ".slo", frame, "slo");
        origins.said(path + ".priority", frame, "priority");
        origins.said(path + ".sharedPrefix", frame, "sharedPrefix");
        origins.said(path + ".sessions", frame, "turns");
    }

    /** The class of requests; null after reporting what is missing. */
    @Nullable
    TrafficSpec spec(String name, Frame frame) {
        int place = pass.guard().place();
        boolean replay =
                arrivals instanceof ArrivalSpec.Replay || REPLAYS.stream().anyMatch(word -> !frame.lacks(word));
        if (ARRIVALS.stream().allMatch(frame::lacks)) {
            pass.guard()
                    .mistake(
                            place,
                            "traffic '" + name + "' does not say when requests come",
                            "add one of " + String.join(", ", ARRIVALS));
        }
        if (sharedPrefix != null
                && arrivals instanceof ArrivalSpec.Replay hashed
                && hashed.rows().hashes() != null) {
            pass.guard()
                    .mistake(
                            frame.placeOf("sharedPrefix", place),
                            "the hashes of the trace say what prompts have in common, so sharedPrefix would be ignored",
                            "remove it");
            return null;
        }
        if (replay) {
            for (String word : List.of("prompt", "answer")) {
                if (word.equals("prompt") ? prompt != null : answer != null) {
                    pass.guard()
                            .mistake(
                                    frame.placeOf(word, place),
                                    "a trace has its own lengths, so " + word + " would be ignored",
                                    "remove it");
                }
            }
        } else {
            boolean noTokens = LENGTHS.stream().allMatch(frame::lacks) && arrivals != null;
            if (noTokens) {
                prompt = new LengthSpec.NoTokens();
                answer = prompt;
            }
            LENGTHS.stream()
                    .filter(word -> !noTokens && frame.lacks(word))
                    .forEach(word -> misses(pass, place, name, word));
        }
        if (arrivals == null) {
            return null;
        }
        SessionSpec sessions = null;
        if (turns != null) {
            String wrong = turns.mistakeWith(arrivals, arrivalWord);
            if (!wrong.isEmpty()) {
                pass.guard().mistake(frame.placeOf("turns", place), wrong, turns.remedyWith(arrivals));
                return null;
            }
            sessions = turns.spec();
        }
        if (replay) {
            return new TrafficSpec(
                    name, arrivals, new LengthSpec.Traced(), new LengthSpec.Traced(), slo, priority, sharedPrefix);
        }
        return prompt == null || answer == null
                ? null
                : new TrafficSpec(name, arrivals, prompt, answer, slo, priority, sharedPrefix, sessions);
    }

    private static void misses(Pass pass, int place, String name, String word) {
        pass.guard()
                .mistake(
                        place,
                        "traffic '" + name + "' does not say how long its " + word + "s are",
                        "add, for example, " + word + " lognormal(median: 600.tokens, p95: 2400.tokens)");
    }

    /** Reports that a traffic does not say its lengths, unless it goes to a model of fixed work, or nobody knows where. */
    static void missTokens(Placed<TrafficSpec> traffic, Pass pass) {
        TrafficSpec spec = traffic.value();
        if (spec == null || spec.hasTokens()) {
            return;
        }
        List<String> targets = pass.routes().stream()
                .map(Placed::value)
                .filter(route -> route != null && route.traffic().equals(spec.name()))
                .map(route -> Objects.requireNonNull(route).deployment())
                .toList();
        boolean tokens = pass.deployments().stream()
                .anyMatch(each -> targets.contains(each.name()) && each.value() instanceof DeploymentSpec);
        if (tokens || targets.isEmpty()) {
            LENGTHS.forEach(word -> misses(pass, traffic.place(), spec.name(), word));
        }
    }

    /** Whether requests go on coming for ever, so that somebody must say how long to simulate. */
    static boolean neverEnds(Placed<TrafficSpec> traffic) {
        TrafficSpec spec = traffic.value();
        return spec != null && !spec.arrivals().ends();
    }
}
