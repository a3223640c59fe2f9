package headroom.app;

import headroom.dsl.Scenario;
import headroom.dsl.catalogue.CatalogueVersion;
import headroom.engine.run.EngineVersion;
import headroom.plan.Experiment;
import headroom.reports.bundle.BundleContent;
import headroom.reports.bundle.BundleNotWritableException;
import headroom.reports.bundle.BundlePlace;
import headroom.reports.formats.FormatUnusableException;
import headroom.reports.formats.TableFormat;
import headroom.reports.tables.DecidingTable;
import headroom.reports.tables.ErrorsTable;
import headroom.result.ClaimOutcome;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import headroom.summary.ErrorSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One script from the first line to the report. It is apart from {@link RunCommand} so that reading options loads no class
 * of the reports.
 */
final class ScenarioRun {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final ScriptOptions options;
    private final BundlePlace place;
    private final Set<TableFormat> formats;
    private final int threads;
    private final TraceWish trace;

    /**
     * Prepares it.
     *
     * @param formats names of forms that the tables have beside CSV
     * @throws UserMistake when a format is none
     */
    ScenarioRun(
            Terminal terminal,
            ScriptOptions options,
            Path output,
            boolean zip,
            List<String> formats,
            int threads,
            TraceWish trace) {
        this.terminal = terminal;
        this.options = options;
        this.place = BundlePlace.named(output, zip);
        this.threads = threads;
        this.trace = trace;
        try {
            this.formats = TableFormat.named(formats);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--tables: " + e.getMessage());
        }
    }

    /**
     * Runs everything.
     *
     * @return the exit code
     * @throws UserMistake when the report cannot be written; found before anything is simulated as far as possible
     */
    int call() throws InterruptedException {
        try {
            return runAndReport();
        } catch (BundleNotWritableException | FormatUnusableException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
    }

    private int runAndReport() throws InterruptedException {
        BundlePlace written = place.at(Within.placeOf(place.path()));
        written.checkWritable();
        TableFormat.requireUsable(formats);
        trace.check(options, place.path());
        Scenario scenario = options.load();
        Experiment experiment = scenario.experiment();
        if (RunSize.needsCompiler(experiment)) {
            return ExitCode.LARGE;
        }
        written.checkRoomFor(experiment.points().size());
        int traced = trace.isMade() ? trace.point(experiment) : -1;

        long startNanos = System.nanoTime();
        SweepResult results = WatchedSweep.run(terminal, experiment, threads);
        double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        List<ClaimOutcome> claims = scenario.judge(results);
        List<Comparison> comparisons = scenario.compare(results);

        BundleContent content = new BundleContent(
                results,
                claims,
                comparisons,
                String.valueOf(options.script().getFileName()),
                scenario.source(),
                scenario.inputs(),
                scenario.sources(),
                Version.product(),
                EngineVersion.current(),
                CatalogueVersion.current(),
                formats);
        Unbroken.run(() -> written.write(content));

        terminal.out()
                .println(
                        comparisons.isEmpty()
                                ? DecidingTable.text(results).stripTrailing()
                                : ErrorsTable.text(ErrorSummary.of(comparisons)).stripTrailing());
        ClaimLines.print(terminal, claims);
        Wording.notes(scenario.inputs()).forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().println("Report: " + place.page());
        if (trace.isMade()) {
            Unbroken.run(() -> trace.write(terminal, results, traced, content.scriptName()));
        }
        terminal.err()
                .println(Wording.size(experiment) + ", in " + Wording.duration(seconds) + " on "
                        + Wording.count(threads, "thread"));
        return claims.stream().anyMatch(claim -> claim.verdict() == ClaimOutcome.Verdict.FAILED)
                ? ExitCode.FAILED
                : ExitCode.OK;
    }
}
