package headroom.dsl.catalogue;

import headroom.plan.model.QuantizationSpec.Weights;
import headroom.plan.serving.ProfileSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measured shares of peak bandwidth and peak arithmetic of matrix kernels, and measured all-reduces: rows of the device
 * under the serving engine's own kernels, else the other engine's, else the stated defaults. It remembers what it gave
 * out.
 */
final class MeasuredKernels {
    private static final double DEFAULT_MEMORY_SHARE = 0.78;
    private static final double DEFAULT_SHARE_16_BIT = 0.70;
    private static final double DEFAULT_SHARE_8_BIT = 0.55;
    private static final double DEFAULT_SHARE_4_BIT = 0.40;
    private static final double DEFAULT_LATENCY_SECONDS = 8e-6;
    private static final double DEFAULT_GATHER_SCATTER_SECONDS = 37e-6;
    private static final double DEFAULT_LINK_SHARE = 0.7;
    private static final double PCIE_BYTES_PER_SEC = 15e9;
    private static final double NETWORK_BYTES_PER_SEC = 50e9;
    private static final double NETWORK_LATENCY_SECONDS = 20e-6;
    private static final double ABOVE_8_BIT = 12;
    private static final double ABOVE_4_BIT = 6;

    private final KeyedRows efficiencies;
    private final KeyedRows allReduces;
    private final List<String> engines;
    private final Device device;
    private final List<Fact> used = new ArrayList<>();

    MeasuredKernels(KeyedRows efficiencies, KeyedRows allReduces, String kernelsOf, Device device) {
        this.efficiencies = efficiencies;
        this.allReduces = allReduces;
        this.engines = kernelsOf.equals("vllm") ? List.of("vllm", "tensorrt-llm") : List.of("tensorrt-llm", "vllm");
        this.device = device;
    }

    /** Whether the weights are read as 16-bit numbers, 8-bit ones or smaller. */
    static int weightClass(Weights weights) {
        return weights.bits() > ABOVE_8_BIT ? 16 : weights.bits() > ABOVE_4_BIT ? 8 : 4;
    }

    /** Share of peak bandwidth at which bf16 weights are read: the mean at 1 and 8 tokens. */
    double memoryShare() {
        return share("memory_share", List.of("bf16"), DEFAULT_MEMORY_SHARE, "share of bandwidth");
    }

    /** Share of the dense peak of the type that {@code weights} multiply in: the mean from 1,024 to 8,192 tokens. */
    double arithmeticShare(Weights weights, boolean blockScaled) {
        List<String> formats = formats(weights, blockScaled);
        double fallback = switch (weights.multiplyType()) {
            case FP8, INT8 -> DEFAULT_SHARE_8_BIT;
            case FP4, INT4 -> DEFAULT_SHARE_4_BIT;
            case BF16, FP16, FP32 -> DEFAULT_SHARE_16_BIT;
        };
        return share("arithmetic_share", formats, fallback, "share of peak");
    }

    /** Seconds of a small all-reduce over {@code devices}, launched from a CUDA graph. */
    double latencySeconds(int devices) {
        Row row = allReduce(devices);
        double seconds = row == null ? DEFAULT_LATENCY_SECONDS : row.needed("latency_us") * 1e-6;
        used.add(Fact.of("all-reduce latency", seconds * 1e6, "us", row == null ? "default" : origin(row, devices)));
        return seconds;
    }

    /** Seconds of gathering few tokens from {@code devices} and scattering the sums. */
    double gatherScatterSeconds(int devices) {
        Row row = collectives(devices);
        Double micros = row == null ? null : row.number("gather_scatter_us");
        double seconds = micros == null ? DEFAULT_GATHER_SCATTER_SECONDS : micros * 1e-6;
        String origin = row == null || micros == null ? "default" : origin(row);
        used.add(Fact.of("gather and scatter latency", seconds * 1e6, "us", origin));
        return seconds;
    }

    /** Bus bandwidth of a large all-reduce over {@code devices}. */
    double busBytesPerSec(int devices) {
        Row row = allReduce(devices);
        Double link = device.linkBytesPerSec();
        double bytes;
        String origin;
        if (row != null) {
            bytes = row.needed("bus_GBps") * 1e9 * device.linkOverMeasured();
            origin = origin(row, devices) + (device.linkOverMeasured() == 1 ? "" : ", scaled by the link");
        } else if (link != null) {
            bytes = DEFAULT_LINK_SHARE * link;
            origin = "default: 0.7 of one direction of the link";
        } else {
            bytes = PCIE_BYTES_PER_SEC;
            origin = "default: PCIe";
        }
        used.add(Fact.of("all-reduce bus bandwidth", bytes / 1e9, "GB/s", origin));
        return bytes;
    }

    /**
     * From one stage of a pipeline to the next: nobody has measured one, so the defaults of the all-reduces, or a port of
     * 400 Gb/s a device between servers.
     */
    ProfileSpec.Hop hop() {
        Double link = device.linkBytesPerSec();
        double seconds = DEFAULT_LATENCY_SECONDS;
        double bytes = PCIE_BYTES_PER_SEC;
        String origin = "default: PCIe";
        if (device.hop() == Device.Hop.NETWORK) {
            seconds = NETWORK_LATENCY_SECONDS;
            bytes = DEFAULT_LINK_SHARE * NETWORK_BYTES_PER_SEC;
            origin = "default between servers: 0.7 of one 400 Gb/s port a device";
        } else if (device.hop() == Device.Hop.LINK && link != null) {
            bytes = DEFAULT_LINK_SHARE * link;
            origin = "default: 0.7 of one direction of the link";
        }
        used.add(Fact.of("hop between stages", bytes / 1e9, "GB/s", origin));
        return new ProfileSpec.Hop(seconds, bytes);
    }

    /** What it gave out so far, in order. */
    List<Fact> used() {
        return List.copyOf(used);
    }

    private static List<String> formats(Weights weights, boolean blockScaled) {
        return switch (weights.multiplyType()) {
            case FP8 -> blockScaled ? List.of("fp8-block", "fp8") : List.of("fp8");
            case INT8 -> List.of("int8");
            case FP4, INT4 -> List.of("nvfp4");
            case BF16, FP16, FP32 ->
                switch (weightClass(weights)) {
                    case 16 -> List.of("bf16");
                    case 8 -> List.of("int8-weight-only", "bf16");
                    default -> List.of("int4-weight-only", "bf16");
                };
        };
    }

    private double share(String column, List<String> formats, double fallback, String label) {
        for (String format : formats) {
            for (String engine : engines) {
                Row row = efficiencies.find(device.efficiencyAs(), engine, format);
                if (row != null) {
                    used.add(Fact.of(label + ", " + format + " kernels", row.needed(column), "", origin(row)));
                    return row.needed(column);
                }
            }
        }
        String wanted = label + ", " + formats.get(0) + " kernels";
        used.add(Fact.of(wanted, fallback, "", "default: no measured kernels of this device or its family"));
        return fallback;
    }

    /** That of so many devices; where one link joins more than anybody measured, of the most that somebody did. */
    private @Nullable Row allReduce(int devices) {
        Row row = collectives(devices);
        for (int fewer = devices - 1; row == null && fewer > 1 && device.linkBytesPerSec() != null; fewer--) {
            row = collectives(fewer);
        }
        return row;
    }

    private @Nullable Row collectives(int devices) {
        for (String engine : engines) {
            Row row = allReduces.find(device.collectivesAs(), engine, String.valueOf(devices));
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    private String origin(Row row, int devices) {
        String measured = row.text("devices");
        return origin(row)
                + (measured.equals(String.valueOf(devices)) ? "" : ", " + measured + " devices, not " + devices);
    }

    private String origin(Row row) {
        return row.text("measured_with") + " on " + row.text("device")
                + (row.text("device").equals(device.name()) ? "" : ", the nearest device measured") + ": "
                + row.source();
    }
}
