package headroom.dsl.reference;

import groovy.lang.Closure;
import headroom.dsl.build.ScenarioWords;
import headroom.dsl.script.ArgFacts;
import headroom.dsl.script.WordFacts;
import headroom.dsl.script.WordTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The source of the class that tells editors the words of the top level, as a superclass of scripts. */
final class ScriptClass {
    static final String NAME = "headroom.dsl.ScenarioScript";

    private ScriptClass() {}

    static String source() {
        List<WordFacts> words = WordTable.of(ScenarioWords.class).facts();
        TreeSet<String> imports = new TreeSet<>(List.of(
                "groovy.lang.Closure",
                "groovy.lang.DelegatesTo",
                "groovy.lang.Script",
                "groovy.transform.NamedParam",
                "groovy.transform.stc.ClosureParams",
                "groovy.transform.stc.SimpleType",
                "java.util.Map"));
        List<String> methods = new ArrayList<>();
        for (WordFacts word : words) {
            for (ArgFacts argument : word.arguments()) {
                Class<?> delegate = argument.words();
                if (delegate != null) {
                    imports.add(delegate.getName());
                }
                if (Call.type(argument) != Object.class && Call.type(argument) != Closure.class) {
                    imports.add(Call.type(argument).getName());
                }
            }
            Call.of(word).forEach(call -> methods.add(method(call)));
        }
        return "package headroom.dsl;\n\n"
                + imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining())
                + """

                /**
                 * The words of the top level of a script, for editors and other tools that read them from its superclass. Scripts run
                 * on another one, whose every call is guarded.
                 *
                 * <p>Made from the builders by {@code %s}.
                 * Do not edit: change the annotations of the word, and run the command.
                 */
                public abstract class ScenarioScript extends Script {
                """.formatted(WriteReference.COMMAND)
                + String.join("\n", methods) + """

                    private static Object refuse(String word) {
                        throw new UnsupportedOperationException(word + " is a word of a scenario: run the script with headroom");
                    }
                }
                """;
    }

    private static String method(Call call) {
        List<String> parameters = new ArrayList<>();
        if (call.map()) {
            parameters.add(call.named().stream()
                            .map(argument -> "@NamedParam(value = \"" + argument.name() + "\", type = "
                                    + Call.type(argument).getSimpleName() + ".class, required = " + argument.needed()
                                    + ")\n            ")
                            .collect(Collectors.joining())
                    + "Map<String, Object> values");
        }
        call.positional().forEach(argument -> parameters.add(parameter(argument)));
        WordFacts word = call.word();
        String doc = word.doc();
        return "    /** " + doc.substring(0, 1).toUpperCase(Locale.ROOT)
                + doc.substring(1).replace("<", "&lt;")
                + ". */\n    public " + (word.statement() ? "void" : "Object") + " " + word.name()
                + "(\n            " + String.join(",\n            ", parameters) + ") {\n        "
                + (word.statement() ? "" : "return ") + "refuse(\"" + word.name() + "\");\n    }\n";
    }

    private static String parameter(ArgFacts argument) {
        Class<?> delegate = argument.words();
        return delegate == null
                ? Call.type(argument).getSimpleName() + " " + argument.name()
                : "@DelegatesTo(value = " + delegate.getSimpleName()
                        + ".class, strategy = Closure.DELEGATE_ONLY)\n            @ClosureParams(value = SimpleType.class, options = \"java.lang.Void\")\n"
                        + "            Closure<?> " + argument.name();
    }
}
