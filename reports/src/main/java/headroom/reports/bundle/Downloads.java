package headroom.reports.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a bundle for the page, by folder; those beside the page and the tables first. */
final class Downloads {
    private Downloads() {}

    /** Groups, each with {@code folder} (empty for files beside the page) and {@code files}. */
    static List<Map<String, Object>> of(List<String> files) {
        Map<String, List<String>> byFolder = new LinkedHashMap<>();
        byFolder.put("", new ArrayList<>());
        byFolder.put("tables", new ArrayList<>());
        for (String file : files) {
            int slash = file.indexOf('/');
            byFolder.computeIfAbsent(slash < 0 ? "" : file.substring(0, slash), folder -> new ArrayList<>())
                    .add(file);
        }
        List<Map<String, Object>> groups = new ArrayList<>();
        byFolder.forEach((folder, names) -> {
            if (!names.isEmpty()) {
                groups.add(Map.of("folder", folder, "files", names));
            }
        });
        return groups;
    }
}
