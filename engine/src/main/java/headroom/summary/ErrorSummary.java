package headroom.summary;

import headroom.result.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * How wrong the simulation is on the comparisons of one group and metric, as shares (0.05 is 5 %).
 *
 * @param rows comparisons with a prediction
 * @param untold comparisons without one
 * @param median of |predicted / measured - 1|; 0 without rows, like the others
 * @param p90 its 90 % quantile
 * @param worst the largest
 * @param bias median of predicted / measured - 1
 */
public record ErrorSummary(
        String group, String metric, int rows, int untold, double median, double p90, double worst, double bias) {

    /** One for each group and metric, in order of first appearance. */
    public static List<ErrorSummary> of(List<Comparison> comparisons) {
        Map<List<String>, List<Comparison>> alike = new LinkedHashMap<>();
        for (Comparison each : comparisons) {
            alike.computeIfAbsent(List.of(each.group(), each.metric()), key -> new ArrayList<>())
                    .add(each);
        }
        return alike.values().stream().map(ErrorSummary::ofAlike).toList();
    }

    private static ErrorSummary ofAlike(List<Comparison> alike) {
        double[] signed = alike.stream()
                .map(Comparison::relativeError)
                .filter(Objects::nonNull)
                .mapToDouble(error -> Objects.requireNonNull(error))
                .toArray();
        double[] sizes = java.util.Arrays.stream(signed).map(Math::abs).toArray();
        return new ErrorSummary(
                alike.get(0).group(),
                alike.get(0).metric(),
                signed.length,
                alike.size() - signed.length,
                quantile(sizes, 50),
                quantile(sizes, 90),
                quantile(sizes, 100),
                quantile(signed, 50));
    }

    /** Linear between order statistics, as spreadsheets do (type 7 of Hyndman and Fan, 1996). */
    private static double quantile(double[] values, double percent) {
        return values.length == 0
                ? 0
                : new Percentile()
                        .withEstimationType(Percentile.EstimationType.R_7)
                        .evaluate(values, percent);
    }
}
