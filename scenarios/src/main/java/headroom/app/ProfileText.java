package headroom.app;

import headroom.calibration.Calibrated;
import headroom.calibration.LogErrors;
import headroom.dsl.Refit;
import headroom.dsl.Scenario;
import headroom.plan.InputFile;
import java.time.LocalDate;
import java.util.List;

/** A profile file: rows as the catalogue's {@code profiles.csv} has them, and for people what they were fitted on. */
final class ProfileText {
    private static final List<String> COLUMNS = List.of(
            "serving_engine",
            "constant",
            "value",
            "unit",
            "start",
            "lowest_in_folds",
            "highest_in_folds",
            "source",
            "as_of",
            "confidence");

    private final Scenario scenario;
    private final Refit refit;
    private final Calibrated found;
    private final String script;

    ProfileText(Scenario scenario, Refit refit, Calibrated found, String script) {
        this.scenario = scenario;
        this.refit = refit;
        this.found = found;
        this.script = script;
    }

    /** @param figures how many were compared */
    String text(LocalDate today, int figures) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "# Fitted by headroom calibrate " + Version.product() + " from " + script + ", seed "
                        + scenario.experiment().seed() + ", on " + today + ".");
        line(
                text,
                "# Name it in a script beside it: servingEngine '"
                        + refit.servingEngines().get(0) + "', profile: 'THIS FILE'");
        line(
                text,
                "# Fitted on " + Wording.count(figures, "figure") + " of "
                        + Wording.count(refit.points().size(), "point") + ": " + String.join(", ", refit.models())
                        + " on "
                        + String.join(", ", refit.devices()) + ".");
        for (InputFile input : scenario.inputs()) {
            line(text, "# Read " + input.name() + ", SHA-256 " + input.sha256() + ".");
        }
        line(
                text,
                "# Mean |ln(simulated / measured)|, in percent: "
                        + percent(found.before().values()) + " before, "
                        + percent(found.after().values()) + " after"
                        + (found.leftOut().isEmpty()
                                ? "; no points were left out to judge it."
                                : ", " + percent(found.leftOut().values()) + " at points left out ("
                                        + Wording.count(found.folds().size(), "fit") + ")."));
        for (List<String> group : found.alike()) {
            line(text, "# The figures cannot tell apart " + String.join(" and ", group) + ".");
        }
        line(text, String.join(",", COLUMNS));
        for (String engine : refit.servingEngines()) {
            found.constants().forEach(each -> line(text, row(engine, each, today)));
        }
        return text.toString();
    }

    private String row(String engine, Calibrated.Constant constant, LocalDate today) {
        boolean doubtful = found.alike().stream()
                        .anyMatch(group -> group.contains(constant.free().name()))
                || constant.atBound()
                || found.folds().isEmpty();
        return String.join(
                ",",
                engine,
                constant.free().name(),
                CalibrationText.number(constant.value()),
                constant.free().unit(),
                CalibrationText.number(constant.free().start()),
                found.folds().isEmpty() ? "" : CalibrationText.number(constant.lowest()),
                found.folds().isEmpty() ? "" : CalibrationText.number(constant.highest()),
                "\"fitted to " + script.replace("\"", "\"\"") + "\"",
                today.toString(),
                doubtful ? "low" : "medium");
    }

    private static String percent(java.util.Collection<double[]> errors) {
        return CalibrationText.percent(LogErrors.mean(errors));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
