package headroom.dsl.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody may have meant. */
public final class Nearest {
    private static final int MOST = 3;
    /** Below this length every other name would be near; only another case of the same letters is meant then. */
    private static final int SHORT = 3;

    private Nearest() {}

    /** At most three of {@code names} that are few keystrokes away from {@code wrong}, nearest first. */
    public static List<String> to(String wrong, Collection<String> names) {
        int best = names.stream().mapToInt(name -> distance(wrong, name)).min().orElse(Integer.MAX_VALUE);
        int limit = best == 0 || wrong.length() < SHORT ? 0 : Math.max(1, wrong.length() / 3);
        return names.stream()
                .distinct()
                .filter(name -> distance(wrong, name) <= limit)
                .sorted(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(name -> name))
                .limit(MOST)
                .toList();
    }

    /** {@code did you mean 'a' or 'b'?}, empty when nothing is near. */
    public static String remedy(String wrong, Collection<String> names) {
        List<String> near = to(wrong, names);
        return near.isEmpty() ? "" : "did you mean '" + String.join("' or '", near) + "'?";
    }

    /** Edit distance with neighbouring swaps as one step, ignoring case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, steps[i - 2][j - 2] + 1);
                }
                steps[i][j] = best;
            }
        }
        return steps[a.length()][b.length()];
    }
}
