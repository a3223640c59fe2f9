package headroom.dsl.build;

import headroom.dsl.script.CompiledScript;
import headroom.dsl.script.Findings;

/** What all evaluations of one script have in common. */
record Origin(
        CompiledScript script,
        Findings findings,
        Shelf shelf,
        ScriptFiles files,
        Traces traces,
        Includes includes,
        Overrides overrides) {
    static Origin of(CompiledScript script, Findings findings, Shelf shelf, ScriptFiles files, Overrides overrides) {
        return new Origin(
                script, findings, shelf, files, new Traces(files), new Includes(script, findings, files), overrides);
    }
}
