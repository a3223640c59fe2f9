package headroom.dsl.catalogue;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ConversionSpec;
import headroom.plan.hardware.Peaks;
import headroom.plan.hardware.PowerSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.serving.ParallelismSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A device and the server it is sold in. */
public final class HardwareEntry implements Entry {
    private static final double TERA = 1e12;
    private static final double GIGA = 1e9;
    private static final String GRACE = "Grace";

    private static final Columns COLUMNS = new Columns()
            .with("vendor", "vendor")
            .with("kind", "kind")
            .with("family", "family")
            .with("year", "year")
            .with("memory_GB", "memory, as sold", "GB")
            .with("simulated_memory_GB", "memory, as simulated", "GB")
            .with("simulated_memory_basis", "memory, as simulated, from")
            .with("memory_type", "memory type")
            .with("memory_bandwidth_GBps", "memory bandwidth", "GB/s")
            .with("on_chip_memory_MB", "on-chip memory", "MB")
            .with("peak_fp32_TFLOPs", "dense peak fp32", "TFLOP/s")
            .with("peak_tf32_TFLOPs", "dense peak tf32", "TFLOP/s")
            .with("peak_fp16_TFLOPs", "dense peak fp16", "TFLOP/s")
            .with("peak_bf16_TFLOPs", "dense peak bf16", "TFLOP/s")
            .with("peak_fp8_TFLOPs", "dense peak fp8", "TFLOP/s")
            .with("peak_int8_TOPs", "dense peak int8", "TOP/s")
            .with("peak_fp4_TFLOPs", "dense peak fp4", "TFLOP/s")
            .with("peak_int4_TOPs", "dense peak int4", "TOP/s")
            .with("tdp_W", "TDP", "W")
            .with("idle_W", "idle power", "W")
            .with("idle_basis", "idle power from")
            .with("link_type", "scale-up link")
            .with("link_GBps_both_ways", "scale-up link, both directions", "GB/s")
            .with("link_domain_devices", "devices on the link")
            .with("pcie_generation", "PCIe generation")
            .with("pcie_lanes", "PCIe lanes")
            .with("pcie_GBps_one_way", "PCIe, one direction", "GB/s")
            .with("host_link_type", "host link")
            .with("host_link_GBps_one_way", "host link, one direction", "GB/s")
            .with("host_processor", "host processor")
            .with("devices_per_server", "devices in a server")
            .with("server_overhead_max_W", "server beyond devices, rated", "W")
            .with("server_overhead_typical_W", "server beyond devices, typical", "W")
            .with("price_device_USD", "price of a device", "USD")
            .with("price_server_USD", "price of a server", "USD")
            .with("price_basis", "price from")
            .with("conversion_tile", "analog tile, rows and columns")
            .with("conversion_Gps", "conversions", "1e9/s")
            .with("conversion_pJ", "energy of a conversion", "pJ")
            .with("conversion_latency_ns", "latency of an analog product", "ns")
            .with("conversion_load_ns", "setting a tile's weights", "ns")
            .with("conversion_loss", "quality lost in a product", "share")
            .with("notes", "notes");

    private final Row row;
    private final PowerRule powerRule;
    private final ServerRule serverRule;
    private final @Nullable HardwareEntry energyParent;
    private final double linkOverMeasured;

    HardwareEntry(Row row, Constants constants, @Nullable HardwareEntry energyParent) {
        this(row, new PowerRule(constants), new ServerRule(constants), energyParent, 1);
    }

    private HardwareEntry(
            Row row,
            PowerRule powerRule,
            ServerRule serverRule,
            @Nullable HardwareEntry energyParent,
            double linkOverMeasured) {
        this.row = row;
        this.powerRule = powerRule;
        this.serverRule = serverRule;
        this.energyParent = energyParent;
        this.linkOverMeasured = linkOverMeasured;
    }

    /** This device under another name, with other values by the columns of the table. */
    HardwareEntry changed(String name, Map<String, String> cells) {
        Row other = row.with(name, cells);
        Double before = row.number("link_GBps_both_ways");
        Double now = other.number("link_GBps_both_ways");
        if (now != null && before == null) {
            other = other.with(name, Map.of("collectives_as", ""));
        }
        double ratio = now == null || before == null ? 1 : now / before;
        return new HardwareEntry(other, powerRule, serverRule, energyParent, ratio);
    }

    /**
     * The device as a plan holds it: memory as the driver reports it where that is known, dense peaks, and power by the
     * rule of the energy model.
     *
     * @throws UnusableEntryException naming every fact that is missing
     */
    public AcceleratorSpec accelerator() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new UnusableEntryException(
                    Kind.HARDWARE,
                    name(),
                    "the catalogue holds no " + String.join(", no ", missing)
                            + " for it; choose another device (headroom catalog hardware lists them)");
        }
        return new AcceleratorSpec(
                name(),
                known(memoryBytes()),
                known(bandwidthBytesPerSec()),
                peaks(),
                hostLinkBytesPerSec(),
                powerRule.power(powerInput()),
                conversion());
    }

    /**
     * The server it is sold in: as many devices as usual, air-cooled.
     *
     * @throws UnusableEntryException when nobody published how many devices a server holds
     */
    public ServerSpec server() {
        if (!row.has("devices_per_server")) {
            throw new UnusableEntryException(
                    Kind.HARDWARE, name(), "nobody published how many devices a server of it holds");
        }
        return server(row.whole("devices_per_server"));
    }

    /**
     * A server with {@code accelerators} of these devices. The host of an 8-device server with a scale-up switch draws
     * 1,436 W (836 W for the box and 75 W a device) and 1,000 W idle; of 836 W smaller boxes take the share
     * accelerators / 8, at least half; without a scale-up link a device adds 25 W. Desktop cards sit in 90 W, edge
     * modules on a 5 W board. Fans 8 % (air), power supplies 95 %.
     */
    public ServerSpec server(int accelerators) {
        boolean linked = row.has("link_GBps_both_ways");
        int joined = linked && row.has("link_domain_devices") ? row.whole("link_domain_devices") : 1;
        return serverRule.server(row.text("kind"), accelerators, linked, joined);
    }

    /** What {@link #accelerator()} needs and the catalogue does not hold; empty when the device can be simulated. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        requirePositive(memoryBytes(), "memory", missing);
        requirePositive(bandwidthBytesPerSec(), "memory bandwidth", missing);
        requirePositive(peak16FlopPerSec(), "16-bit peak", missing);
        requirePositive(tdpWatts(), "power (TDP)", missing);
        return missing;
    }

    /** Memory in bytes, or null when not known. */
    public @Nullable Double memoryBytes() {
        return row.scaled("simulated_memory_GB", GIGA);
    }

    /** Peak memory bandwidth, or null when not known. */
    public @Nullable Double bandwidthBytesPerSec() {
        return row.scaled("memory_bandwidth_GBps", GIGA);
    }

    /** One direction of the link to the host, or null when not known. */
    public @Nullable Double hostLinkBytesPerSec() {
        return row.scaled("host_link_GBps_one_way", GIGA);
    }

    /** Dense bf16 peak, else fp16 peak, or null when neither is known. */
    public @Nullable Double peak16FlopPerSec() {
        return row.scaled(row.has("peak_bf16_TFLOPs") ? "peak_bf16_TFLOPs" : "peak_fp16_TFLOPs", TERA);
    }

    /** Dense fp8 peak, or null when the device has no fp8 unit. */
    public @Nullable Double peakFp8FlopPerSec() {
        return row.scaled("peak_fp8_TFLOPs", TERA);
    }

    /** Thermal design power, or null when not known. */
    public @Nullable Double tdpWatts() {
        return row.number("tdp_W");
    }

    /** Generation, as profiles name it: {@code hopper}, {@code cdna3}, ... */
    public String family() {
        return row.text("family");
    }

    /** What the profile of a replica spread over them needs to know. */
    Device device(ParallelismSpec parallelism) {
        Double fp8 = peakFp8FlopPerSec();
        Double bits16 = peak16FlopPerSec();
        return new Device(
                name(),
                family(),
                row.text("efficiency_as"),
                row.text("collectives_as"),
                linkBytesPerSec(parallelism.tensorParallel()),
                hop(parallelism.devices()),
                linkOverMeasured,
                row.text("host_processor").equals(GRACE),
                fp8 == null || bits16 == null ? null : (Double) (fp8 / bits16));
    }

    private Device.Hop hop(int devices) {
        if (linkBytesPerSec(devices) != null) {
            return Device.Hop.LINK;
        }
        boolean together = row.has("devices_per_server") && devices <= server().accelerators();
        return devices == 1 || together ? Device.Hop.PCIE : Device.Hop.NETWORK;
    }

    /** One direction of the scale-up link between {@code devices} devices, or null when no link joins that many. */
    private @Nullable Double linkBytesPerSec(int devices) {
        boolean joined = row.has("link_domain_devices") && devices <= row.whole("link_domain_devices");
        return joined ? row.scaled("link_GBps_both_ways", GIGA / 2) : null;
    }

    /** Known even of one that a script describes by itself, which has no source to cite. */
    @Override
    public String name() {
        return row.name();
    }

    @Override
    public Citation citation() {
        return row.citation();
    }

    /** Published facts first, then the derived power and server numbers with their rules. */
    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(COLUMNS.facts(row));
        if (missing().isEmpty()) {
            PowerSpec power = accelerator().power();
            facts.addAll(powerRule.facts(powerInput(), power));
        } else {
            facts.add(new Fact("cannot be simulated", "no " + String.join(", no ", missing()), "", ""));
        }
        if (row.has("devices_per_server")) {
            facts.add(Fact.of("host power", server().hostWatts(), "W", "typical part values, scaled by devices"));
        }
        return List.copyOf(facts);
    }

    Row row() {
        return row;
    }

    private Peaks peaks() {
        return new Peaks(
                known(peak16FlopPerSec()),
                peakFp8FlopPerSec(),
                row.scaled("peak_int8_TOPs", TERA),
                row.scaled("peak_fp4_TFLOPs", TERA),
                row.scaled("peak_int4_TOPs", TERA));
    }

    private @Nullable ConversionSpec conversion() {
        if (!row.has("conversion_tile")) {
            return null;
        }
        return new ConversionSpec(
                row.whole("conversion_tile"),
                row.needed("conversion_Gps") * GIGA,
                row.needed("conversion_pJ") * 1e-12,
                row.needed("conversion_latency_ns") * 1e-9,
                row.needed("conversion_load_ns") * 1e-9,
                row.needed("conversion_loss"));
    }

    private PowerRule.Input powerInput() {
        HardwareEntry parent = energyParent;
        return new PowerRule.Input(
                known(tdpWatts()),
                row.number("idle_W"),
                known(peak16FlopPerSec()),
                known(bandwidthBytesPerSec()),
                row.text("memory_type").startsWith("HBM"),
                parent == null
                        ? null
                        : powerRule.joulesPerFlop(known(parent.tdpWatts()), known(parent.peak16FlopPerSec())));
    }

    private static void requirePositive(@Nullable Double value, String label, List<String> missing) {
        if (value == null || value <= 0) {
            missing.add(label);
        }
    }

    private static double known(@Nullable Double value) {
        return Objects.requireNonNull(value);
    }
}
