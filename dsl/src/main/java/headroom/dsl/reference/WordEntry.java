package headroom.dsl.reference;

import headroom.dsl.script.Arg;
import headroom.dsl.script.ArgFacts;
import headroom.dsl.script.ArgFacts.Role;
import headroom.dsl.script.WordFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the reference says of one word. */
final class WordEntry {
    private final Language language;

    WordEntry(Language language) {
        this.language = language;
    }

    /** Meaning, example and arguments, as lines of Markdown. */
    List<String> write(WordFacts word) {
        List<String> lines = new ArrayList<>();
        lines.add(meaning(word));
        lines.add("");
        lines.add("```groovy");
        lines.add(word.example());
        lines.add("```");
        lines.add("");
        lines.add("| Argument | Takes | Left out | Meaning |");
        lines.add("| --- | --- | --- | --- |");
        word.arguments().forEach(argument -> lines.add(row(argument)));
        lines.add("");
        return lines;
    }

    /** Its line of doc as sentences, with what holds when it is left out. */
    String meaning(WordFacts word) {
        StringBuilder text = new StringBuilder(sentence(word.doc()));
        if (word.otherwise().equals(Arg.NEEDED)) {
            text.append(" Needed.");
        } else if (!word.otherwise().isEmpty()) {
            text.append(" Left out, it is `").append(word.otherwise()).append("`.");
        }
        if (word.statement() && word.repeats()) {
            text.append(" Can be said more than once.");
        }
        word.gives()
                .forEach(given -> sectionOf(given)
                        .ifPresent(section -> text.append(" Gives [")
                                .append(section.id().replace('-', ' '))
                                .append("](#")
                                .append(section.id())
                                .append(").")));
        String uses = uses(word);
        if (!uses.isEmpty()) {
            text.append(" For ").append(uses).append('.');
        }
        return cell(text.toString());
    }

    private String uses(WordFacts word) {
        Set<Class<?>> types = word.gives().stream()
                .filter(type -> type.getName().startsWith("headroom.") && !isQuantity(type))
                .collect(Collectors.toSet());
        return types.isEmpty()
                ? ""
                : language.usesOf(types).stream()
                        .map(use -> "[`" + use.word().name()
                                + (use.argument().role() == Role.NAMED
                                        ? " " + use.argument().name() + ":"
                                        : "")
                                + "`](#" + use.section().id(use.word()) + ")")
                        .collect(Collectors.joining(", "));
    }

    private static boolean isQuantity(Class<?> type) {
        return type.getSimpleName().equals("Quantity");
    }

    private String row(ArgFacts argument) {
        String name = argument.name();
        String shown = switch (argument.role()) {
            case POSITIONAL -> "`" + name + "`";
            case NAMED -> "`" + name + ":`";
            case ANY_NAMES -> "*name*`:`";
            case REST -> "*any number*";
            case BLOCK -> "`{ ... }`";
        };
        return "| " + shown + " | " + cell(takes(argument)) + " | " + leftOut(argument) + " | " + cell(doc(argument))
                + " |";
    }

    private String takes(ArgFacts argument) {
        if (argument.role() == Role.BLOCK) {
            return argument.like().isEmpty() ? "a block" : "a block such as `" + argument.like() + "`";
        }
        List<WordFacts> makers = language.makersOf(argument.type());
        String value = argument.role() == Role.ANY_NAMES
                ? "a value for each name"
                : argument.role() == Role.REST ? "values" : argument.kind().replace(" { ... }", "");
        if (!argument.choices().isEmpty()) {
            value = "one of "
                    + argument.choices().stream()
                            .map(name -> "`'" + name + "'`")
                            .collect(Collectors.joining(", "));
        } else if (!argument.like().isEmpty()) {
            value += (argument.role() == Role.ANY_NAMES || argument.role() == Role.REST ? ", such as `" : " such as `")
                    + argument.like() + "`";
        }
        if (makers.isEmpty()) {
            return value;
        }
        return (argument.like().isEmpty() && argument.choices().isEmpty() ? "" : value + ": ")
                + makers.stream()
                        .map(word -> "[`" + word.name() + "`](#value-words-"
                                + word.name().toLowerCase(Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String leftOut(ArgFacts argument) {
        if (argument.role() == Role.ANY_NAMES || argument.role() == Role.REST) {
            return "";
        } else if (argument.needed()) {
            return "*needed*";
        }
        return argument.otherwise().isEmpty() ? cell(argument.unsaid()) : "`" + argument.otherwise() + "`";
    }

    private String doc(ArgFacts argument) {
        @Nullable Class<?> words = argument.words();
        if (words == null) {
            return argument.doc();
        }
        String said = argument.doc().isEmpty() ? "" : argument.doc() + "; ";
        return sectionOf(words)
                .map(section -> said + "[its words](#" + section.id() + ")")
                .orElseThrow(() -> new IllegalStateException("no section has the words of " + words));
    }

    private Optional<Section> sectionOf(Class<?> vocabulary) {
        return language.sections().stream()
                .filter(section -> section.vocabulary().equals(vocabulary))
                .findFirst();
    }

    private static String sentence(String doc) {
        return doc.substring(0, 1).toUpperCase(Locale.ROOT) + doc.substring(1) + ".";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
