package headroom.dsl.build;

import headroom.dsl.script.Mistake;
import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.StateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of linear attention that a script states, among the dimensions of its model by the plan's names of them. */
final class StateDraft {
    static final String OUTPUT_GATE = "attention.outputGate";

    private static final String LAYERS = "attention.linearLayers";
    private static final String STATE = "attention.state.";
    private static final int CONVOLUTION_TOKENS = 4;
    private static final int STATE_BITS = 16;

    private final Map<String, Integer> known;
    private final StateSpec.@Nullable Rule rule;

    StateDraft(Map<String, Integer> known, StateSpec.@Nullable Rule rule) {
        this.known = known;
        this.rule = rule;
    }

    static StateSpec.Rule rule(String name) {
        StateSpec.Rule rule = StateSpec.Rule.named(name);
        if (rule == null) {
            throw new Mistake(
                    "linearAttention rule: must be 'gated delta rule' or 'mamba-2', got '" + name + "'", "", "rule");
        }
        return rule;
    }

    /** Whether anything is said of such layers. */
    boolean keepsStates() {
        return rule != null
                || known.containsKey(LAYERS)
                || known.keySet().stream().anyMatch(field -> field.startsWith(STATE));
    }

    /** What is not known of them, as the script would write it. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (keepsStates()) {
            need(missing, LAYERS, "layers");
            need(missing, STATE + "valueHeads", "valueHeads");
            need(missing, STATE + "keyDim", "keyDim");
            need(missing, STATE + "valueDim", "valueDim");
        } else if (known.getOrDefault(OUTPUT_GATE, 0) == 1) {
            missing.add("the linearAttention that its outputGate: goes with");
        }
        return missing;
    }

    private void need(List<String> missing, String field, String argument) {
        if (!known.containsKey(field)) {
            missing.add("linearAttention " + argument + ":");
        }
    }

    /** Attention with such layers beside those with {@code heads}. */
    AttentionSpec attention(AttentionSpec.Grouped heads, @Nullable ModelSpec base) {
        if (known.getOrDefault("attention.windowedLayers", 0) > 0 || known.containsKey("attention.windowTokens")) {
            throw new Mistake(
                    "layers with a window beside layers of linear attention are not simulated",
                    "keep attention window: or linearAttention, or describe the windows as layers that see everything");
        }
        StateSpec.Rule usual = base != null && base.attention() instanceof AttentionSpec.Linear linear
                ? linear.state().rule()
                : StateSpec.Rule.GATED_DELTA;
        int valueHeads = of("valueHeads");
        return new AttentionSpec.Linear(
                heads.heads(),
                heads.kvHeads(),
                heads.headDim(),
                known.getOrDefault(OUTPUT_GATE, 0) == 1,
                known.getOrDefault(LAYERS, 0),
                new StateSpec(
                        rule == null ? usual : rule,
                        known.getOrDefault(STATE + "keyHeads", valueHeads),
                        valueHeads,
                        of("keyDim"),
                        of("valueDim"),
                        known.getOrDefault(STATE + "convolutionTokens", CONVOLUTION_TOKENS),
                        known.getOrDefault(STATE + "stateBits", STATE_BITS)));
    }

    private int of(String field) {
        Integer value = known.get(STATE + field);
        if (value == null) {
            throw new IllegalStateException("nobody says " + STATE + field);
        }
        return value;
    }

    /** What holds for a base, whose layers of linear attention keep their share. */
    static void known(Map<String, Integer> known, AttentionSpec.Linear base, double share) {
        known.put(OUTPUT_GATE, base.outputGate() ? 1 : 0);
        known.put(LAYERS, (int) Math.rint(base.linearLayers() * share));
        known.put(STATE + "keyHeads", base.state().keyHeads());
        known.put(STATE + "valueHeads", base.state().valueHeads());
        known.put(STATE + "keyDim", base.state().keyDim());
        known.put(STATE + "valueDim", base.state().valueDim());
        known.put(STATE + "convolutionTokens", base.state().convolutionTokens());
        known.put(STATE + "stateBits", base.state().stateBits());
    }
}
