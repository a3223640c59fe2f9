package headroom.reports.tables;

import headroom.plan.Experiment;
import headroom.plan.serving.Deployed;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.result.DeploymentResult;
import headroom.result.RunResult;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * {@code tables/deployments.csv}: one row per point and deployment. Numbers are means over replications, peaks are the
 * highest of any.
 */
public final class DeploymentsTable {
    private DeploymentsTable() {}

    /** The table; points that cannot run have no row. */
    public static Table of(SweepResult sweep) {
        List<TableColumn<Row>> columns = SweptColumns.of(sweep.experiment(), Row::point);
        columns.add(TableColumn.text("deployment", row -> row.spec.name()));
        columns.add(TableColumn.text("site", row -> row.spec.site()));
        columns.add(TableColumn.text("model", row -> row.spec.modelName()));
        columns.add(
                TableColumn.text("quantization", row -> row.spec.quantization().name()));
        columns.add(
                TableColumn.text("accelerator", row -> row.spec.accelerator().name()));
        columns.add(spread("tensor_parallel", ParallelismSpec::tensorParallel));
        columns.add(spread("expert_parallel", ParallelismSpec::expertParallel));
        columns.add(spread("attention_ranks", ParallelismSpec::attentionRanks));
        columns.add(spread("pipeline_parallel", ParallelismSpec::pipelineParallel));
        columns.add(TableColumn.number("replicas", row -> row.spec.replicas()));
        columns.add(TableColumn.number("devices", row -> row.spec.devices()));
        columns.add(TableColumn.number("replications", row -> row.results.size()));
        columns.add(TableColumn.number("window_s", row -> row.windowSeconds));
        addUse(columns);
        addEnergy(columns);
        columns.add(money("rent_usd", DeploymentResult.Cost::rentUsd));
        columns.add(money("electricity_usd", DeploymentResult.Cost::electricityUsd));
        columns.add(money("total_usd", DeploymentResult.Cost::totalUsd));
        return TableColumn.table("deployments", columns, rows(sweep));
    }

    private static void addUse(List<TableColumn<Row>> columns) {
        columns.add(mean("busy_fraction", r -> r.utilization().busyFraction()));
        columns.add(mean("compute_utilization", r -> r.utilization().compute()));
        columns.add(mean("bandwidth_utilization", r -> r.utilization().bandwidth()));
        columns.add(mean("batch_mean_sequences", r -> r.utilization().meanBatchSequences()));
        columns.add(mean("steps", DeploymentResult::steps));
        columns.add(cached("preemptions", DeploymentResult::preemptions));
        columns.add(cached("swaps", result -> result.swaps().count()));
        columns.add(cached("swapped_GB", result -> result.swaps().movedBytes() / 1e9));
        columns.add(handed("handed_over_GB", handovers -> handovers.movedBytes() / 1e9));
        columns.add(handed("link_busy_fraction", DeploymentResult.Handovers::linkBusyFraction));
        columns.add(cached("kv_blocks_per_replica", r -> r.kv().blocksPerReplica()));
        columns.add(cached("kv_utilization_mean", r -> r.kv().meanUtilization()));
        columns.add(TableColumn.number(
                "kv_utilization_peak", row -> row.hasTokens() ? row.peak(r -> r.kv().peakUtilization()) : null));
    }

    private static void addEnergy(List<TableColumn<Row>> columns) {
        columns.add(mean("energy_static_J", r -> r.energy().staticJoules()));
        columns.add(mean("energy_compute_J", r -> r.energy().computeJoules()));
        columns.add(mean("energy_memory_J", r -> r.energy().memoryJoules()));
        columns.add(mean("energy_link_J", r -> r.energy().linkJoules()));
        columns.add(mean("energy_ceiling_J", r -> r.energy().ceilingJoules()));
        columns.add(mean("energy_idle_J", r -> r.energy().idleJoules()));
        columns.add(mean("energy_host_J", r -> r.energy().hostJoules()));
        columns.add(mean("energy_fan_and_psu_J", r -> r.energy().fanAndPsuJoules()));
        columns.add(mean("energy_facility_overhead_J", r -> r.energy().facilityOverheadJoules()));
        columns.add(mean("energy_total_J", r -> r.energy().facilityJoules()));
        columns.add(TableColumn.number(
                "power_mean_W",
                row -> row.windowSeconds > 0 ? row.mean(r -> r.energy().facilityJoules()) / row.windowSeconds : null));
        columns.add(peak("power_peak_W", r -> r.energy().peakWatts()));
        columns.add(TableColumn.number(
                "carbon_g", row -> row.meanOrNull(r -> r.energy().carbonGrams())));
        columns.add(TableColumn.number(
                "water_L", row -> row.meanOrNull(r -> r.energy().waterLitres())));
    }

    /** Empty for models of fixed work, which are not split. */
    private static TableColumn<Row> spread(String title, ToIntFunction<ParallelismSpec> value) {
        return TableColumn.number(
                title,
                row -> row.spec instanceof DeploymentSpec tokens
                        ? (Integer) value.applyAsInt(tokens.parallelism())
                        : null);
    }

    /** Empty for models of fixed work, which have no KV cache. */
    private static TableColumn<Row> cached(String title, ToDoubleFunction<DeploymentResult> value) {
        return TableColumn.number(title, row -> row.hasTokens() ? (Double) row.mean(value) : null);
    }

    private static TableColumn<Row> mean(String title, ToDoubleFunction<DeploymentResult> value) {
        return TableColumn.number(title, row -> row.mean(value));
    }

    /** Empty for a deployment that is no prefill pool. */
    private static TableColumn<Row> handed(String title, ToDoubleFunction<DeploymentResult.Handovers> value) {
        return TableColumn.number(
                title,
                row -> row.meanOrNull(result -> {
                    DeploymentResult.Handovers handovers = result.handovers();
                    return handovers == null ? null : (Double) value.applyAsDouble(handovers);
                }));
    }

    private static TableColumn<Row> peak(String title, ToDoubleFunction<DeploymentResult> value) {
        return TableColumn.number(title, row -> row.peak(value));
    }

    private static TableColumn<Row> money(String title, Function<DeploymentResult.Cost, @Nullable Double> value) {
        return TableColumn.number(title, row -> row.meanOrNull(r -> value.apply(r.cost())));
    }

    private static List<Row> rows(SweepResult sweep) {
        List<Row> rows = new ArrayList<>();
        for (SweepResult.PointResult result : sweep.points()) {
            if (result.point().plan() == null || result.runs().isEmpty()) {
                continue;
            }
            List<Deployed> specs = result.point().plan().deployed();
            double window = result.runs().stream()
                    .map(RunResult::window)
                    .mapToDouble(RunResult.Window::seconds)
                    .average()
                    .orElse(0);
            for (int i = 0; i < specs.size(); i++) {
                int index = i;
                List<DeploymentResult> results = result.runs().stream()
                        .map(run -> run.deployments().get(index))
                        .toList();
                rows.add(new Row(result.point(), specs.get(i), results, window));
            }
        }
        return rows;
    }

    private record Row(Experiment.Point point, Deployed spec, List<DeploymentResult> results, double windowSeconds) {
        boolean hasTokens() {
            return spec instanceof DeploymentSpec;
        }

        Double peak(ToDoubleFunction<DeploymentResult> value) {
            return results.stream().mapToDouble(value).max().orElse(0);
        }

        double mean(ToDoubleFunction<DeploymentResult> value) {
            return results.stream().mapToDouble(value).average().orElse(0);
        }

        /** Null as soon as one replication has no value: a mean of what is left would be of something else. */
        @Nullable
        Double meanOrNull(Function<DeploymentResult, @Nullable Double> value) {
            if (results.stream().map(value).anyMatch(Objects::isNull)) {
                return null;
            }
            return mean(result -> Objects.requireNonNull(value.apply(result)));
        }
    }
}
