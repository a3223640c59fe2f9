package headroom.dsl.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows by name or alias, whatever their case, blanks, dots, dashes and underscores. A name as repositories of models
 * have it, {@code organisation/model-instruct-FP8}, finds the model: neither tuning nor the number format of a checkpoint
 * changes a dimension.
 */
final class NameIndex {
    private static final int SUGGESTIONS = 3;
    private static final Pattern TUNED = Pattern.compile("(?i)[-_ ](instruct|thinking|chat|it|base|hf)(?=$|[-_ ])");
    private static final Pattern FORMAT =
            Pattern.compile("(?i)[-_ ](fp8|fp4|nvfp4|mxfp4|bf16|awq|gptq|int4|int8|w8a8|w4a16)(?=$|[-_ ]).*$");
    private static final Pattern DATED = Pattern.compile("(?i)[-_ ](v0\\.1|\\d{4})(?=$|[-_ ])");

    private final List<Row> rows;
    private final Map<String, Row> byName = new LinkedHashMap<>();

    NameIndex(List<Row> rows) {
        this.rows = rows;
        for (Row row : rows) {
            add(row.name(), row);
            row.words("aliases").forEach(alias -> add(alias, row));
        }
    }

    /** Only what tells names apart: lower-case letters, digits and plus signs. */
    static String normalised(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        for (char letter : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '+') {
                kept.append(letter);
            }
        }
        return kept.toString();
    }

    List<Row> rows() {
        return rows;
    }

    @Nullable
    Row find(String name) {
        Row exact = byName.get(normalised(name));
        if (exact != null || name.indexOf('/') < 0) {
            return exact;
        }
        String bare = FORMAT.matcher(name.substring(name.indexOf('/') + 1)).replaceFirst("");
        String untuned = TUNED.matcher(bare).replaceAll("");
        for (String candidate : List.of(bare, untuned, DATED.matcher(untuned).replaceAll(""))) {
            Row row = byName.get(normalised(candidate));
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    /** The names nearest to one that is not there, best first, at most three. */
    List<String> suggestions(String name) {
        String wanted = normalised(name);
        int reach = Math.max(2, wanted.length() / 3);
        Map<String, Integer> distances = new LinkedHashMap<>();
        byName.forEach((candidate, row) -> {
            int distance = distance(wanted, candidate);
            if (distance <= reach) {
                distances.merge(row.name(), distance, Math::min);
            } else if (wanted.length() >= 2 && candidate.contains(wanted)) {
                distances.merge(row.name(), candidate.startsWith(wanted) ? reach + 1 : reach + 2, Math::min);
            }
        });
        List<String> nearest = new ArrayList<>(distances.keySet());
        nearest.sort(Comparator.comparingInt((String near) -> distances.getOrDefault(near, Integer.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder()));
        return List.copyOf(nearest.subList(0, Math.min(SUGGESTIONS, nearest.size())));
    }

    /** The names of a list that are few letters away from one that is not in it, best first, at most three. */
    static List<String> nearest(String name, List<String> known) {
        String wanted = normalised(name);
        return known.stream()
                .filter(each -> distance(wanted, normalised(each)) <= Math.max(2, wanted.length() / 3))
                .sorted(Comparator.comparingInt(each -> distance(wanted, normalised(each))))
                .limit(SUGGESTIONS)
                .toList();
    }

    private void add(String name, Row row) {
        Row before = byName.put(normalised(name), row);
        if (before != null) {
            throw new IllegalStateException(
                    "the catalogue's name '" + name + "' means both " + before.name() + " and " + row.name());
        }
    }

    /** Insertions, deletions and replacements between two words (Levenshtein, 1966). */
    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            above[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int[] current = new int[right.length() + 1];
            current[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = above[column - 1] + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[right.length()];
    }
}
