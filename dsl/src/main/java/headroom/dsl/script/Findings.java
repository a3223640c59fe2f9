package headroom.dsl.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the mistakes of a script; the same mistake at the same place counts once, however often it is met. */
public final class Findings {
    private record Key(int place, String message) {}

    private record Part(String file, int before) {}

    private final List<String> lines;
    private final List<Part> included = new ArrayList<>();
    private final Map<Key, Finding> found = new LinkedHashMap<>();
    private String point = "";
    private long met;
    private String lastMessage = "";

    /** Of a script with this text. */
    public Findings(String source) {
        this.lines = new ArrayList<>(source.lines().toList());
    }

    /** Names the point being evaluated; mistakes that first show there say so. Empty for none. */
    public void atPoint(String label) {
        this.point = label;
    }

    /** Records a mistake at a place, as {@link Guard#place()} gives it. */
    public void add(int place, String message, String remedy) {
        met++;
        lastMessage = message;
        int line = Place.line(place);
        String text = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
        String where = point.isEmpty() ? message : message + " (at " + point + ")";
        Part part = partOf(line);
        found.putIfAbsent(
                new Key(place, message),
                new Finding(part.file, line - part.before, Place.column(place), text, where, remedy));
    }

    private Part partOf(int line) {
        Part part = new Part("", 0);
        for (Part each : included) {
            part = line > each.before ? each : part;
        }
        return part;
    }

    /** The included file that a place is in; empty for the script itself. */
    public String file(int place) {
        return partOf(Place.line(place)).file;
    }

    /** The line of a place in its file, from 1. */
    public int line(int place) {
        int line = Place.line(place);
        return line - partOf(line).before;
    }

    /** A place in words: {@code line 12}, {@code house.groovy line 3}. */
    public String where(int place) {
        int line = Place.line(place);
        Part part = partOf(line);
        return (part.file.isEmpty() ? "" : part.file + " ") + "line " + (line - part.before);
    }

    /**
     * Goes on with the lines of an included file.
     *
     * @return how many lines come before its first
     */
    public int addFile(String file, String source) {
        int before = lines.size();
        included.add(new Part(file, before));
        lines.addAll(source.lines().toList());
        return before;
    }

    /** Takes over what was found elsewhere. */
    public void addAll(Findings others) {
        others.found.forEach((key, finding) -> add(key.place, key.message, finding.remedy()));
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** How often a mistake was met, repeated ones included: it grows exactly when something goes wrong. */
    public long met() {
        return met;
    }

    /** The message of the mistake that was met last, whether or not it was met before; empty when there is none. */
    public String lastMessage() {
        return lastMessage;
    }

    /** In the order of the script. */
    public List<Finding> inOrder() {
        List<Finding> ordered = new ArrayList<>(found.values());
        ordered.sort(Comparator.comparing(Finding::file)
                .thenComparingInt(Finding::line)
                .thenComparingInt(Finding::column));
        return ordered;
    }
}
