package headroom.dsl.build;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.ProfileSpec;

/**
 * What the language asks of a catalogue. Names match as people write them. A name that nobody knows, or a combination
 * that has no value, throws {@link headroom.dsl.script.Mistake} or {@link IllegalArgumentException} with what is wrong.
 */
public interface Shelf {
    /** Dimensions of a model. */
    ModelSpec model(String name);

    /** Whether there is a model of that name. */
    boolean hasModel(String name);

    /** A device, under its canonical name. */
    AcceleratorSpec accelerator(String name);

    /** The server in which a device comes. */
    ServerSpec server(String accelerator);

    /** The canonical name of a number format. */
    String quantization(String name);

    /** A number format as {@code accelerator} computes {@code model} in it. */
    QuantizationSpec quantization(String name, ModelSpec model, AcceleratorSpec accelerator);

    /** The canonical name of a serving engine. */
    String servingEngine(String name);

    /** Steps that a request waits before it may join a batch of that serving engine. */
    int lagSteps(String servingEngine);

    /** What a serving engine makes of a device. */
    ProfileSpec profile(
            String servingEngine,
            AcceleratorSpec accelerator,
            ModelSpec model,
            QuantizationSpec quantization,
            int tensorParallel);

    /**
     * Where the values of an entry were published: its name, source, date and confidence.
     *
     * @param kind {@code models}, {@code hardware}, {@code quantizations} or {@code engines}
     */
    String source(String kind, String name);
}
