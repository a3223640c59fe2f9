package headroom.app;

import headroom.plan.Experiment;
import headroom.plan.HorizonSpec;
import headroom.plan.Plan;
import headroom.result.SweepResult;
import headroom.result.WarmupChoice;
import headroom.trace.RunTrace;
import headroom.trace.TraceNotWritableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The trace of one run that a user may want beside the report. */
final class TraceWish {
    private static final int MOST_LISTED = 20;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = {
                "Write the steps and requests of one run there, too, for https://ui.perfetto.dev:",
                "replication 0 of the baseline's first point, or of the first; docs/trace.md."
            })
    private @Nullable Path file;

    @Option(
            names = "--trace-point",
            paramLabel = "POINT",
            description = "The point to trace: its name, as in the column 'point' of the tables, or its number from 1.")
    private @Nullable String wanted;

    boolean isMade() {
        return file != null;
    }

    /** Refuses what cannot be written, before anything is read or simulated. */
    void check(ScriptOptions options, Path report) {
        if (file == null) {
            if (wanted != null) {
                throw new UserMistake(
                        "--trace-point chooses the point of a trace, but there is none; add --trace FILE");
            }
            return;
        }
        if (Within.isWithin()) {
            throw new UserMistake("--trace cannot --isolate: within the wall there is no place for the trace;"
                    + " leave one of them out, a script that is not trusted is guarded all the same");
        }
        Path place = file.toAbsolutePath().normalize();
        if (place.equals(options.script().toAbsolutePath().normalize())) {
            throw new UserMistake("--trace '" + file + "' is the script; name another file");
        }
        if (place.startsWith(report.toAbsolutePath().normalize())) {
            throw new UserMistake("--trace '" + file + "' lies in the report, which holds only its own files;"
                    + " name a file beside it");
        }
        try {
            RunTrace.checkWritable(file);
        } catch (TraceNotWritableException e) {
            throw new UserMistake("--trace " + e.getMessage());
        }
    }

    /** Place of the point among the experiment's; refuses one that is not there, or cannot run. */
    int point(Experiment experiment) {
        List<Experiment.Point> points = experiment.points();
        if (wanted == null) {
            return usual(experiment);
        }
        int found = -1;
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).label().equals(wanted)
                    || (found < 0 && String.valueOf(i + 1).equals(wanted))) {
                found = i;
            }
        }
        if (found < 0) {
            throw new UserMistake("--trace-point '" + wanted + "' is no point of this run; " + listed(points));
        }
        if (points.get(found).plan() == null) {
            throw new UserMistake("--trace-point '" + wanted + "' cannot run: "
                    + String.join("; ", points.get(found).refusals()) + "; name another point");
        }
        return found;
    }

    /** The first point of the baseline that runs, or the first of all. */
    private static int usual(Experiment experiment) {
        List<Experiment.Point> points = experiment.points();
        String baseline = experiment.report().baseline();
        int first = -1;
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).plan() != null) {
                if (points.get(i).variant().equals(baseline)) {
                    return i;
                }
                first = first < 0 ? i : first;
            }
        }
        return first;
    }

    private static String listed(List<Experiment.Point> points) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(points.size(), MOST_LISTED); i++) {
            names.add((i + 1) + ": '" + points.get(i).label() + "'");
        }
        int more = points.size() - names.size();
        return "there are " + String.join(", ", names)
                + (more > 0 ? " and " + Wording.count(more, "other") + ", named in tables/summary.csv" : "");
    }

    /** Simulates the point once more, writes the trace, and says so. */
    void write(Terminal terminal, SweepResult results, int place, String script) {
        Path to = Objects.requireNonNull(file);
        SweepResult.PointResult result = results.points().get(place);
        Map<String, String> about = new LinkedHashMap<>();
        about.put("headroom", Version.product());
        about.put("script", script);
        about.put("point", result.point().label());
        RunTrace trace;
        try {
            trace = RunTrace.write(to, plan(result), results.experiment().seed(), 0, about, RunTrace.MOST_EVENTS);
        } catch (TraceNotWritableException e) {
            throw new UserMistake("--trace " + e.getMessage());
        }
        terminal.out()
                .println("Trace: " + to + ", replication 0 of point "
                        + result.point().label() + ", "
                        + Wording.count(trace.events(), "event")
                        + (trace.cut()
                                ? String.format(
                                        Locale.ROOT,
                                        "; cut at %.3f s of simulated time, after %,d",
                                        trace.endSeconds(),
                                        RunTrace.MOST_EVENTS)
                                : "")
                        + "; open it in https://ui.perfetto.dev");
    }

    /** The plan as it ran: with the warm-up that was found for it. */
    private static Plan plan(SweepResult.PointResult result) {
        Plan plan = Objects.requireNonNull(result.point().plan());
        WarmupChoice warmup = result.warmup();
        return plan.horizon() instanceof HorizonSpec.AutoWarmup auto && warmup != null
                ? plan.over(auto.cutting(warmup.cutSlices()))
                : plan;
    }
}
