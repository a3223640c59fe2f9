package headroom.dsl.build;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.FixedProfileSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.List;
import java.util.Map;

/**
 * What the language asks of a catalogue. Names match as people write them. A name that nobody knows, or a combination
 * that has no value, throws {@link headroom.dsl.script.Mistake} or {@link IllegalArgumentException} with what is wrong.
 */
public interface Shelf {
    /** Dimensions of a model. */
    ModelSpec model(String name);

    /** Whether a model of the catalogue does the same work for every request; false for a name that it does not know. */
    boolean isFixedWork(String name);

    /** A model of fixed work and what a server makes of it. */
    FixedWorkChoice fixedModel(String name);

    /** The shares of peak that models of fixed work for {@code task} reach. */
    FixedProfileSpec fixedProfile(String task);

    /** A number format as {@code accelerator} computes models of fixed work in it. */
    QuantizationSpec fixedFormat(Adapted format, AcceleratorSpec accelerator);

    /**
     * Whether there is an entry of that name.
     *
     * @param kind {@code models}, {@code hardware}, {@code quantizations} or {@code engines}
     */
    boolean has(String kind, String name);

    /** Whether an entry, which must be there, is known well enough to be simulated; the kinds are those of {@link #has}. */
    boolean canSimulate(String kind, String name);

    /** A device of the catalogue, which need not be known well enough to be simulated. */
    Adapted device(String name);

    /** What a device lacks to be simulated, in words; empty when it can be. */
    List<String> missing(Adapted device);

    /** The device as a plan holds it. */
    AcceleratorSpec accelerator(Adapted device);

    /** The server in which a device comes. */
    ServerSpec server(Adapted device);

    /** A number format of the catalogue. */
    Adapted format(String name);

    /** A number format as {@code accelerator} computes {@code model} in it. */
    QuantizationSpec quantization(Adapted format, ModelSpec model, AcceleratorSpec accelerator);

    /** The canonical name of a serving engine. */
    String servingEngine(String name);

    /** Steps that a request waits before it may join a batch of that serving engine. */
    int lagSteps(String servingEngine);

    /** Seconds that separate pools of that serving engine take to agree on handing over a KV cache. */
    double handoverSeconds(String servingEngine);

    /** Tokens of the CUDA graphs to which that serving engine fills up steps without prompts. */
    List<Integer> graphSizes(String servingEngine);

    /** The catalogue's name of a fitted constant of serving engines. */
    String constant(String name);

    /** The unit of a fitted constant, which must be one; {@code 1} when it has none. */
    String unitOf(String constant);

    /** The catalogue's value of a fitted constant for a serving engine with a model on a device, in its unit. */
    double constant(String servingEngine, Adapted device, ModelSpec model, String constant);

    /** How that serving engine fills the steps of a model on a device. */
    SchedulerSpec scheduler(String servingEngine, Adapted device, ModelSpec model);

    /** How that serving engine keeps the KV cache. */
    CacheChoice.Usual cache(String servingEngine);

    /**
     * What a serving engine makes of a device.
     *
     * @param constants fitted constants to be replaced, by name, in the catalogue's units
     * @param quantization what {@code format} makes of the model on the device
     */
    ProfileSpec profile(
            String servingEngine,
            Map<String, Double> constants,
            Adapted device,
            ModelSpec model,
            Adapted format,
            QuantizationSpec quantization,
            ParallelismSpec parallelism);

    /**
     * Where the values of an entry were published: its name, source, date and confidence.
     *
     * @param kind {@code models}, {@code hardware}, {@code quantizations} or {@code engines}
     */
    String source(String kind, String name);
}
