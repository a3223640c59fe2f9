package headroom.dsl.catalogue;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.plan.serving.FixedProfileSpec;
import headroom.plan.serving.ParallelismSpec;
import headroom.plan.serving.ProfileSpec;
import headroom.plan.serving.SchedulerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The shipped facts by name. Names match whatever their case, blanks, dots, dashes and underscores, and those of devices
 * also with the words that vendors put beside them.
 *
 * <p>It is immutable; each table is read when an entry of its kind is first asked for, and any thread may ask.
 */
public final class Catalogue {
    private static final double MICRO = 1e-6;

    private final Lazy<NameIndex> models = new Lazy<>(() -> new NameIndex(Table.read("models.csv")));
    private final Lazy<NameIndex> fixedModels = new Lazy<>(() -> new NameIndex(Table.read("fixed_models.csv")));
    private final Lazy<NameIndex> fixedProfiles = new Lazy<>(() -> new NameIndex(Table.read("fixed_profiles.csv")));
    private final Lazy<DeviceIndex> hardware = new Lazy<>(() -> new DeviceIndex(Table.read("hardware.csv")));
    private final Lazy<NameIndex> quantizations = new Lazy<>(() -> new NameIndex(Table.read("quantizations.csv")));
    private final Lazy<NameIndex> engines = new Lazy<>(() -> new NameIndex(Table.read("serving_engines.csv")));
    private final Lazy<Constants> energy = new Lazy<>(() -> new Constants(Table.read("energy.csv")));
    private final Lazy<KeyedRows> profiles = new Lazy<>(
            () -> new KeyedRows(Table.read("profiles.csv"), "serving_engine", "family", "constant", "only_for"));
    private final Lazy<KeyedRows> efficiencies =
            new Lazy<>(() -> new KeyedRows(Table.read("efficiencies.csv"), "device", "serving_engine", "format"));
    private final Lazy<KeyedRows> allReduces =
            new Lazy<>(() -> new KeyedRows(Table.read("allreduce.csv"), "device", "serving_engine", "devices"));

    private Catalogue() {}

    /** The catalogue that comes with the program; nothing is read yet. */
    public static Catalogue shipped() {
        return new Catalogue();
    }

    /**
     * The model of this name.
     *
     * @throws UnknownNameException when there is none
     */
    public ModelEntry model(String name) {
        Row row = models.get().find(name);
        if (row != null) {
            return new ModelEntry(row, false);
        }
        Row fixed = fixedModels.get().find(name);
        if (fixed != null) {
            return new ModelEntry(fixed, true);
        }
        List<String> near = new ArrayList<>(models.get().suggestions(name));
        near.addAll(fixedModels.get().suggestions(name));
        throw new UnknownNameException(Kind.MODELS.entry(), name, near.subList(0, Math.min(3, near.size())));
    }

    /**
     * What a server makes of a model of fixed work, by what the model is for.
     *
     * @throws IllegalArgumentException when nothing is known of that task
     */
    public FixedProfileSpec fixedProfile(String task) {
        Row row = fixedProfiles.get().find(task);
        if (row == null) {
            throw new IllegalArgumentException("there is no task '" + task + "', but " + String.join(", ", tasks()));
        }
        return new FixedProfileSpec(
                "dynamic batching, " + row.name(),
                row.needed("mfu"),
                row.needed("mbu"),
                row.needed("ramp_us") * MICRO,
                row.needed("host_us") * MICRO);
    }

    private List<String> tasks() {
        List<String> all = new ArrayList<>();
        fixedProfiles.get().rows().forEach(row -> {
            all.add(row.name());
            Stream.of(row.text("aliases").split(" "))
                    .filter(alias -> !alias.isEmpty())
                    .forEach(all::add);
        });
        return all;
    }

    /**
     * The device of this name.
     *
     * @throws UnknownNameException when there is none
     */
    public HardwareEntry hardware(String name) {
        Row row = hardware.get().find(name);
        if (row == null) {
            throw new UnknownNameException(
                    Kind.HARDWARE.entry(), name, hardware.get().names().suggestions(name));
        }
        String parent = row.text("energy_as");
        return new HardwareEntry(row, energy.get(), parent.isEmpty() ? null : hardware(parent));
    }

    /**
     * A device of a script's own: one of the catalogue with other values, or one of which only the given values are
     * known. Kernels reach the shares of peak that were measured on the one it is based on; collectives reach the share
     * of the link.
     *
     * @param base a device of the catalogue; empty for none
     * @param cells values by the columns of the table
     */
    public HardwareEntry ownHardware(String name, String base, Map<String, String> cells) {
        if (base.isEmpty()) {
            Map<String, String> stated = new LinkedHashMap<>(cells);
            stated.putIfAbsent("family", "unlisted");
            Row blank = hardware.get().names().rows().get(0).blank();
            return new HardwareEntry(blank.with(name, stated), energy.get(), null);
        }
        return hardware(base).changed(name, cells);
    }

    /**
     * A number format of a script's own: one of the catalogue with other values, or one of which only the given values
     * are known.
     *
     * @param base a format of the catalogue; empty for none
     * @param cells values by the columns of the table
     */
    public QuantizationEntry ownQuantization(String name, String base, Map<String, String> cells) {
        Row row = base.isEmpty()
                ? quantizations.get().rows().get(0).blank()
                : quantization(base).row();
        return new QuantizationEntry(row.with(name, cells), base, this::nativeFormat);
    }

    /**
     * The number format of this name.
     *
     * @throws UnknownNameException when there is none
     */
    public QuantizationEntry quantization(String name) {
        Row row = find(quantizations.get(), Kind.QUANTIZATIONS, name);
        return new QuantizationEntry(row, row.name(), this::nativeFormat);
    }

    /**
     * The serving engine of this name, such as {@code vllm}, {@code sglang}, {@code tensorrt-llm} or {@code vllm-2024}.
     *
     * @throws UnknownNameException when there is none
     */
    public ServingEngineEntry servingEngine(String name) {
        return new ServingEngineEntry(find(engines.get(), Kind.ENGINES, name));
    }

    /**
     * What {@code servingEngine} makes of the device, for one model in one format of the catalogue, spread as
     * {@code parallelism} says.
     *
     * @throws UnknownNameException when there is no such serving engine or format
     */
    public ProfileSpec profile(
            String servingEngine,
            HardwareEntry hardware,
            ModelSpec model,
            QuantizationSpec quantization,
            ParallelismSpec parallelism) {
        return resolve(
                        servingEngine,
                        Map.of(),
                        hardware,
                        model,
                        quantization(quantization.name()),
                        quantization,
                        parallelism)
                .spec();
    }

    /** The same profile with the origin of each number. */
    public ResolvedProfile resolve(
            String servingEngine,
            HardwareEntry hardware,
            ModelSpec model,
            QuantizationSpec quantization,
            ParallelismSpec parallelism) {
        return resolve(
                servingEngine, Map.of(), hardware, model, quantization(quantization.name()), quantization, parallelism);
    }

    /**
     * The same for a format that need not be one of the catalogue.
     *
     * @param quantization what {@code format} makes of the model on the device
     */
    public ResolvedProfile resolve(
            String servingEngine,
            Map<String, Double> constants,
            HardwareEntry hardware,
            ModelSpec model,
            QuantizationEntry format,
            QuantizationSpec quantization,
            ParallelismSpec parallelism) {
        ServingEngineEntry engine = servingEngine(servingEngine);
        Device device = hardware.device(parallelism);
        boolean latent = model.attention() instanceof AttentionSpec.Latent;
        return new ProfileResolver(
                        engine,
                        device,
                        format,
                        model,
                        quantization,
                        parallelism,
                        new MeasuredKernels(efficiencies.get(), allReduces.get(), engine.kernelsOf(), device),
                        new FittedConstants(profiles.get(), owners(engine), device.family(), latent, constants))
                .resolve();
    }

    /**
     * The name of a fitted constant of serving engines as {@code profiles.csv} has it, but for those of polling, which a
     * script states by {@code prefillFirst(pollSteps: ...)}.
     *
     * @throws UnknownNameException when there is none
     */
    public String constant(String name) {
        List<String> known = profiles.get().values("constant").stream()
                .filter(each -> !each.startsWith("poll_"))
                .toList();
        return known.stream()
                .filter(each -> NameIndex.normalised(each).equals(NameIndex.normalised(name)))
                .findFirst()
                .orElseThrow(() -> new UnknownNameException("constant", name, NameIndex.nearest(name, known)));
    }

    /** The unit of a fitted constant that {@code profiles.csv} has; {@code 1} when it has none. */
    public String unitOf(String constant) {
        return profiles.get().firstWith("constant", constant).text("unit");
    }

    /** A fitted constant of a serving engine with a model on a device, in its unit. */
    public double constant(String servingEngine, HardwareEntry hardware, ModelSpec model, String constant) {
        return fitted(servingEngine, hardware, model).value(constant);
    }

    private FittedConstants fitted(String servingEngine, HardwareEntry hardware, ModelSpec model) {
        boolean latent = model.attention() instanceof AttentionSpec.Latent;
        return new FittedConstants(
                profiles.get(), owners(servingEngine(servingEngine)), hardware.family(), latent, Map.of());
    }

    /** An engine, the one that lends it constants, the one that lends to that, and so on. */
    private List<String> owners(ServingEngineEntry engine) {
        List<String> owners = new ArrayList<>();
        ServingEngineEntry next = engine;
        while (next != null && !owners.contains(next.name())) {
            owners.add(next.name());
            String lender = next.lender();
            next = lender == null ? null : servingEngine(lender);
        }
        return owners;
    }

    /** How a serving engine fills the steps of {@code model} on a device. */
    public SchedulerSpec scheduler(String servingEngine, HardwareEntry hardware, ModelSpec model) {
        return servingEngine(servingEngine).scheduler(fitted(servingEngine, hardware, model));
    }

    /** All names of a kind, in the table's order; fixed-work models after language models. */
    public List<String> names(Kind kind) {
        return entries(kind).stream().map(Entry::name).toList();
    }

    /** All entries of a kind, in the table's order; fixed-work models after language models. */
    public List<Entry> entries(Kind kind) {
        return switch (kind) {
            case MODELS -> {
                List<Entry> all = new ArrayList<>();
                models.get().rows().forEach(row -> all.add(new ModelEntry(row, false)));
                fixedModels.get().rows().forEach(row -> all.add(new ModelEntry(row, true)));
                yield List.copyOf(all);
            }
            case HARDWARE -> all(hardware.get().names(), this::hardware);
            case QUANTIZATIONS -> all(quantizations.get(), this::quantization);
            case ENGINES -> all(engines.get(), this::servingEngine);
        };
    }

    /** The entry of a kind by name. */
    public Entry entry(Kind kind, String name) {
        return switch (kind) {
            case MODELS -> model(name);
            case HARDWARE -> hardware(name);
            case QUANTIZATIONS -> quantization(name);
            case ENGINES -> servingEngine(name);
        };
    }

    /** A table of all entries of a kind, one a line, for a terminal. */
    public String list(Kind kind) {
        return Listing.list(kind, entries(kind));
    }

    /**
     * Every fact of one entry, one a line, for a terminal.
     *
     * @throws UnknownNameException when there is none of this name
     */
    public String show(Kind kind, String name) {
        return Listing.show(kind, entry(kind, name));
    }

    private interface Maker {
        Entry make(String name);
    }

    private static List<Entry> all(NameIndex index, Maker maker) {
        return index.rows().stream().map(row -> maker.make(row.name())).toList();
    }

    private static Row find(NameIndex index, Kind kind, String name) {
        Row row = index.find(name);
        if (row == null) {
            throw new UnknownNameException(kind.entry(), name, index.suggestions(name));
        }
        return row;
    }

    private String nativeFormat(String model) {
        Row row = models.get().find(model);
        return row == null ? "" : row.text("native_format");
    }
}
