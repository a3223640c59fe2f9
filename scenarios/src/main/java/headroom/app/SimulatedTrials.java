package headroom.app;

import headroom.batch.LocalSweep;
import headroom.batch.Progress;
import headroom.calibration.Trials;
import headroom.dsl.Refit;
import headroom.plan.Experiment;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Trials of constants by simulation. A point whose profiles are what they were in its last trial is not run again. */
final class SimulatedTrials implements Trials {
    /** A figure that the script's own constants give and a trial does not counts as ten times off. */
    private static final double UNTOLD = StrictMath.log(10);

    /** What a point's last trial ran with, and how far off it was. */
    private static final class Known {
        private final List<ProfileSpec> profiles;
        private final double[] errors;

        Known(List<ProfileSpec> profiles, double[] errors) {
            this.profiles = profiles;
            this.errors = errors;
        }
    }

    private final Refit refit;
    private final LocalSweep sweep;
    private final Progress progress;
    private final int total;
    private final Map<String, List<Comparison>> asIs;
    private final Map<String, Known> last = new HashMap<>();
    private int done;

    /**
     * Runs every measured point once as the script has it.
     *
     * @param trials that will be asked for, at most, to tell how far it is
     */
    SimulatedTrials(Refit refit, int threads, int trials, Progress progress) throws InterruptedException {
        this.refit = refit;
        this.sweep = EngineSweep.on(threads);
        this.progress = progress;
        this.total = Math.multiplyExact(trials, refit.points().size());
        this.asIs = refit.compare(sweep.run(refit.with(Map.of(), refit.points()), (some, all) -> {}));
    }

    /** The comparisons of the script as it is, those that cannot be told left out, in the order of the errors. */
    List<Comparison> figures() {
        return refit.points().stream().flatMap(point -> told(point).stream()).toList();
    }

    /** Figures that the simulation cannot tell. */
    long untold() {
        return asIs.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.predicted() == null)
                .count();
    }

    private List<Comparison> told(String point) {
        return asIs.getOrDefault(point, List.of()).stream()
                .filter(each -> each.predicted() != null)
                .toList();
    }

    @Override
    public Map<String, double[]> errors(Map<String, Double> constants, Collection<String> points)
            throws InterruptedException {
        Map<String, List<ProfileSpec>> profiles = profiles(refit.with(constants, points));
        List<String> changed = new ArrayList<>();
        for (String point : points) {
            Known known = last.get(point);
            if (known == null || !known.profiles.equals(profiles.get(point))) {
                changed.add(point);
            }
        }
        if (!changed.isEmpty()) {
            SweepResult results = sweep.run(refit.with(constants, changed), (some, all) -> {});
            Map<String, List<Comparison>> compared = refit.compare(results);
            for (String point : changed) {
                last.put(
                        point,
                        new Known(
                                Objects.requireNonNull(profiles.get(point)),
                                logs(point, Objects.requireNonNull(compared.get(point)))));
            }
        }
        done += points.size();
        progress.ended(Math.min(done, total), total);
        Map<String, double[]> errors = new LinkedHashMap<>();
        points.forEach(point -> errors.put(point, Objects.requireNonNull(last.get(point)).errors));
        return errors;
    }

    private static Map<String, List<ProfileSpec>> profiles(Experiment experiment) {
        Map<String, List<ProfileSpec>> profiles = new HashMap<>();
        for (Experiment.Point point : experiment.points()) {
            if (point.plan() != null) {
                profiles.put(
                        point.label(),
                        point.plan().deployments().stream()
                                .map(DeploymentSpec::profile)
                                .toList());
            }
        }
        return profiles;
    }

    private double[] logs(String point, List<Comparison> compared) {
        List<Comparison> before = asIs.getOrDefault(point, List.of());
        List<Double> logs = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            if (before.get(i).predicted() != null) {
                logs.add(log(compared.get(i)));
            }
        }
        return logs.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double log(Comparison compared) {
        @Nullable Double predicted = compared.predicted();
        return predicted == null || predicted <= 0 ? UNTOLD : StrictMath.log(predicted / compared.measured());
    }
}
