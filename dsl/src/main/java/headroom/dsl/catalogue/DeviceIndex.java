package headroom.dsl.catalogue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds devices also by names as benchmarks and vendors write them: {@code NVIDIA L40S}, {@code AMD Instinct MI325X 256GB
 * HBM3e}, {@code L4-PCIe-24GB}. Words beside the device's own name change nothing; a memory size that is not the row's, or
 * a form that the device is also sold in, is another device.
 */
final class DeviceIndex {
    private static final Pattern BESIDE = Pattern.compile(
            "(?i)(?<![a-z0-9])(nvidia|geforce|tesla|amd|instinct|intel(\\(r\\))?|habana|gpu|oam|hbm\\d\\w*|gddr\\d\\w*"
                    + "|grace[- ]hopper superchip)(?![a-z0-9])");
    private static final Pattern MEMORY = Pattern.compile("(?i)[-_ ](\\d+) ?G(i?B)?(?![a-z0-9])");
    private static final Pattern CARD = Pattern.compile("(?i)[-_ ]PCIe$");

    /** How far a stated memory size may be from the row's: 180 GB are sold as 192, 270 as 288. */
    private static final double MEMORY_SHARE = 0.1;

    private final NameIndex names;

    DeviceIndex(List<Row> rows) {
        this.names = new NameIndex(rows);
    }

    NameIndex names() {
        return names;
    }

    @Nullable
    Row find(String name) {
        Row exact = names.find(name);
        if (exact != null) {
            return exact;
        }
        String bare = BESIDE.matcher(name).replaceAll(" ").strip();
        Row row = names.find(bare);
        if (row != null || bare.isEmpty()) {
            return row;
        }
        Matcher memory = MEMORY.matcher(bare);
        boolean sized = memory.find();
        String stem = sized ? memory.replaceFirst(" ").strip() : bare;
        Row found = names.find(stem);
        if (found == null) {
            Row card = names.find(CARD.matcher(stem).replaceFirst(""));
            found = card != null && card.text("link_type").startsWith("none") ? card : null;
        }
        return found != null && (!sized || holds(found, Integer.parseInt(memory.group(1)))) ? found : null;
    }

    private static boolean holds(Row row, int gigabytes) {
        double own = row.needed("memory_GB");
        return Math.abs(gigabytes - own) <= MEMORY_SHARE * own;
    }
}
