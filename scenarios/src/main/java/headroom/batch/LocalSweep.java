package headroom.batch;

import headroom.plan.Experiment;
import headroom.plan.variation.Sensitivity;
import headroom.plan.variation.Variation;
import headroom.result.SweepResult;
import headroom.units.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs points x replications on a fixed number of threads of this process.
 *
 * <p>Runs start in the experiment's order and are collected by their place in it. The first one to break stops those that
 * have not started; the one reported is the first in the experiment's order, whatever the number of threads.
 */
public final class LocalSweep {
    private final Simulator simulator;
    private final Pooling pooling;
    private final Pilots pilots;
    private final int threads;

    /**
     * Prepares sweeps; starts nothing yet.
     *
     * @param threads at least 1
     */
    public LocalSweep(Simulator simulator, Pooling pooling, Pilots pilots, int threads) {
        this.simulator = simulator;
        this.pooling = pooling;
        this.pilots = pilots;
        this.threads = Ranges.atLeast("threads", threads, 1);
    }

    /** Runs of {@code experiment} in all: points and variations that can run x replications. */
    public static int runs(Experiment experiment) {
        long runnable =
                toRun(experiment).stream().filter(point -> point.plan() != null).count();
        return Math.toIntExact(runnable * experiment.replications());
    }

    /** Points, then the variations of the one whose sensitivity is asked for, which get the same random numbers. */
    private static List<Experiment.Point> toRun(Experiment experiment) {
        List<Experiment.Point> all = new ArrayList<>(experiment.points());
        Sensitivity.of(experiment).stream().map(Variation::point).forEach(all::add);
        return all;
    }

    /**
     * Pilots of {@code experiment} in all: one for each run of a point that leaves its warm-up to be found. Variations take that
     * of their point.
     */
    public static int pilots(Experiment experiment) {
        long searched =
                experiment.points().stream().filter(PointRuns::needsPilots).count();
        return Math.toIntExact(searched * experiment.replications());
    }

    /**
     * Runs every point and variation that can run, and waits for the end. Pilots come first, all of them; {@code progress} counts them.
     *
     * @throws SweepFailure when a run breaks
     * @throws InterruptedException when this thread is interrupted while it waits; runs under way are abandoned
     */
    public SweepResult run(Experiment experiment, Progress progress) throws InterruptedException {
        List<PointRuns> points = places(experiment);
        long seed = experiment.seed();
        int first = points.stream().mapToInt(PointRuns::pilots).sum();
        int total = first + points.stream().mapToInt(PointRuns::size).sum();
        ExecutorService pool = Executors.newFixedThreadPool(threads, LocalSweep::worker);
        try {
            WorkList.Job pilot = (point, replication) -> point.pilot(replication, seed, pilots);
            drain(pool, new WorkList(points, PointRuns::pilots, pilot, 0, total, progress));
            WorkList.Job run = (point, replication) -> point.run(replication, seed, simulator, pooling);
            drain(pool, new WorkList(points, PointRuns::size, run, first, total, progress));
        } finally {
            pool.shutdownNow();
        }
        List<SweepResult.PointResult> results =
                points.stream().map(PointRuns::result).toList();
        int own = experiment.points().size();
        return new SweepResult(experiment, results.subList(0, own), results.subList(own, results.size()));
    }

    private static List<PointRuns> places(Experiment experiment) {
        List<PointRuns> places = new ArrayList<>();
        experiment.points().forEach(point -> places.add(new PointRuns(point, experiment.replications())));
        List<Variation> variations = Sensitivity.of(experiment);
        if (!variations.isEmpty()) {
            PointRuns varied = places.stream()
                    .filter(each -> each.label().equals(experiment.report().sensitivityAt()) && each.size() > 0)
                    .findFirst()
                    .orElseThrow();
            variations.forEach(
                    variation -> places.add(PointRuns.variation(variation.point(), experiment.replications(), varied)));
        }
        return places;
    }

    private void drain(ExecutorService pool, WorkList work) throws InterruptedException {
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(pool.submit(work::drain));
        }
        try {
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread of the sweep broke", e.getCause());
        }
        work.throwFirstFailure();
    }

    /** A thread that does not keep the process alive, so that an interrupted command ends at once. */
    private static Thread worker(Runnable body) {
        Thread thread = new Thread(body, "sweep");
        thread.setDaemon(true);
        return thread;
    }
}
