package headroom.dsl

import headroom.dsl.script.ScriptLimits
import headroom.dsl.script.ScriptRules
import java.nio.file.Files
import java.nio.file.Path

/** Scripts for specs: the example that everybody knows, and ways to load text as if it were a file. */
class Scripts {
    /** The example that ships, from its title on. */
    static final String EXAMPLE = Files.readString(Path.of('../scenarios/00-example.groovy')).replaceFirst(/(?s)^.*?\n(?=title )/, '')

    static Scenario load(String text, Map<String, List<String>> overrides = [:], Long seed = null) {
        Path folder = Files.createTempDirectory('scenario')
        try {
            return load(folder, text, overrides, seed)
        } finally {
            folder.toFile().deleteDir()
        }
    }

    static Scenario load(Path folder, String text, Map<String, List<String>> overrides = [:], Long seed = null) {
        Path script = folder.resolve('script.groovy')
        Files.writeString(script, text)
        Scenario.load(script, overrides, seed)
    }

    /** Everything wrong with a script, each as {@code line:column message | remedy}. */
    static List<String> mistakes(String text, Map<String, List<String>> overrides = [:]) {
        try {
            load(text, overrides)
            return []
        } catch (ScriptException e) {
            return shown(e)
        }
    }

    /** The same, of a script held to other limits. */
    static List<String> mistakes(String text, ScriptLimits limits) {
        Path folder = Files.createTempDirectory('scenario')
        try {
            Path script = folder.resolve('script.groovy')
            Files.writeString(script, text)
            Scenario.load(script, new LoadOptions([:], null, ScriptRules.guarded(limits)))
            return []
        } catch (ScriptException e) {
            return shown(e)
        } finally {
            folder.toFile().deleteDir()
        }
    }

    private static List<String> shown(ScriptException e) {
        e.problems().collect { "$it.line:$it.column $it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() }
    }
}
