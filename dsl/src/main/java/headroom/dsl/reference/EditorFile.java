package headroom.dsl.reference;

import headroom.dsl.build.ScenarioWords;
import headroom.dsl.build.ValueWords;
import headroom.dsl.reference.Section.Kind;
import headroom.dsl.script.ArgFacts;
import headroom.dsl.script.WordFacts;
import headroom.units.Quantity;
import headroom.units.Units;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What IntelliJ IDEA reads from the jar to complete and check the words of a script: a GDSL file. */
final class EditorFile {
    private static final String HEAD = """
            // Tells IntelliJ IDEA the words of the scenario language; see docs/editors.md.
            // Made from the builders by: %s
            // Do not edit: change the annotations of the word, and run the command.
            // Arguments that take a text, a number, or true or false are objects here, since a parameter of the script may stand
            // for each of them. Math is left to Java's own, which has all of its functions.

            scriptSuperClass(pattern: '.*\\\\.groovy', superClass: '%s')

            """.formatted(WriteReference.COMMAND, ScriptClass.NAME);

    private final Language language;
    private final StringBuilder file = new StringBuilder(HEAD);

    EditorFile(Language language) {
        this.language = language;
    }

    String text() {
        Section top = section(ScenarioWords.class);
        Map<String, Section> blocks = blocks();
        line("def units = [" + Units.names().stream().map(EditorFile::quoted).collect(Collectors.joining(", ")) + "]");
        line("def scripts = context(filetypes: ['groovy'], scope: scriptScope())");
        line("def blocks = context(filetypes: ['groovy'], scope: closureScope())");
        line("");
        line("contributor(scripts) {");
        line("    if (!("
                + enclosed(blocks.keySet().stream()
                        .filter(name -> !top.equals(blocks.get(name)))
                        .toList())
                + ")) {");
        words("        ", top);
        line("    }");
        line("}");
        line("");
        line("contributor(blocks) {");
        Map<Class<?>, List<String>> byWords = new LinkedHashMap<>();
        blocks.forEach((name, section) -> byWords.computeIfAbsent(section.vocabulary(), s -> new ArrayList<>())
                .add(name));
        String otherwise = "    ";
        for (Map.Entry<Class<?>, List<String>> block : byWords.entrySet()) {
            line(otherwise + "if (" + enclosed(block.getValue()) + ") {");
            words("        ", section(block.getKey()));
            otherwise = "    } else ";
        }
        line("    }");
        line("}");
        line("");
        line("contributor([scripts, blocks]) {");
        words("    ", section(ValueWords.class));
        units("    ");
        line("}");
        line("");
        line("contributor(context(filetypes: ['groovy'], ctype: 'java.lang.Number')) {");
        units("    ");
        line("}");
        for (Section section : language.sections()) {
            if (section.kind() == Kind.ANSWER) {
                line("");
                line("contributor(context(filetypes: ['groovy'], ctype: " + quoted(name(section.vocabulary()))
                        + ")) {");
                words("    ", section);
                line("}");
            }
        }
        return file.toString();
    }

    private static String enclosed(List<String> blocks) {
        return blocks.stream()
                .map(name -> "enclosingCall(" + quoted(name) + ")")
                .collect(Collectors.joining(" || "));
    }

    /** The words that take a block, those of inner blocks before those of the blocks that they stand in. */
    private Map<String, Section> blocks() {
        Map<String, Section> inner = new LinkedHashMap<>();
        Map<String, Section> outer = new LinkedHashMap<>();
        for (Section section : language.sections()) {
            for (WordFacts word : section.words()) {
                for (ArgFacts argument : word.arguments()) {
                    Class<?> words = argument.words();
                    if (words != null) {
                        Map<String, Section> blocks = section.kind() == Kind.TOP ? outer : inner;
                        Section same = blocks.put(word.name(), section(words));
                        if (same != null && same.vocabulary() != words) {
                            throw new IllegalStateException("two words take different blocks as " + word.name());
                        }
                    }
                }
            }
        }
        Section top = section(ScenarioWords.class);
        outer.forEach((name, section) -> inner.merge(name, section, (a, b) -> {
            throw new IllegalStateException("an inner and an outer word take a block as " + name);
        }));
        // A variant holds other blocks, so that its own words are the last choice.
        List<String> last = inner.keySet().stream()
                .filter(name -> top.equals(inner.get(name)))
                .toList();
        last.forEach(name -> inner.put(name, removed(inner, name)));
        return inner;
    }

    private static Section removed(Map<String, Section> blocks, String name) {
        Section section = blocks.remove(name);
        if (section == null) {
            throw new IllegalStateException("there is no block " + name);
        }
        return section;
    }

    private Section section(Class<?> vocabulary) {
        return language.sections().stream()
                .filter(section -> section.vocabulary().equals(vocabulary))
                .findFirst()
                .orElseThrow();
    }

    private void units(String indent) {
        line(indent + "for (unit in units) {");
        line(indent + "    property name: unit, type: " + quoted(name(Quantity.class)));
        line(indent + "}");
    }

    private void words(String indent, Section section) {
        for (WordFacts word : section.words()) {
            if (word.arguments().isEmpty() && !word.statement()) {
                line(indent + "property name: " + quoted(word.name()) + ", type: " + quoted(gives(word)) + ", doc: "
                        + doc(word));
            } else {
                Call.of(word).forEach(call -> line(indent + method(call)));
            }
        }
    }

    private static String method(Call call) {
        List<String> parameters = new ArrayList<>();
        if (call.map() && call.named().isEmpty()) {
            parameters.add("values: 'java.util.Map'");
        }
        call.positional()
                .forEach(argument ->
                        parameters.add(argument.name() + ": " + quoted(name(Call.type(argument)) + rest(argument))));
        String named = call.named().stream()
                .map(argument -> "parameter(name: " + quoted(argument.name()) + ", type: "
                        + quoted(name(Call.type(argument))) + ", doc: " + quoted(html(said(argument))) + ")")
                .collect(Collectors.joining(", "));
        return "method name: " + quoted(call.word().name()) + ", type: " + quoted(gives(call.word()))
                + ", params: [" + (parameters.isEmpty() ? ":" : String.join(", ", parameters)) + "]"
                + (named.isEmpty() ? "" : ", namedParams: [" + named + "]") + ", doc: " + doc(call.word());
    }

    private static String rest(ArgFacts argument) {
        return argument.role() == ArgFacts.Role.REST ? "..." : "";
    }

    private static String said(ArgFacts argument) {
        String left = argument.needed()
                ? "needed"
                : "left out: " + (argument.otherwise().isEmpty() ? argument.unsaid() : argument.otherwise());
        return argument.doc() + " (" + argument.kind() + "; " + left + ")";
    }

    private static String doc(WordFacts word) {
        String doc = word.doc();
        return quoted(html(doc.substring(0, 1).toUpperCase(Locale.ROOT) + doc.substring(1)) + ".<pre>"
                + html(word.example()) + "</pre>");
    }

    private static String gives(WordFacts word) {
        if (word.statement()) {
            return "void";
        }
        Class<?> given = word.gives().size() == 1 ? word.gives().get(0) : Object.class;
        if (given.isPrimitive()) {
            given = given == boolean.class ? Boolean.class : Number.class;
        }
        return name(Modifier.isPublic(given.getModifiers()) ? given : Object.class);
    }

    private static String name(Class<?> type) {
        return type.getCanonicalName();
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void line(String text) {
        file.append(text).append('\n');
    }
}
