package headroom.reports.plots;

import headroom.reports.view.Numbers;
import headroom.reports.view.SweepRow;
import headroom.reports.view.TrafficView;
import headroom.result.DeploymentResult;
import headroom.result.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Where a deployment's power goes, and what an hour of it costs, in parts that add up; alternatives at one load. */
final class BreakdownFigures {
    private static final double WATTS_PER_KILOWATT = 1000;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final int FEW = 4;

    private BreakdownFigures() {}

    /** A bar: the runs of one deployment, means of which are shown. */
    private record Bar(String name, List<RunResult> runs, int deployment) {
        double perSecond(ToDoubleFunction<DeploymentResult> value) {
            return runs.stream()
                    .filter(run -> run.window().seconds() > 0)
                    .mapToDouble(run -> value.applyAsDouble(run.deployments().get(deployment))
                            / run.window().seconds())
                    .average()
                    .orElse(0);
        }

        boolean all(java.util.function.Predicate<DeploymentResult> what) {
            return runs.stream().map(run -> run.deployments().get(deployment)).allMatch(what);
        }
    }

    static void addTo(List<Figure> figures, List<String> notes, TrafficView view) {
        double position = DistributionFigure.load(view);
        List<Bar> bars = bars(view, position);
        if (bars.isEmpty()) {
            return;
        }
        if (bars.size() > Figures.MOST_SERIES) {
            notes.add("Plots of power and cost by component show the first " + Figures.MOST_SERIES + " of "
                    + bars.size() + " deployments; tables/deployments.csv holds all.");
            bars = bars.subList(0, Figures.MOST_SERIES);
        }
        String place = view.axes().place(position);
        String at = place.isEmpty() ? "" : " at " + place;
        figures.add(figure("power-parts", "Where the power goes" + at, "kW", "Power (kW)", bars, power()));
        boolean rented =
                bars.stream().allMatch(bar -> bar.all(result -> result.cost().rentUsd() != null));
        boolean powered =
                bars.stream().allMatch(bar -> bar.all(result -> result.cost().electricityUsd() != null));
        if (rented && powered) {
            figures.add(figure("cost-parts", "What an hour costs" + at, "USD", "Cost of an hour (USD)", bars, cost()));
        } else if (rented) {
            notes.add("There is no plot of cost by component, since no price of electricity was given.");
        }
    }

    private static List<Bar> bars(TrafficView view, double position) {
        List<Bar> bars = new ArrayList<>();
        for (String name : view.byAlternative().keySet()) {
            SweepRow row = view.at(name, position);
            if (row == null || row.result().runs().isEmpty()) {
                continue;
            }
            List<DeploymentResult> first = row.result().runs().get(0).deployments();
            for (int i = 0; i < first.size(); i++) {
                String deployment = first.get(i).deployment();
                String label = name.equals("all") ? deployment : first.size() == 1 ? name : name + ", " + deployment;
                bars.add(new Bar(label, row.result().runs(), i));
            }
        }
        return bars;
    }

    private static Map<String, ToDoubleFunction<Bar>> power() {
        Map<String, ToDoubleFunction<Bar>> parts = new LinkedHashMap<>();
        parts.put("devices idle", bar -> bar.perSecond(each -> each.energy().idleJoules()) / WATTS_PER_KILOWATT);
        parts.put("devices static", bar -> bar.perSecond(each -> each.energy().staticJoules()) / WATTS_PER_KILOWATT);
        parts.put(
                "arithmetic",
                bar -> bar.perSecond(each -> kept(each.energy()) * each.energy().computeJoules()) / WATTS_PER_KILOWATT);
        parts.put(
                "memory and links",
                bar -> bar.perSecond(each -> kept(each.energy())
                                * (each.energy().memoryJoules() + each.energy().linkJoules()))
                        / WATTS_PER_KILOWATT);
        parts.put(
                "host, fans, supplies",
                bar -> bar.perSecond(each ->
                                each.energy().hostJoules() + each.energy().fanAndPsuJoules())
                        / WATTS_PER_KILOWATT);
        parts.put(
                "cooling, distribution",
                bar -> bar.perSecond(each -> each.energy().facilityOverheadJoules()) / WATTS_PER_KILOWATT);
        return parts;
    }

    /** The share of a device's work that is left under its power ceiling, which slows arithmetic, memory and links alike. */
    private static double kept(DeploymentResult.Energy energy) {
        double work = energy.computeJoules() + energy.memoryJoules() + energy.linkJoules();
        return work > 0 ? Math.max(0, (work + energy.ceilingJoules()) / work) : 0;
    }

    private static Map<String, ToDoubleFunction<Bar>> cost() {
        Map<String, ToDoubleFunction<Bar>> parts = new LinkedHashMap<>();
        parts.put(
                "rent",
                bar -> SECONDS_PER_HOUR
                        * bar.perSecond(each -> orZero(each.cost().rentUsd())));
        parts.put(
                "electricity",
                bar -> SECONDS_PER_HOUR
                        * bar.perSecond(each -> orZero(each.cost().electricityUsd())));
        return parts;
    }

    private static double orZero(@org.jspecify.annotations.Nullable Double usd) {
        return usd == null ? 0 : usd;
    }

    private static Figure figure(
            String id,
            String title,
            String unit,
            String axis,
            List<Bar> bars,
            Map<String, ToDoubleFunction<Bar>> parts) {
        List<Figure.Series> series = new ArrayList<>();
        parts.forEach((name, value) -> {
            List<Figure.Spot> spots = new ArrayList<>();
            for (int i = 0; i < bars.size(); i++) {
                spots.add(new Figure.Spot(i, value.applyAsDouble(bars.get(i)), null));
            }
            series.add(new Figure.Series(name, spots));
        });
        List<String> names = bars.stream().map(Bar::name).toList();
        return new Figure(
                id,
                Figure.Kind.PARTS,
                title,
                new Figure.Scale(axis, false),
                new Figure.Scale("", false),
                names,
                series,
                List.of(),
                caption(names, series, unit));
    }

    /** Of a few bars each total with its largest part; of many, the lowest and the highest total. */
    private static String caption(List<String> names, List<Figure.Series> parts, String unit) {
        List<Captions.Named> totals = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            double total = 0;
            Figure.Series largest = parts.get(0);
            for (Figure.Series part : parts) {
                total += part.spots().get(row).y();
                largest = part.spots().get(row).y() > largest.spots().get(row).y() ? part : largest;
            }
            totals.add(new Captions.Named(names.get(row), total));
            double share = total > 0 ? 100 * largest.spots().get(row).y() / total : 0;
            sentences.add(names.get(row) + " " + Numbers.readable(total) + " " + unit + ", of which "
                    + Math.round(share) + " % " + largest.name());
        }
        return names.size() > FEW
                ? "Totals: " + Captions.ranked(totals, unit) + "."
                : String.join("; ", sentences) + ".";
    }
}
