package headroom.plan.serving;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.QuantizationSpec;

/** What deployments of any kind have in common: where they are, on what, how many copies, and whom they turn away. */
public sealed interface Deployed permits DeploymentSpec, FixedDeploymentSpec {
    /** The name by which routes and results call it. */
    String name();

    /** Name of its model. */
    String modelName();

    /** Name of the site whose devices it uses. */
    String site();

    /** The device. */
    AcceleratorSpec accelerator();

    /** The box around the devices. */
    ServerSpec server();

    /** Number formats of its weights. */
    QuantizationSpec quantization();

    /** Independent copies. */
    int replicas();

    /** Devices of one copy. */
    int devicesPerReplica();

    /** Requests, or sequences, that one step may hold. */
    int largestBatch();

    /** How many requests may wait at one replica, and how long. */
    AdmissionSpec admission();

    /** Devices of all replicas. */
    default int devices() {
        return devicesPerReplica() * replicas();
    }
}
