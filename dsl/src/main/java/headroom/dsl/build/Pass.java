package headroom.dsl.build;

import headroom.dsl.script.Findings;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Guard;
import headroom.dsl.script.Mistake;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.plan.RouteSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.FixedDeploymentSpec;
import headroom.plan.site.SiteSpec;
import headroom.plan.traffic.TraceRows;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One evaluation of a script with given parameter values: what it declared, and the plan that makes. */
public final class Pass {
    private final Guard guard;
    private final Findings findings;
    private final Shelf shelf;
    private final Traces traces;
    private final Parameters parameters;
    private final Frozen frozen = new Frozen();
    private final List<Placed<SiteSpec>> sites = new ArrayList<>();
    private final List<Placed<TrafficSpec>> traffics = new ArrayList<>();
    private final List<Placed<Deployed>> deployments = new ArrayList<>();
    private final List<Placed<RouteSpec>> routes = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Measured> measurements = new ArrayList<>();
    private final References references = new References();
    private final Makings makings = new Makings();
    private @Nullable HorizonSpec horizon;
    private int horizonPlace;
    private final long metBefore;
    private final Variants variants;
    private final @Nullable Frozen first;
    private final Origin origin;
    private final List<String> including = new ArrayList<>();
    private final OwnEntries<ModelChoice> ownModels;
    private final OwnEntries<FixedWorkChoice> ownFixedModels;
    private final OwnEntries<Adapted> ownDevices;
    private final OwnEntries<Adapted> ownFormats;
    private final Origins origins;
    private @Nullable String skipped;
    private @Nullable Frame top;

    /**
     * @param variant the alternative to take; null for the first one
     * @param first what the first evaluation said of the experiment; null when this is it
     */
    Pass(Origin origin, @Nullable String variant, Map<String, Object> values, @Nullable Frozen first) {
        this.origin = origin;
        this.variants = new Variants(variant);
        this.first = first;
        this.findings = origin.findings();
        this.origins = new Origins(findings);
        this.guard = new Guard(origin.script(), findings, new ValueWords(this), new WordsToCome());
        this.shelf = origin.shelf();
        this.ownModels = new OwnEntries<>("model", name -> shelf.has("models", name));
        this.ownFixedModels = new OwnEntries<>("model", name -> shelf.has("models", name));
        this.ownDevices = new OwnEntries<>("hardware", name -> shelf.has("hardware", name));
        this.ownFormats = new OwnEntries<>("quantization", name -> shelf.has("quantizations", name));
        this.traces = origin.traces();
        this.parameters = new Parameters(values, origin.overrides());
        this.metBefore = findings.met();
    }

    /** Runs the script and follows up its references. */
    void run() {
        Frame frame = guard.run(new ScenarioWords(this));
        top = frame;
        if (frame.lacks("simulate")) {
            traffics.stream()
                    .filter(TrafficWords::neverEnds)
                    .forEach(traffic -> guard.mistake(
                            traffic.place(),
                            "traffic '" + traffic.name() + "' never ends by itself: state how long to simulate",
                            "add, for example, simulate 30.minutes, warmup: 5.minutes"));
        }
        if (!frame.endedEarly()) {
            references.check(guard, this::knowsAll);
            traffics.forEach(traffic -> TrafficWords.missTokens(traffic, this));
        }
    }

    /** Whether no mistake hides anything that this word of the top level declares: blocks are named before they run. */
    boolean knowsAll(String word) {
        boolean isBlock = !word.equals("param") && !word.equals("sweep");
        return top != null && (isBlock ? top.heardAll(word) : top.tookAll(word));
    }

    /** Whether nothing went wrong so far. */
    boolean sound() {
        return findings.met() == metBefore;
    }

    /** The plan; call it on a sound pass only. */
    Plan plan() {
        return new Plan(
                Placed.values(sites),
                Placed.values(traffics),
                Placed.values(Placed.only(DeploymentSpec.class, deployments)),
                Placed.values(Placed.only(FixedDeploymentSpec.class, deployments)),
                Placed.values(routes),
                horizonOrDefault());
    }

    private HorizonSpec horizonOrDefault() {
        return horizon == null ? new HorizonSpec.UntilDone(UntilDone.DRAIN_SECONDS) : horizon;
    }

    /** The place of the block that a path of the plan is about. */
    int placeOf(String path) {
        if (path.startsWith("horizon")) {
            return horizonPlace;
        }
        int open = path.indexOf('[');
        if (open < 0) {
            return 0;
        }
        int index = Integer.parseInt(path.substring(open + 1, path.indexOf(']')));
        return switch (path.substring(0, open)) {
            case "sites" -> sites.get(index).place();
            case "traffics" -> traffics.get(index).place();
            case "deployments" -> Placed.nth(DeploymentSpec.class, deployments, index);
            case "fixedDeployments" -> Placed.nth(FixedDeploymentSpec.class, deployments, index);
            default -> routes.get(index).place();
        };
    }

    /** Runs closures of this evaluation. */
    public Guard guard() {
        return guard;
    }

    /** Models that the script declares; until its block has ended, one of fixed work too. */
    OwnEntries<ModelChoice> ownModels() {
        return ownModels;
    }

    /** Models of fixed work that the script declares. */
    OwnEntries<FixedWorkChoice> ownFixedModels() {
        return ownFixedModels;
    }

    /** Devices that the script declares. */
    OwnEntries<Adapted> ownDevices() {
        return ownDevices;
    }

    /** Number formats that the script declares. */
    OwnEntries<Adapted> ownFormats() {
        return ownFormats;
    }

    /** A model of the script or of the catalogue; an unknown one is a mistake of the first argument. */
    Chosen<ModelChoice> model(String name) {
        Chosen<ModelChoice> own = ownModels.find(name);
        if (own != null) {
            return own;
        }
        ModelSpec spec = ownModels.orListed(name, () -> named(0, () -> shelf.model(name)));
        return listed("models", spec.name(), new ModelChoice(spec, spec.name()));
    }

    /** A device that can be simulated; an unknown one is a mistake of the given argument. */
    Chosen<Adapted> device(String name, Object argument) {
        Chosen<Adapted> device = anyDevice(name, argument);
        Adapted value = device.value();
        if (value != null) {
            named(argument, () -> shelf.accelerator(value));
        }
        return device;
    }

    /** A device of the script or of the catalogue, which may lack what it takes to simulate it. */
    Chosen<Adapted> anyDevice(String name, Object argument) {
        Chosen<Adapted> own = ownDevices.find(name);
        if (own != null) {
            return own;
        }
        Adapted device = ownDevices.orListed(name, () -> named(argument, () -> shelf.device(name)));
        return listed("hardware", device.name(), device);
    }

    /** A number format of the script or of the catalogue; an unknown one is a mistake of the first argument. */
    Chosen<Adapted> format(String name) {
        Chosen<Adapted> own = ownFormats.find(name);
        if (own != null) {
            return own;
        }
        Adapted format = ownFormats.orListed(name, () -> named(0, () -> shelf.format(name)));
        return listed("quantizations", format.name(), format);
    }

    <T> Chosen<T> listed(String kind, String name, T value) {
        return new Chosen<>(name, value, shelf.source(kind, name), new Origins(findings));
    }

    Origins origins() {
        return origins;
    }

    Variants variants() {
        return variants;
    }

    /** What the first evaluation said of the experiment; null when this is it. */
    @Nullable
    Frozen first() {
        return first;
    }

    /** Files of the script's folder. */
    ScriptFiles files() {
        return origin.files();
    }

    /** Evaluates another script of the folder as if it stood here; its value is that of its last line. */
    @Nullable
    Object include(String file) {
        if (including.contains(file)) {
            throw new Mistake("'" + file + "' includes itself", "remove this line", 0);
        }
        including.add(file);
        try {
            return guard.include(origin.includes().compiled(file));
        } finally {
            including.remove(file);
        }
    }

    /** Leaves the point out for a reason that is no mistake. */
    void skip(String reason) {
        if (skipped == null) {
            skipped = reason;
        }
    }

    /** Why the point is left out; null when it is not. */
    @Nullable
    String skipped() {
        return skipped;
    }

    Shelf shelf() {
        return shelf;
    }

    Parameters parameters() {
        return parameters;
    }

    Frozen frozen() {
        return frozen;
    }

    List<Placed<SiteSpec>> sites() {
        return sites;
    }

    List<Placed<TrafficSpec>> traffics() {
        return traffics;
    }

    List<Placed<Deployed>> deployments() {
        return deployments;
    }

    List<Placed<RouteSpec>> routes() {
        return routes;
    }

    /** The script's claims. */
    public List<Claim> claims() {
        return claims;
    }

    /** What was measured at this point. */
    public List<Measured> measurements() {
        return measurements;
    }

    /** What the point was made of. */
    public Makings makings() {
        return makings;
    }

    void horizon(int place, HorizonSpec spec) {
        horizon = spec;
        horizonPlace = place;
        origins.said("horizon", place);
    }

    /** What the catalogue answers; when it cannot, that is a mistake of the given argument. */
    <T> T named(Object argument, Supplier<T> answer) {
        try {
            return answer.get();
        } catch (Mistake mistake) {
            throw new Mistake(mistake.message(), mistake.remedy(), argument);
        } catch (IllegalArgumentException e) {
            throw new Mistake(String.valueOf(e.getMessage()), "", argument);
        }
    }

    @Nullable
    TraceRows trace(String file) {
        return traces.rows(file, guard);
    }

    void refersToSite(String name, int place) {
        references.add(place, "site", "site", name, () -> Placed.names(sites));
    }

    void refersToTraffic(String name, int place) {
        references.add(place, "traffic", "traffic", name, () -> Placed.names(traffics));
    }

    void refersToDeployment(String name, int place) {
        references.add(place, "deployment", "deploy", name, () -> Placed.names(deployments));
    }

    void refersToVariant(String name, int place) {
        references.add(place, "variant", "variant", name, variants::names);
    }

    void refersToParameter(String name, int place) {
        references.add(place, "parameter", "param", name, parameters::names);
    }
}
