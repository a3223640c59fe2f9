/**
 * The scenario language: {@link headroom.dsl.Scenario} turns a script into an experiment and judges its claims, or says
 * all that is wrong with it in one {@link headroom.dsl.ScriptException}.
 */
@NullMarked
package headroom.dsl;

import org.jspecify.annotations.NullMarked;
