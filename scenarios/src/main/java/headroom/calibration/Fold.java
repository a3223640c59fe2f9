package headroom.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * Points that are left out of a fit together, to be predicted by it.
 *
 * @param name for people
 */
public record Fold(String name, List<String> points) {
    public Fold {
        points = List.copyOf(points);
    }

    /** So many folds of about the same size, drawn at random; at most one a point. */
    public static List<Fold> atRandom(List<String> points, int folds, long seed) {
        List<String> shuffled = new ArrayList<>(points);
        MersenneTwister random = new MersenneTwister(seed);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            java.util.Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        int count = Math.min(folds, points.size());
        List<Fold> made = new ArrayList<>();
        for (int fold = 0; fold < count; fold++) {
            List<String> members = new ArrayList<>();
            for (int i = fold; i < shuffled.size(); i += count) {
                members.add(shuffled.get(i));
            }
            made.add(new Fold("fold " + (fold + 1), members));
        }
        return made;
    }

    /** One fold for each different cell. */
    public static List<Fold> byCell(Map<String, String> cells) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        cells.forEach((point, cell) ->
                alike.computeIfAbsent(cell, key -> new ArrayList<>()).add(point));
        return alike.entrySet().stream()
                .map(entry -> new Fold(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The points that stay. */
    List<String> others(Collection<String> all) {
        return all.stream().filter(point -> !points.contains(point)).toList();
    }
}
