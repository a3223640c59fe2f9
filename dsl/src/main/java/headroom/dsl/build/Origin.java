package headroom.dsl.build;

import headroom.dsl.script.CompiledScript;
import headroom.dsl.script.Findings;

/** What all evaluations of one script have in common. */
record Origin(CompiledScript script, Findings findings, Shelf shelf, Traces traces, Overrides overrides) {}
