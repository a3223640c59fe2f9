package headroom.dsl.claims;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Described;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
import headroom.dsl.script.Poison;
import headroom.dsl.script.Word;
import headroom.plan.Better;
import headroom.result.TrafficSummary;
import headroom.units.Quantity;
import headroom.units.Units;
import java.util.List;

/** What a claim may ask of one point, of one class of requests; the point's parameters by their names. */
public final class PointFigures extends Described {
    private final Answers.PointAnswer point;
    private final List<TrafficSummary> summaries;
    private final boolean several;
    private final Doubts doubts;
    private final Evidence evidence;

    PointFigures(Answers.PointAnswer point, Doubts doubts, Evidence evidence) {
        this(point, point.summaries(), doubts, evidence);
    }

    private PointFigures(Answers.PointAnswer point, List<TrafficSummary> summaries, Doubts doubts, Evidence evidence) {
        super(point.values(), point.complete());
        this.point = point;
        this.summaries = summaries;
        this.several = point.summaries().size() > 1;
        this.doubts = doubts;
        this.evidence = evidence;
    }

    @Word(
            doc = "one class of requests, where there are several",
            example = "at(users: 50).traffic('support').e2e.p95 < 2.s")
    public PointFigures traffic(@Arg(doc = "the name of a traffic") String name) {
        if (point.anyTraffic()) {
            return this;
        }
        List<TrafficSummary> chosen = summaries.stream()
                .filter(summary -> summary.traffic().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            throw new Mistake("there is no traffic '" + name + "'", "there is " + names(), 0);
        }
        return new PointFigures(point, chosen, doubts, evidence);
    }

    @Word(
            doc = "the value of a parameter, where a figure or a variable has the same name",
            example = "best { cost.per1MOutputTokens }.parameter('users') >= 50")
    public Object parameter(@Arg(doc = "the name of a parameter") String name) {
        Object value = point.values().get(name);
        if (value == null && !point.complete()) {
            return Poison.VALUE;
        }
        if (value == null) {
            String near = Nearest.remedy(name, describedNames());
            throw new Mistake(
                    "there is no parameter '" + name + "'",
                    near.isEmpty() ? "the point has " + String.join(", ", describedNames()) : near,
                    0);
        }
        return value;
    }

    @Word(doc = "time to the first token", example = "at(users: 50).ttft.p95 < 500.ms")
    public LatencyFigures ttft() {
        return new LatencyFigures("ttft", only().ttft(), figures());
    }

    @Word(doc = "mean time between the tokens of an answer", example = "at(users: 50).tpot.p95 < 40.ms")
    public LatencyFigures tpot() {
        return new LatencyFigures("tpot", only().tpot(), figures());
    }

    @Word(doc = "time between deliveries", example = "at(users: 50).itl.p99 < 100.ms")
    public LatencyFigures itl() {
        return new LatencyFigures("itl", only().itl(), figures());
    }

    @Word(doc = "time from question to the end of the answer", example = "at(users: 50).e2e.p95 < 2.s")
    public LatencyFigures e2e() {
        return new LatencyFigures("e2e", only().e2e(), figures());
    }

    @Word(doc = "time in the server's queue", example = "at(users: 50).queue.p95 < 100.ms")
    public LatencyFigures queue() {
        return new LatencyFigures("queue", only().queue(), figures());
    }

    @Word(doc = "what it costs", example = "at(users: 50).cost.per1MOutputTokens < 2.usd")
    public CostFigures cost() {
        return new CostFigures(only().cost(), figures());
    }

    @Word(doc = "what it burns", example = "at(users: 50).energy.perOutputToken < 2.J/token")
    public EnergyFigures energy() {
        return new EnergyFigures(only().energy(), figures());
    }

    @Word(doc = "good requests per second", example = "at(users: 50).goodput > 3.perSecond", gives = Quantity.class)
    public Object goodput() {
        return figures().of("goodput", only().slo().goodputPerSec(), Units.PER_SECOND, Better.HIGHER);
    }

    @Word(
            doc = "share of requests within every promise of the slo",
            example = "at(users: 50).sloAttainment > 95.percent",
            gives = Quantity.class)
    public Object sloAttainment() {
        return figures().share("sloAttainment", promised().attainment(), Better.HIGHER);
    }

    @Word(
            doc = "whether every promise of the slo is kept: at each percentile, the time that it states",
            example = "best(where: { meetsSlo }) { cost.per1MOutputTokens }.users >= 50")
    public boolean meetsSlo() {
        return figures().promise("meetsSlo", Boolean.TRUE.equals(promised().met()));
    }

    @Word(
            doc = "completed requests per second",
            example = "at(users: 50).requestRate > 3.perSecond",
            gives = Quantity.class)
    public Object requestRate() {
        return figures().of("requestRate", only().load().requestsPerSec(), Units.PER_SECOND, Better.HIGHER);
    }

    @Word(doc = "answer tokens per second", example = "at(users: 50).tokenRate > 300.tokens/s", gives = Quantity.class)
    public Object tokenRate() {
        return figures().of("tokenRate", only().load().outputTokensPerSec(), Figures.TOKEN_PER_SECOND, Better.HIGHER);
    }

    @Word(doc = "requests sent", example = "at(users: 50).sent > 1000", gives = Number.class)
    public Object sent() {
        return figures().count("sent", only().requests().sent(), Better.NEITHER);
    }

    @Word(doc = "requests answered", example = "at(users: 50).completed > 1000", gives = Number.class)
    public Object completed() {
        return figures().count("completed", only().requests().completed(), Better.HIGHER);
    }

    @Word(doc = "requests refused on arrival", example = "at(users: 50).rejected == 0", gives = Number.class)
    public Object rejected() {
        return figures().count("rejected", only().requests().rejected(), Better.LOWER);
    }

    @Word(doc = "requests given up", example = "at(users: 50).failed == 0", gives = Number.class)
    public Object failed() {
        return figures().count("failed", only().requests().failed(), Better.LOWER);
    }

    @Word(
            doc = "requests still under way when the drain ended",
            example = "at(users: 50).unfinished == 0",
            gives = Number.class)
    public Object unfinished() {
        return figures().count("unfinished", only().requests().unfinished(), Better.LOWER);
    }

    @Word(
            doc = "times that a running request lost its memory",
            example = "at(users: 50).preemptions == 0",
            gives = Number.class)
    public Object preemptions() {
        return figures().count("preemptions", only().use().preemptions(), Better.LOWER);
    }

    @Word(
            doc = "share of prompt tokens that the prefix cache held; empty without one",
            example = "at(users: 50).prefixHitRate > 30.percent",
            gives = Quantity.class)
    public Object prefixHitRate() {
        return figures().share("prefixHitRate", only().use().prefixHitRate(), Better.HIGHER);
    }

    @Word(
            doc = "FLOPs done over the dense peak",
            example = "at(users: 50).computeUse < 60.percent",
            gives = Quantity.class)
    public Object computeUse() {
        return figures().share("computeUse", only().use().computeUtilization(), Better.NEITHER);
    }

    @Word(
            doc = "bytes moved over the peak bandwidth",
            example = "at(users: 50).bandwidthUse < 60.percent",
            gives = Quantity.class)
    public Object bandwidthUse() {
        return figures().share("bandwidthUse", only().use().bandwidthUtilization(), Better.NEITHER);
    }

    @Word(
            doc = "share of time in which a step ran",
            example = "at(users: 50).busy < 90.percent",
            gives = Quantity.class)
    public Object busy() {
        return figures().share("busy", only().use().busyFraction(), Better.NEITHER);
    }

    @Word(doc = "share of KV blocks in use", example = "at(users: 50).kvUse < 90.percent", gives = Quantity.class)
    public Object kvUse() {
        return figures().share("kvUse", only().use().kvUtilizationMean(), Better.NEITHER);
    }

    @Word(
            doc = "share of the 16-bit model's score that is kept",
            example = "at(users: 50).quality > 98.percent",
            gives = Quantity.class)
    public Object quality() {
        return figures().share("quality", only().quality(), Better.HIGHER);
    }

    private Figures figures() {
        return new Figures(point.told(), several ? only().traffic() : "", doubts, evidence);
    }

    private TrafficSummary.Slo promised() {
        TrafficSummary summary = only();
        if (summary.slo().met() == null && !point.anyTraffic()) {
            throw new Mistake(
                    "traffic '" + summary.traffic() + "' promises nothing",
                    "add a promise to it: slo { e2e p95: 2.s }");
        }
        return summary.slo();
    }

    private TrafficSummary only() {
        if (summaries.size() != 1) {
            throw new Mistake(
                    "there are " + summaries.size() + " classes of requests: " + names(),
                    "say which: .traffic('" + summaries.get(0).traffic() + "')");
        }
        return summaries.get(0);
    }

    private String names() {
        return String.join(", ", summaries.stream().map(TrafficSummary::traffic).toList());
    }

    @Override
    public String toString() {
        return "the point " + point.label();
    }
}
