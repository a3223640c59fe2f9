package headroom.app;

import headroom.calibration.Calibrated;
import headroom.calibration.FreeConstant;
import headroom.calibration.LogErrors;
import headroom.result.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/** What a calibration found, for a terminal. */
final class CalibrationText {
    private static final double PERCENT = 100;

    private final Calibrated found;
    private final List<Comparison> figures;
    private final long untold;

    /** @param figures whose errors were looked at, in the order of points */
    CalibrationText(Calibrated found, List<Comparison> figures, long untold) {
        this.found = found;
        this.figures = figures;
        this.untold = untold;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (!found.constants().isEmpty()) {
            text.append(columns(constants(), 2)).append('\n');
            text.append(columns(errors(), 2));
            text.append(
                    "Error: mean |ln(simulated / measured)|, as a percentage of the measured, and median of the error's size.");
            text.append(found.leftOut().isEmpty() ? "\n" : leftOut());
        }
        if (untold > 0) {
            text.append(Wording.count(untold, "figure")).append(" cannot be told by the simulation, and left out.\n");
        }
        remarks().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private String leftOut() {
        return " Left out: each point predicted\nby a fit that has not seen it, "
                + Wording.count(found.folds().size(), "fit") + "; this is what to expect of points not measured.\n";
    }

    private List<List<String>> constants() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("constant", "unit", "start", "fitted", "in the folds", "% a percent"));
        for (Calibrated.Constant each : found.constants()) {
            FreeConstant free = each.free();
            lines.add(List.of(
                    free.name(),
                    free.unit().equals("1") ? "" : free.unit(),
                    number(free.start()),
                    number(each.value()),
                    found.folds().isEmpty() ? "-" : number(each.lowest()) + " to " + number(each.highest()),
                    String.format(Locale.ROOT, "%.3f", each.sensitivity())));
        }
        return lines;
    }

    /** Errors by group and metric, then all of them. */
    private List<List<String>> errors() {
        Map<String, Map<String, double[]>> sides = new LinkedHashMap<>();
        sides.put("before", found.before());
        sides.put("after", found.after());
        if (!found.leftOut().isEmpty()) {
            sides.put("left out", found.leftOut());
        }
        List<String> header = new ArrayList<>(List.of("group", "metric", "rows"));
        sides.keySet().forEach(side -> header.addAll(List.of(side + " %", "median")));
        List<List<String>> lines = new ArrayList<>(List.of(header));
        Map<List<String>, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < figures.size(); i++) {
            alike.computeIfAbsent(List.of(figures.get(i).group(), figures.get(i).metric()), key -> new ArrayList<>())
                    .add(i);
        }
        alike.forEach((key, rows) -> {
            List<String> line = new ArrayList<>(key);
            line.add("" + rows.size());
            for (Map<String, double[]> side : sides.values()) {
                double[] logs = inOrder(side);
                line.addAll(summary(rows.stream().mapToDouble(row -> logs[row]).toArray()));
            }
            lines.add(line);
        });
        List<String> all = new ArrayList<>(List.of("all", "", "" + figures.size()));
        sides.values().forEach(side -> all.addAll(summary(LogErrors.flat(side))));
        lines.add(all);
        return lines;
    }

    /** The mean of the sizes of logarithms, and the median of |predicted / measured - 1|, both in percent. */
    private static List<String> summary(double[] logs) {
        double[] shares =
                Arrays.stream(logs).map(log -> Math.abs(StrictMath.expm1(log))).toArray();
        return List.of(
                percent(LogErrors.mean(List.of(logs))),
                String.format(Locale.ROOT, "%.1f", PERCENT * StatUtils.percentile(shares, 50)));
    }

    /** Errors as {@link #figures} stand; folds leave points out in another order. */
    private double[] inOrder(Map<String, double[]> byPoint) {
        return found.before().keySet().stream()
                .flatMapToDouble(point -> Arrays.stream(byPoint.getOrDefault(point, new double[0])))
                .toArray();
    }

    private List<String> remarks() {
        List<String> lines = new ArrayList<>();
        if (!found.unfelt().isEmpty()) {
            lines.add("No figure feels " + String.join(", ", found.unfelt()) + ": left as before.");
        }
        found.unasked()
                .forEach((name, others) -> lines.add("The figures cannot tell " + name + " from "
                        + String.join(" and ", others) + ": it is left as before; --fit fits it all the same."));
        for (List<String> group : found.alike()) {
            lines.add("The figures cannot tell apart " + String.join(" and ", group)
                    + ": only together do they fit; trust none of their values alone.");
        }
        for (Calibrated.Constant each : found.constants()) {
            if (each.atBound()) {
                lines.add(each.free().name() + " ended at a bound ("
                        + number(each.free().low()) + " to "
                        + number(each.free().high()) + "): something else may be wrong; --fit "
                        + each.free().name()
                        + "=LOW..HIGH gives others.");
            }
        }
        if (!found.leftOut().isEmpty()
                && LogErrors.mean(found.leftOut().values())
                        > LogErrors.mean(found.before().values())) {
            lines.add(
                    "Points left out are predicted worse than before: the fit does not carry over; fit fewer constants"
                            + " or measure more points.");
        }
        return lines;
    }

    static String number(double value) {
        String text = new java.math.BigDecimal(value)
                .round(new java.math.MathContext(4))
                .toPlainString();
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** ln 1.05 is 5 %. */
    static String percent(double log) {
        return String.format(Locale.ROOT, "%.1f", PERCENT * StrictMath.expm1(log));
    }

    private static String columns(List<List<String>> lines, int texts) {
        int[] widths = new int[lines.get(0).size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String blanks = " ".repeat(widths[i] - line.get(i).length());
                row.append(i < texts ? line.get(i) + blanks : blanks + line.get(i))
                        .append("  ");
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
