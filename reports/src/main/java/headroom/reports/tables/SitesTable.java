package headroom.reports.tables;

import headroom.plan.Experiment;
import headroom.plan.site.SiteSpec;
import headroom.result.SiteResult;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** {@code tables/sites.csv}: one row per point and site, means over replications, devices that nobody uses included. */
public final class SitesTable {
    private static final double JOULES_PER_KWH = 3.6e6;

    private SitesTable() {}

    /** The table; points that cannot run have no row. */
    public static Table of(SweepResult sweep) {
        List<TableColumn<Row>> columns = SweptColumns.of(sweep.experiment(), Row::point);
        columns.add(TableColumn.text("site", row -> row.spec.name()));
        columns.add(TableColumn.text("region", row -> row.spec.region()));
        columns.add(TableColumn.text("jurisdiction", row -> row.spec.jurisdiction()));
        columns.add(TableColumn.number("pue", row -> row.spec.pue()));
        columns.add(
                TableColumn.number("price_usd_per_kWh", row -> row.spec.grid().usdPerKwh()));
        columns.add(
                TableColumn.number("carbon_g_per_kWh", row -> row.spec.grid().gCo2PerKwh()));
        columns.add(TableColumn.number("replications", row -> row.results.size()));
        columns.add(mean("devices_held", result -> (double) result.devicesHeld()));
        columns.add(mean("devices_deployed", result -> (double) result.devicesDeployed()));
        columns.add(mean("energy_kWh", result -> result.facilityJoules() / JOULES_PER_KWH));
        columns.add(mean("carbon_g", SiteResult::carbonGrams));
        columns.add(mean("rent_usd", SiteResult::rentUsd));
        columns.add(mean("electricity_usd", SiteResult::electricityUsd));
        return TableColumn.table("sites", columns, rows(sweep));
    }

    /** Null as soon as one replication has no value. */
    private static TableColumn<Row> mean(String title, Function<SiteResult, @Nullable Double> value) {
        return TableColumn.number(title, row -> {
            List<@Nullable Double> values = row.results.stream().map(value).toList();
            return values.stream().anyMatch(Objects::isNull)
                    ? null
                    : values.stream()
                            .mapToDouble(each -> Objects.requireNonNull(each))
                            .average()
                            .orElse(0);
        });
    }

    private static List<Row> rows(SweepResult sweep) {
        List<Row> rows = new ArrayList<>();
        for (SweepResult.PointResult result : sweep.points()) {
            if (result.point().plan() == null || result.runs().isEmpty()) {
                continue;
            }
            List<SiteSpec> specs = result.point().plan().sites();
            for (int i = 0; i < specs.size(); i++) {
                int index = i;
                List<SiteResult> results = result.runs().stream()
                        .map(run -> run.sites().get(index))
                        .toList();
                rows.add(new Row(result.point(), specs.get(i), results));
            }
        }
        return rows;
    }

    private record Row(Experiment.Point point, SiteSpec spec, List<SiteResult> results) {}
}
