package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.units.Quantity;
import headroom.units.Unit;
import headroom.units.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Words of a {@code hardware} block: a device of the script's own. What a block does not say is the base's; power follows
 * from TDP, peak and bandwidth by the rule of the energy model, as for devices of the catalogue.
 */
public final class HardwareWords implements Vocabulary {
    private static final Unit GBPS = Units.GIGABYTE.over(Units.SECOND);
    private static final double TERA = 1e12;

    private final Pass pass;
    private final String name;
    private final Map<String, String> cells = new LinkedHashMap<>();
    private final Origins stated;
    private @Nullable Chosen<Adapted> base;

    HardwareWords(Pass pass, String name) {
        this.pass = pass;
        this.name = name;
        this.stated = new Origins(pass.guard().findings());
    }

    @Word(doc = "a device whose values it takes, of the catalogue or above", example = "basedOn 'h100-sxm5-80gb'")
    public void basedOn(@Arg(doc = "the name of a device") String device) {
        base = pass.anyDevice(device, 0);
    }

    @Word(doc = "memory that the driver reports", example = "memory 96.GB, stacked: true")
    public void memory(
            @Arg(doc = "above 0", like = "96.GB") Quantity amount,
            @Arg(
                            doc = "whether it is HBM, whose bytes cost less energy",
                            named = true,
                            like = "true",
                            unsaid = "the base's, or not")
                    @Nullable
                    Boolean stacked) {
        String gigabytes = positive("memory", 0, amount, Units.GIGABYTE);
        cells.put("memory_GB", gigabytes);
        cells.put("simulated_memory_GB", gigabytes);
        cells.put("simulated_memory_basis", "stated");
        if (stacked != null) {
            cells.put("memory_type", stacked ? "HBM" : "not stacked");
        }
        said(".accelerator.memoryBytes");
    }

    @Word(doc = "peak memory bandwidth", example = "bandwidth 4.TBps")
    public void bandwidth(@Arg(doc = "above 0", like = "4.TBps") Quantity rate) {
        cells.put("memory_bandwidth_GBps", positive("bandwidth", 0, rate, GBPS));
        said(".accelerator.bandwidthBytesPerSec");
    }

    @Word(
            doc = "dense peaks; a multiply-add counts as 2 operations",
            example = "peaks bf16: 989.TFLOPS, fp8: 1979.TFLOPS")
    public void peaks(
            @Arg(
                            doc = "of 16-bit types",
                            named = true,
                            like = "989.TFLOPS",
                            unsaid = "the base's, or none; needed without a base")
                    @Nullable
                    Quantity bf16,
            @Arg(doc = "of 8-bit floating point", named = true, like = "1979.TFLOPS", unsaid = "the base's, or none")
                    @Nullable
                    Quantity fp8,
            @Arg(doc = "of 8-bit integers", named = true, like = "1979.TFLOPS", unsaid = "the base's, or none")
                    @Nullable
                    Quantity int8,
            @Arg(doc = "of 4-bit floating point", named = true, like = "4000.TFLOPS", unsaid = "the base's, or none")
                    @Nullable
                    Quantity fp4,
            @Arg(doc = "of 4-bit integers", named = true, like = "4000.TFLOPS", unsaid = "the base's, or none")
                    @Nullable
                    Quantity int4) {
        if (bf16 == null && fp8 == null && int8 == null && fp4 == null && int4 == null) {
            throw new Mistake("peaks needs at least one rate", "write, for example, peaks bf16: 989.TFLOPS");
        }
        peak("bf16", "peak_bf16_TFLOPs", "bits16", bf16);
        peak("fp8", "peak_fp8_TFLOPs", "fp8", fp8);
        peak("int8", "peak_int8_TOPs", "int8", int8);
        peak("fp4", "peak_fp4_TFLOPs", "fp4", fp4);
        peak("int4", "peak_int4_TOPs", "int4", int4);
    }

    private void peak(String argument, String column, String field, @Nullable Quantity rate) {
        if (rate != null) {
            if (!(rate.si() > 0)) {
                throw new Mistake("peaks " + argument + ": must be above 0, got " + rate, "", argument);
            }
            cells.put(column, Double.toString(rate.si() / TERA));
            said(".accelerator.peaks." + field + "FlopPerSec");
        }
    }

    @Word(doc = "thermal design power, from which its power in a step follows", example = "tdp 700.W")
    public void tdp(@Arg(doc = "above 0", like = "700.W") Quantity power) {
        cells.put("tdp_W", positive("tdp", 0, power, Units.WATT));
    }

    @Word(doc = "power while no step runs; 11 % of TDP when nobody says it", example = "idle 75.W")
    public void idle(@Arg(doc = "at least 0", like = "75.W") Quantity power) {
        if (power.si() < 0) {
            throw new Mistake("idle must be at least 0, got " + power, "", 0);
        }
        cells.put("idle_W", Double.toString(power.in(Units.WATT)));
        cells.put("idle_basis", "stated");
        said(".accelerator.power.idleWatts");
    }

    @Word(doc = "one direction of the link between devices, and how many it joins", example = "link 450.GBps, joins: 8")
    public void link(
            @Arg(doc = "in one direction, of one device", like = "450.GBps") Quantity oneWay,
            @Arg(doc = "devices that it joins, at least 2", named = true, like = "8") int joins) {
        positive("link", 0, oneWay, GBPS);
        if (joins < 2) {
            throw new Mistake("link joins: must be at least 2, got " + joins, "", "joins");
        }
        cells.put("link_GBps_both_ways", Double.toString(2 * oneWay.in(GBPS)));
        cells.put("link_domain_devices", Integer.toString(joins));
        said(".profile.collectives");
    }

    @Word(
            doc = "one direction of the link between a device and its host, over which swapped KV blocks move",
            example = "hostLink 25.GBps")
    public void hostLink(@Arg(doc = "in one direction", like = "25.GBps") Quantity oneWay) {
        cells.put("host_link_GBps_one_way", positive("hostLink", 0, oneWay, GBPS));
        said(".accelerator.hostLinkBytesPerSec");
    }

    @Word(
            doc = "an analog or optical core: what it costs to turn numbers into signals and back",
            example = "conversion tile: 64, rate: 1e12.perSecond, energy: 2.pJ, latency: 100.ns, loss: 0.01.percent")
    public void conversion(
            @Arg(doc = "rows and columns of weights that one pass multiplies", named = true, like = "64") int tile,
            @Arg(doc = "conversions a second, all converters together", named = true, like = "1000.perSecond")
                    Quantity rate,
            @Arg(doc = "of one conversion, either way", named = true, like = "2.pJ") Quantity energy,
            @Arg(doc = "of one product of a layer", named = true, like = "100.ns") Quantity latency,
            @Arg(
                            doc = "of setting one tile's weights, over the tiles set side by side",
                            named = true,
                            like = "10.ns",
                            unsaid = "it is hidden")
                    @Nullable
                    Quantity load,
            @Arg(
                            doc = "share of quality lost in one product, 4 a layer",
                            named = true,
                            like = "0.01.percent",
                            unsaid = "none")
                    @Nullable
                    Quantity loss) {
        cells.put("conversion_tile", Integer.toString(tile));
        cells.put("conversion_Gps", Double.toString(rate.si() / 1e9));
        cells.put("conversion_pJ", Double.toString(energy.si() * 1e12));
        cells.put("conversion_latency_ns", Double.toString(latency.si() * 1e9));
        cells.put("conversion_load_ns", Double.toString(load == null ? 0 : load.si() * 1e9));
        cells.put("conversion_loss", Double.toString(loss == null ? 0 : loss.si()));
        said(".accelerator.conversion");
    }

    @Word(doc = "devices in one server; the base's, or 8 without a base", example = "devicesPerServer 8")
    public void devicesPerServer(@Arg(doc = "at least 1", like = "8") int count) {
        if (count < 1) {
            throw new Mistake("devicesPerServer must be at least 1, got " + count, "", 0);
        }
        cells.put("devices_per_server", Integer.toString(count));
        said(".server");
    }

    private void said(String path) {
        stated.said(path, pass.guard().place());
    }

    private static String positive(String word, Object argument, Quantity amount, Unit unit) {
        if (!(amount.si() > 0)) {
            throw new Mistake(word + " must be above 0, got " + amount, "", argument);
        }
        return Double.toString(amount.in(unit));
    }

    /** Declares the device; without a value after reporting what is wrong with it, or when its base is wrong. */
    Chosen<Adapted> chosen(Frame frame) {
        int place = pass.guard().place();
        Chosen<Adapted> from = base;
        String source = "hardware '" + name + "' of " + pass.guard().findings().where(place);
        Origins origins = new Origins(pass.guard().findings());
        if (from != null) {
            source += ", from " + from.source();
            origins.addAll("", from.origins());
        }
        origins.said(".accelerator.name", place);
        origins.addAll("", stated);
        Adapted device = frame.sound() && (from == null || from.value() != null) ? checked(frame) : null;
        if (device != null) {
            derived(frame, from == null ? null : from.value(), device, origins);
        }
        return new Chosen<>(name, device, source, origins);
    }

    private @Nullable Adapted checked(Frame frame) {
        int place = pass.guard().place();
        Adapted from = base == null ? null : base.value();
        if (from == null) {
            cells.putIfAbsent("devices_per_server", "8");
        }
        Adapted device = from == null ? new Adapted(name, "", cells) : from.changed(name, cells);
        List<String> missing = pass.shelf().missing(device);
        if (!missing.isEmpty()) {
            pass.guard()
                    .mistake(
                            place,
                            "hardware '" + name + "' has no " + String.join(", no ", missing),
                            from == null
                                    ? "say memory, bandwidth, peaks bf16: and tdp, or start with basedOn 'h100-sxm5-80gb'"
                                    : "nobody published it for '" + from.base() + "': say it here");
            return null;
        }
        AcceleratorSpec spec = pass.guard().attempt(place, () -> pass.shelf().accelerator(device));
        ServerSpec server = pass.guard().attempt(place, () -> pass.shelf().server(device));
        if (spec == null || server == null) {
            return null;
        }
        PowerSpec power = spec.power();
        if (power.idleWatts() > power.ceilingWatts()) {
            pass.guard()
                    .mistake(
                            frame.placeOf("idle", frame.placeOf("tdp", place)),
                            "hardware '" + name + "' draws " + new Quantity(power.idleWatts(), Units.WATT)
                                    + " when idle, more than the " + new Quantity(power.ceilingWatts(), Units.WATT)
                                    + " that it may draw in a step",
                            "a step draws at most 97 % of tdp");
            return null;
        }
        return device;
    }

    /** Says from which words the power of the energy model follows, where it is not the base's. */
    private void derived(Frame frame, @Nullable Adapted from, Adapted device, Origins origins) {
        PowerSpec now = pass.shelf().accelerator(device).power();
        boolean complete = from != null && pass.shelf().missing(from).isEmpty();
        PowerSpec before =
                from != null && complete ? pass.shelf().accelerator(from).power() : null;
        derived(frame, "staticWatts", before, now, PowerSpec::staticWatts, origins, "tdp");
        derived(frame, "ceilingWatts", before, now, PowerSpec::ceilingWatts, origins, "tdp");
        if (frame.lacks("idle")) {
            derived(frame, "idleWatts", before, now, PowerSpec::idleWatts, origins, "tdp");
        }
        derived(frame, "joulesPerFlop16Bit", before, now, PowerSpec::joulesPerFlop16Bit, origins, "tdp", "peaks");
        derived(
                frame,
                "joulesPerMemoryByte",
                before,
                now,
                PowerSpec::joulesPerMemoryByte,
                origins,
                "memory",
                "tdp",
                "bandwidth");
    }

    private void derived(
            Frame frame,
            String field,
            @Nullable PowerSpec before,
            PowerSpec now,
            ToDoubleFunction<PowerSpec> value,
            Origins origins,
            String... words) {
        if (before != null && value.applyAsDouble(before) == value.applyAsDouble(now)) {
            return;
        }
        List<String> from = new ArrayList<>();
        for (String word : words) {
            if (!frame.lacks(word)) {
                from.add(word + ", " + pass.guard().findings().where(frame.placeOf(word, 0)));
            }
        }
        if (!from.isEmpty()) {
            origins.put(".accelerator.power." + field, "the energy model, from " + String.join("; ", from));
        }
    }
}
