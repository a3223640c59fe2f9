package headroom.dsl.build;

import headroom.plan.ReportSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a script says about the experiment as a whole; it must say the same at every point. */
final class Frozen {
    private final Map<String, Object> said = new LinkedHashMap<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<Factor> factors = new ArrayList<>();
    private final Map<Integer, List<Factor>> bySweep = new LinkedHashMap<>();
    private final Map<Integer, Object> sweeps = new LinkedHashMap<>();

    void say(String word, int place, Object value) {
        said.put(word, value);
        places.put(word, place);
    }

    /** Notes a factor of the sweep at {@code sweep}, stated at {@code place}. */
    void sweep(int sweep, int place, Factor factor) {
        factors.add(factor);
        bySweep.computeIfAbsent(sweep, key -> new ArrayList<>()).add(factor);
        say(factor.name(), place, factor);
    }

    List<Factor> factors() {
        return factors;
    }

    /** What the sweep at a place was given, for the points after the first not to read it again. */
    void sweptWith(int place, Object given) {
        sweeps.put(place, given);
    }

    boolean sweptAlike(int place, Object given) {
        return given.equals(sweeps.get(place));
    }

    /** Takes over what {@code first} says of the sweep at a place. */
    void sweepAs(Frozen first, int sweep) {
        for (Factor factor : first.bySweep.getOrDefault(sweep, List.of())) {
            sweep(sweep, first.place(factor.name()), factor);
        }
    }

    int place(String word) {
        return places.getOrDefault(word, 0);
    }

    String text(String word) {
        return said.getOrDefault(word, "").toString();
    }

    <T> T get(String word, Class<T> type, T otherwise) {
        return type.cast(said.getOrDefault(word, otherwise));
    }

    /** What was said with a word; null when nothing was. */
    <T> @Nullable T get(String word, Class<T> type) {
        return type.cast(said.get(word));
    }

    ReportSpec report() {
        ReportSpec report = get("report", ReportSpec.class, ReportSpec.NONE);
        return said.containsKey("baseline") ? report.against(text("baseline")) : report;
    }

    /** Reports every word that says something else here than in {@code first}. */
    void mustEqual(Frozen first, Pass pass) {
        for (Map.Entry<String, Object> entry : said.entrySet()) {
            if (!entry.getValue().equals(first.said.get(entry.getKey()))) {
                pass.guard()
                        .mistake(
                                place(entry.getKey()),
                                entry.getKey() + " must be the same at every point of the experiment",
                                "it cannot depend on a swept parameter");
            }
        }
        for (Map.Entry<String, Integer> entry : first.places.entrySet()) {
            if (!said.containsKey(entry.getKey())) {
                pass.guard()
                        .mistake(
                                entry.getValue(),
                                entry.getKey() + " must be said at every point of the experiment",
                                "it cannot depend on a swept parameter");
            }
        }
    }
}
