package headroom.reports.bundle;

import headroom.plan.Plan;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.IndexerSpec;
import headroom.plan.model.ParameterCount;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.BatchingSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.KvGroups;
import headroom.plan.serving.MemoryBudget;
import headroom.plan.site.GridSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.reports.view.Numbers;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the numbers rest on: every different site, deployment and traffic class of the plans, as terms and facts. */
final class Assumptions {
    private static final double GIGA = 1e9;
    private static final double TERA = 1e12;
    /** More of a kind than this are in the plans only. */
    private static final int MOST_OF_A_KIND = 6;

    private Assumptions() {}

    /** Groups, each with {@code title}, {@code facts} and how many were {@code left} out. */
    static List<Map<String, Object>> of(SweepResult sweep) {
        Set<SiteSpec> sites = new LinkedHashSet<>();
        Set<DeploymentSpec> deployments = new LinkedHashSet<>();
        Map<String, Map<String, String>> traffics = new LinkedHashMap<>();
        for (SweepResult.PointResult result : sweep.points()) {
            Plan plan = result.point().plan();
            if (plan != null) {
                sites.addAll(plan.sites());
                deployments.addAll(plan.deployments());
                plan.traffics().forEach(traffic -> TrafficFacts.merge(traffics, traffic));
            }
        }
        List<Map<String, Object>> groups = new ArrayList<>();
        deployments.stream()
                .limit(MOST_OF_A_KIND)
                .forEach(each -> groups.add(group(
                        "Deployment " + each.name() + ", " + each.quantization().name() + " on " + each.devices()
                                + " × " + each.accelerator().name(),
                        deployment(each),
                        0)));
        if (deployments.size() > MOST_OF_A_KIND) {
            groups.get(MOST_OF_A_KIND - 1).put("left", deployments.size() - MOST_OF_A_KIND);
        }
        FixedFacts.add(groups, sweep);
        sites.forEach(each -> groups.add(group("Site " + each.name(), site(each), 0)));
        traffics.forEach((name, facts) -> groups.add(group("Traffic " + name, facts, 0)));
        return groups;
    }

    static Map<String, Object> group(String title, Map<String, String> facts, int left) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("title", title);
        group.put("facts", facts);
        group.put("left", left);
        return group;
    }

    private static Map<String, String> deployment(DeploymentSpec deployment) {
        Map<String, String> facts = new LinkedHashMap<>();
        double parameters = ParameterCount.of(deployment.model()).total();
        facts.put(
                "Model",
                deployment.model().name() + ", " + Numbers.readable(parameters / GIGA) + " billion parameters");
        facts.put("Precision", precision(deployment));
        facts.put(
                "Devices",
                deployment.replicas() + (deployment.replicas() == 1 ? " replica on " : " replicas, each on ")
                        + deployment.parallelism().devices() + " × "
                        + deployment.accelerator().name() + " ("
                        + Numbers.readable(deployment.accelerator().memoryBytes() / GIGA) + " GB, "
                        + Numbers.readable(deployment.accelerator().bandwidthBytesPerSec() / TERA) + " TB/s)");
        if (deployment.parallelism().devices() > 1) {
            facts.put("Spread", ServingWays.spread(deployment.parallelism()));
        }
        facts.put("Memory of one device", memory(deployment));
        BatchingSpec batching = deployment.batching();
        facts.put(
                "Batching",
                "continuous, at most " + batching.maxSequences() + " sequences and " + batching.tokenBudget()
                        + " tokens a step; " + ServingWays.steps(batching.scheduler())
                        + ServingWays.graphs(batching));
        facts.put("KV blocks", ServingWays.blocks(deployment.kvCache().allocation()));
        if (deployment.model().attention() instanceof AttentionSpec.Windowed windowed) {
            facts.put("Sliding windows", ServingWays.windows(windowed, deployment));
        } else if (deployment.model().attention() instanceof AttentionSpec.Linear linear) {
            facts.put("Linear attention", ServingWays.states(linear, deployment));
        }
        IndexerSpec indexer = AttentionSpec.indexer(deployment.model().attention());
        if (indexer != null) {
            facts.put("Sparse attention", ServingWays.selections(indexer));
        }
        facts.put("Prefix cache", ServingWays.prefixes(deployment.kvCache()));
        if (deployment.speculative() != null) {
            facts.put("Speculative decoding", ServingWays.drafts(deployment.speculative()));
        }
        facts.put("Admission", ServingWays.admission(deployment.admission()));
        facts.put("Serving profile", deployment.profile().name());
        ServerSpec server = deployment.server();
        facts.put(
                "Server",
                server.accelerators() + " devices, "
                        + (server.linkedAccelerators() > server.accelerators()
                                ? server.linkedAccelerators() + " on one link, "
                                : "")
                        + Numbers.readable(server.hostWatts()) + " W for the host ("
                        + Numbers.readable(server.hostIdleWatts()) + " W idle), fans "
                        + Numbers.tick(100 * server.fanShare()) + " %, power supplies "
                        + Numbers.tick(100 * server.psuEfficiency()) + " % efficient");
        facts.put(
                "Quality retained",
                orNotGiven(deployment.quantization().qualityRetained(), 100, " % of the 16-bit model's score"));
        return facts;
    }

    private static String precision(DeploymentSpec deployment) {
        QuantizationSpec format = deployment.quantization();
        boolean otherExperts = deployment.model().feedForward() instanceof FeedForwardSpec.MixtureOfExperts
                && !format.experts().equals(format.linear());
        return format.name() + ": " + weights(format.linear()) + ", "
                + (otherExperts ? "experts " + weights(format.experts()) + ", " : "") + "KV cache "
                + Numbers.tick(format.kvCacheBits()) + " bits";
    }

    private static String weights(QuantizationSpec.Weights weights) {
        return Numbers.tick(weights.bits()) + " bits a weight, multiplied in "
                + weights.multiplyType().name().toLowerCase(Locale.ROOT);
    }

    private static String memory(DeploymentSpec deployment) {
        MemoryBudget budget = MemoryBudget.of(deployment);
        double cache = budget.memoryBytes() - budget.weightBytes() - budget.activationBytes();
        long tokens = KvGroups.of(deployment).tokensIn(budget.blocks());
        return Numbers.readable(budget.memoryBytes() / GIGA) + " GB usable ("
                + Numbers.tick(100 * deployment.kvCache().memoryShare())
                + (deployment.kvCache().shareOfRest() ? " % of what weights and activations leave" : " %") + ") − "
                + Numbers.readable(budget.weightBytes() / GIGA) + " GB of weights − "
                + Numbers.readable(budget.activationBytes() / GIGA) + " GB for activations = "
                + Numbers.readable(cache / GIGA) + " GB of KV cache: "
                + String.format(Locale.ROOT, "%,d", budget.blocks()) + " blocks, "
                + String.format(Locale.ROOT, "%,d", tokens) + " tokens a replica";
    }

    private static Map<String, String> site(SiteSpec site) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Region", site.region() == null ? "not given" : site.region());
        facts.put("Jurisdiction", site.jurisdiction() == null ? "not given" : site.jurisdiction());
        for (HardwarePool pool : site.pools()) {
            facts.put(
                    pool.accelerator(),
                    pool.count() + " held, rent "
                            + orNotGiven(pool.rentUsdPerDeviceHour(), 1, " USD per device and hour"));
        }
        GridSpec grid = site.grid();
        facts.put("Electricity", orNotGiven(grid.usdPerKwh(), 1, " USD/kWh"));
        facts.put("Carbon", orNotGiven(grid.gCo2PerKwh(), 1, " g CO2e/kWh"));
        facts.put("PUE", Numbers.tick(site.pue()));
        return facts;
    }

    private static String orNotGiven(@Nullable Double value, double factor, String unit) {
        return value == null ? "not given" : Numbers.tick(factor * value) + unit;
    }
}
