package headroom.dsl.script;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The words of a vocabulary by name. Annotations are read when a word is first used, which keeps the start short. */
public final class WordTable {
    private static final ClassValue<WordTable> TABLES = new ClassValue<>() {
        @Override
        protected WordTable computeValue(Class<?> type) {
            return new WordTable(type);
        }
    };

    private final Map<String, WordMethod> words = new TreeMap<>();

    private WordTable(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            int modifiers = method.getModifiers();
            boolean word = Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !method.isSynthetic();
            if (word && !isObjects(method) && words.put(method.getName(), new WordMethod(method)) != null) {
                throw new IllegalStateException("two words " + method.getName() + " in " + type);
            }
        }
    }

    private static boolean isObjects(Method method) {
        return switch (method.getName()) {
            case "toString", "hashCode" -> method.getParameterCount() == 0;
            case "equals", "compareTo" -> method.getParameterCount() == 1;
            default -> false;
        };
    }

    /** Of a class of words. */
    public static WordTable of(Class<?> vocabulary) {
        return TABLES.get(vocabulary);
    }

    @Nullable
    WordMethod find(String name) {
        return words.get(name);
    }

    /** All words, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(words.keySet());
    }

    /** What people are told of each word, in alphabetical order. */
    public List<WordFacts> facts() {
        return words.values().stream().map(WordMethod::facts).toList();
    }

    /** Words that stand for a value by themselves, without arguments. */
    List<String> valueNames() {
        return words.entrySet().stream()
                .filter(word -> word.getValue().isValue())
                .map(Map.Entry::getKey)
                .toList();
    }
}
