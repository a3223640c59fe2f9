package headroom.dsl.build;

import headroom.dsl.script.CompiledScript;
import headroom.dsl.script.Findings;
import java.util.List;
import java.util.Map;

/** What all evaluations of one script have in common. */
record Origin(
        CompiledScript script, Findings findings, Shelf shelf, Traces traces, Map<String, List<String>> overrides) {}
