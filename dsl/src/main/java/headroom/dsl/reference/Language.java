package headroom.dsl.reference;

import headroom.dsl.build.ScenarioWords;
import headroom.dsl.build.ValueWords;
import headroom.dsl.reference.Section.Kind;
import headroom.dsl.reference.Section.Opener;
import headroom.dsl.script.ArgFacts;
import headroom.dsl.script.ArgFacts.Role;
import headroom.dsl.script.MathWords;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.WordFacts;
import headroom.dsl.script.WordTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every word of the language, found by following the blocks and the values of the words of the top level. A new word is
 * in it by being a word.
 */
final class Language {
    /** The order in which an analyst meets the blocks; one that is not here comes after them. */
    private static final List<String> ORDER =
            List.of("site", "traffic", "deploy", "model", "hardware", "quantization", "expect", "report");

    private static final Pattern WORDS_IN_NAME = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final Map<Class<?>, List<Opener>> openers = new LinkedHashMap<>();
    private final Map<Class<?>, Kind> kinds = new LinkedHashMap<>();
    private final List<Section> sections;

    Language() {
        kinds.put(ScenarioWords.class, Kind.TOP);
        kinds.put(ValueWords.class, Kind.EVERYWHERE);
        kinds.put(MathWords.class, Kind.EVERYWHERE);
        Deque<Class<?>> left = new ArrayDeque<>(kinds.keySet());
        while (!left.isEmpty()) {
            left.addAll(found(left.remove()));
        }
        sections = kinds.keySet().stream()
                .map(this::section)
                .sorted(Comparator.comparingInt(section -> rank(section.vocabulary())))
                .toList();
    }

    /** Vocabularies to which words of {@code home} lead, and that were not known before. */
    private List<Class<?>> found(Class<?> home) {
        List<Class<?>> found = new ArrayList<>();
        for (WordFacts word : WordTable.of(home).facts()) {
            for (ArgFacts argument : word.arguments()) {
                Class<?> words = argument.words();
                if (words != null) {
                    Kind kind = argument.role() == Role.BLOCK ? Kind.BLOCK : Kind.ANSWER;
                    meet(words, kind, new Opener(home, word), found);
                }
            }
            for (Class<?> given : word.gives()) {
                if (Vocabulary.class.isAssignableFrom(given)) {
                    meet(given, Kind.ANSWER, new Opener(home, word), found);
                }
            }
        }
        return found;
    }

    private void meet(Class<?> words, Kind kind, Opener opener, List<Class<?>> found) {
        if (kinds.putIfAbsent(words, kind) == null) {
            found.add(words);
        }
        List<Opener> known = openers.computeIfAbsent(words, w -> new ArrayList<>());
        if (opener.home() != words && !words.equals(ScenarioWords.class) && !known.contains(opener)) {
            known.add(opener);
        }
    }

    private Section section(Class<?> vocabulary) {
        Kind kind = kinds.getOrDefault(vocabulary, Kind.ANSWER);
        return new Section(
                id(vocabulary),
                kind,
                vocabulary,
                ways(vocabulary),
                WordTable.of(vocabulary).facts());
    }

    /** A block is called after its word, anything else after its class: {@code site}, {@code latency-figures}. */
    private String id(Class<?> vocabulary) {
        if (kinds.get(vocabulary) == Kind.BLOCK) {
            return ways(vocabulary).get(0).name();
        }
        return WORDS_IN_NAME.matcher(vocabulary.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    private List<Opener> ways(Class<?> vocabulary) {
        return openers.getOrDefault(vocabulary, List.of());
    }

    /** Blocks in the order of an analyst, each with what is in it and what it gives behind it. */
    private int rank(Class<?> vocabulary) {
        if (vocabulary.equals(ScenarioWords.class)) {
            return -1;
        } else if (kinds.get(vocabulary) == Kind.EVERYWHERE) {
            return Integer.MAX_VALUE;
        }
        List<Opener> ways = ways(vocabulary);
        Opener way = ways.stream()
                .filter(each -> !each.home().equals(ScenarioWords.class))
                .findFirst()
                .orElse(ways.get(0));
        if (!way.home().equals(ScenarioWords.class)) {
            return rank(way.home()) + 1;
        }
        int place = ORDER.indexOf(way.name());
        return (place < 0 ? ORDER.size() : place) * 10;
    }

    /** Top level, blocks and what their words give, then what is understood everywhere. */
    List<Section> sections() {
        return sections;
    }

    /** Words of values, by the type that they give. */
    List<WordFacts> makersOf(Class<?> type) {
        return !type.getName().startsWith("headroom.")
                ? List.of()
                : WordTable.of(ValueWords.class).facts().stream()
                        .filter(word -> word.gives().stream().anyMatch(type::isAssignableFrom))
                        .toList();
    }

    /** Arguments that take a type of value, each with its word and section. */
    List<Use> usesOf(Set<Class<?>> types) {
        List<Use> uses = new ArrayList<>();
        for (Section section : sections) {
            for (WordFacts word : section.words()) {
                for (ArgFacts argument : word.arguments()) {
                    if (argument.type() != Object.class && types.stream().anyMatch(argument.type()::isAssignableFrom)) {
                        uses.add(new Use(section, word, argument));
                    }
                }
            }
        }
        return uses;
    }

    /** An argument where it is used. */
    record Use(Section section, WordFacts word, ArgFacts argument) {}
}
