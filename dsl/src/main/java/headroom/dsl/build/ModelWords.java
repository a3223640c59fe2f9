package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.ParameterCount;
import headroom.units.Quantity;
import headroom.units.Units;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words of a {@code model} block: a model of the catalogue or of a config file, and what is different about it. */
public final class ModelWords implements Vocabulary {
    private final Pass pass;
    private final String name;
    private @Nullable ModelSpec base;
    private @Nullable Integer contextTokens;

    ModelWords(Pass pass, String name) {
        this.pass = pass;
        this.name = name;
    }

    @Word(doc = "a model of the catalogue whose dimensions it takes", example = "basedOn 'llama-3.1-8b'")
    public void basedOn(String known) {
        start(pass.named(0, () -> pass.shelf().model(known)));
    }

    @Word(doc = "a Hugging Face config.json beside the script", example = "fromConfig 'config.json'")
    public void fromConfig(String file) {
        start(pass.files().model(name, file));
    }

    @Word(doc = "longest prompt plus answer", example = "contextLimit 8192.tokens")
    public void contextLimit(@Arg(like = "8192.tokens") Quantity tokens) {
        contextTokens = (int) Math.rint(tokens.in(Units.TOKEN));
    }

    @Word(doc = "checks the number of weights: the recomputed one must be within 2 %", example = "parameters 8.03e9")
    public void parameters(@Arg(like = "8.03e9") double expected) {
        ModelSpec model = base;
        if (model == null) {
            throw new Mistake("parameters needs the dimensions first", "put it behind basedOn or fromConfig");
        }
        double counted = ParameterCount.of(model).total();
        if (!(Math.abs(counted - expected) <= 0.02 * expected)) {
            throw new Mistake(
                    String.format(
                            Locale.ROOT,
                            "the dimensions of '%s' make %.2f billion parameters, not %.2f",
                            name,
                            counted / 1e9,
                            expected / 1e9),
                    "check the config's dimensions",
                    0);
        }
    }

    private void start(ModelSpec model) {
        if (base != null) {
            throw new Mistake("basedOn and fromConfig both say where the model starts", "keep one of them");
        }
        base = model;
    }

    /** The model; null after reporting that nothing says where it starts. */
    @Nullable
    ModelSpec spec(Frame frame) {
        ModelSpec model = base;
        if (model == null) {
            if (frame.lacks("basedOn") && frame.lacks("fromConfig")) {
                pass.guard()
                        .mistake(
                                pass.guard().place(),
                                "model '" + name + "' does not say where its dimensions come from",
                                "add basedOn 'llama-3.1-8b' or fromConfig 'config.json'");
            }
            return null;
        }
        return new ModelSpec(
                name,
                model.layers(),
                model.hidden(),
                model.vocabulary(),
                model.tiedEmbeddings(),
                contextTokens == null ? model.contextLimitTokens() : contextTokens,
                model.attention(),
                model.feedForward());
    }
}
