package headroom.dsl.catalogue;

import headroom.plan.hardware.ServerSpec;

/**
 * What the box around the devices draws.
 *
 * <p>A data-centre server of 8 devices with a scale-up switch: two processors 450 W, memory 256 W, disks 80 W, two
 * network adapters 50 W (836 W in all), and for each device an adapter of 25 W and 50 W of switches: 1,436 W. Other
 * sizes scale the 836 W with devices / 8, at least half and at most whole of it (a server of up to 4 devices has one
 * processor), and leave the switches out where the devices have no link. Devices that are processors themselves bring
 * their own power; a desktop card sits in 90 W, an edge module on a 5 W board. Idle hosts draw 0.70 of it, fans take 8 %
 * (air), power supplies lose 5 %.
 */
final class ServerRule {
    private static final double REFERENCE_DEVICES = 8;

    private final Constants constants;

    ServerRule(Constants constants) {
        this.constants = constants;
    }

    /**
     * The server.
     *
     * @param linked whether devices have a scale-up link
     * @param joined devices that one such link joins, in this server and beyond
     */
    ServerSpec server(String kind, int devices, boolean linked, int joined) {
        double host = hostWatts(kind, devices, linked);
        return new ServerSpec(
                devices,
                Math.max(devices, joined),
                host,
                constants.value("host_idle_share") * host,
                constants.value("fan_share_air"),
                constants.value("psu_efficiency"));
    }

    private double hostWatts(String kind, int devices, boolean linked) {
        return switch (kind) {
            case "edge" -> constants.value("host_small_board");
            case "consumer-gpu" -> constants.value("host_desktop");
            case "cpu" ->
                constants.value("host_memory") + constants.value("host_disks") + constants.value("host_network_base");
            default -> {
                double box = constants.value("host_processors")
                        + constants.value("host_memory")
                        + constants.value("host_disks")
                        + constants.value("host_network_base");
                double perDevice = constants.value("host_network_per_device")
                        + (linked ? constants.value("host_switch_per_device") : 0);
                yield box * Math.max(0.5, Math.min(1, devices / REFERENCE_DEVICES)) + perDevice * devices;
            }
        };
    }
}
