package headroom.dsl.script;

import headroom.units.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a name that nothing answers to, and what may have been meant. */
final class Unknowns {
    private final CompiledScript script;
    private final Vocabulary valueWords;
    private final LaterWords later;

    Unknowns(CompiledScript script, Vocabulary valueWords, LaterWords later) {
        this.script = script;
        this.valueWords = valueWords;
        this.later = later;
    }

    /**
     * Of a call without receiver.
     *
     * @param frames the innermost first
     * @param local variable of that name; null when there is none
     * @param methods of the script
     */
    Mistake call(int at, Deque<Frame> frames, String name, @Nullable Object local, Collection<String> methods) {
        Frame frame = frames.element();
        String laterWord = later.refusal(frame.kind(), name);
        if (laterWord != null) {
            return new Mistake(laterWord, "remove it");
        }
        if (local != null) {
            return new Mistake("'" + name + "' is " + Accepts.describe(local) + " and cannot be called", "");
        }
        List<String> known =
                new ArrayList<>(WordTable.of(frame.vocabulary().getClass()).names());
        List<String> near = Nearest.to(name, known);
        known.addAll(WordTable.of(valueWords.getClass()).names());
        known.addAll(script.visible(at));
        known.addAll(methods);
        near.forEach(frame::spoil);
        near.forEach(frame::leaveUnheard);
        if (near.isEmpty()) {
            frame.meetUnknownWord();
        }
        return new Mistake("unknown word '" + name + "'" + where(frame), elsewhere(name, frames, known));
    }

    private String elsewhere(String name, Deque<Frame> frames, List<String> known) {
        for (Frame outer : frames) {
            if (outer != frames.element()
                    && WordTable.of(outer.vocabulary().getClass()).find(name) != null) {
                return "'" + name + "' belongs " + (outer.kind().isEmpty() ? "at the top level" : "in " + outer.kind())
                        + ", outside this block";
            }
        }
        String home = later.home(name);
        return home != null ? "'" + name + "' belongs in " + home : Nearest.remedy(name, known);
    }

    /** Of a name that is no call. */
    Mistake name(int at, Frame frame, String name) {
        String laterWord = later.refusal(frame.kind(), name);
        if (laterWord != null) {
            return new Mistake(laterWord, "remove it");
        }
        WordTable words = WordTable.of(frame.vocabulary().getClass());
        WordMethod word = words.find(name);
        if (word != null) {
            frame.spoil(name);
            frame.leaveUnheard(name);
            return script.subtracted(at)
                    ? new Mistake(
                            "a minus behind '" + name + "' is read as a subtraction",
                            "put brackets round what " + name + " takes: " + name + "(-...)")
                    : new Mistake("'" + name + "' stands here without what it takes", word.usage());
        }
        List<String> known = new ArrayList<>(script.visible(at));
        known.addAll(words.valueNames());
        known.addAll(WordTable.of(valueWords.getClass()).valueNames());
        known.addAll(Units.names());
        return new Mistake("unknown name '" + name + "'" + where(frame), Nearest.remedy(name, known));
    }

    private static String where(Frame frame) {
        return frame.kind().isEmpty() ? "" : " in " + frame.kind();
    }
}
