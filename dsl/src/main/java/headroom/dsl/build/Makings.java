package headroom.dsl.build;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a point was made of, for those who make it anew with other constants. */
public final class Makings {
    private final Map<String, ProfileRecipe> profiles = new LinkedHashMap<>();
    private Map<String, Object> row = Map.of();

    void profile(String deployment, ProfileRecipe recipe) {
        profiles.put(deployment, recipe);
    }

    void row(Map<String, Object> cells) {
        row = cells;
    }

    /** How the profile of each deployment was made, by its name. */
    public Map<String, ProfileRecipe> profiles() {
        return profiles;
    }

    /** The cell of the swept file's row; null when there is no such row, column or value. */
    public @Nullable Object cell(String column) {
        return row.get(column);
    }

    /** Columns that the row fills. */
    public Iterable<String> columns() {
        return row.keySet();
    }
}
