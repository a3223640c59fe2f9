package headroom.dsl.build;

import headroom.dsl.script.CompiledScript;
import headroom.dsl.script.Findings;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.ScriptCompiler;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other scripts of the folder, each compiled once. Their lines are numbered on after those of the script. */
final class Includes {
    private final CompiledScript script;
    private final Findings findings;
    private final ScriptFiles files;
    private final Map<String, @Nullable CompiledScript> compiled = new LinkedHashMap<>();

    Includes(CompiledScript script, Findings findings, ScriptFiles files) {
        this.script = script;
        this.findings = findings;
        this.files = files;
    }

    /** The script in a file of the same folder; null when it has mistakes, which are then reported. */
    @Nullable
    CompiledScript compiled(String file) {
        if (compiled.containsKey(file)) {
            return compiled.get(file);
        }
        if (!file.matches("[^/\\\\]+\\.groovy")) {
            throw new Mistake(
                    "include takes the name of a .groovy file beside the script, got '" + file + "'",
                    "write, for example, include 'shared.groovy'",
                    0);
        }
        String text = new String(files.bytes(file), StandardCharsets.UTF_8);
        int before = findings.addFile(file, text);
        Findings own = new Findings("");
        CompiledScript included = ScriptCompiler.compile("\n".repeat(before) + text, own, script.rules());
        findings.addAll(own);
        if (included != null) {
            script.adopt(included);
        }
        compiled.put(file, included);
        return included;
    }
}
