package headroom.plan.serving;

import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.plan.model.ModelSpec;
import headroom.plan.model.QuantizationSpec;
import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * One model, in one number format, on one kind of device at one site.
 *
 * @param site name of the site whose devices it uses
 * @param parallelism how each replica is spread over its devices
 * @param replicas independent copies
 * @param handover to whom and how it hands on what it has prefilled; null when it decodes itself
 */
public record DeploymentSpec(
        String name,
        ModelSpec model,
        QuantizationSpec quantization,
        String site,
        AcceleratorSpec accelerator,
        ServerSpec server,
        ParallelismSpec parallelism,
        int replicas,
        BatchingSpec batching,
        KvCacheSpec kvCache,
        AdmissionSpec admission,
        ProfileSpec profile,
        @Nullable HandoverSpec handover) {
    public DeploymentSpec {
        Ranges.named("deployment.name", name);
        Ranges.named("deployment.site", site);
        Ranges.atLeast("deployment.replicas", replicas, 1);
    }

    /** The same deployment spread otherwise. */
    public DeploymentSpec with(ParallelismSpec other) {
        return new DeploymentSpec(
                name,
                model,
                quantization,
                site,
                accelerator,
                server,
                other,
                replicas,
                batching,
                kvCache,
                admission,
                profile,
                handover);
    }

    /** A deployment that decodes what it prefills. */
    public DeploymentSpec(
            String name,
            ModelSpec model,
            QuantizationSpec quantization,
            String site,
            AcceleratorSpec accelerator,
            ServerSpec server,
            ParallelismSpec parallelism,
            int replicas,
            BatchingSpec batching,
            KvCacheSpec kvCache,
            AdmissionSpec admission,
            ProfileSpec profile) {
        this(
                name,
                model,
                quantization,
                site,
                accelerator,
                server,
                parallelism,
                replicas,
                batching,
                kvCache,
                admission,
                profile,
                null);
    }

    /** The same deployment on another device. */
    public DeploymentSpec with(AcceleratorSpec other) {
        return new DeploymentSpec(
                name,
                model,
                quantization,
                site,
                other,
                server,
                parallelism,
                replicas,
                batching,
                kvCache,
                admission,
                profile,
                handover);
    }

    /** A deployment that turns nobody away. */
    public DeploymentSpec(
            String name,
            ModelSpec model,
            QuantizationSpec quantization,
            String site,
            AcceleratorSpec accelerator,
            ServerSpec server,
            ParallelismSpec parallelism,
            int replicas,
            BatchingSpec batching,
            KvCacheSpec kvCache,
            ProfileSpec profile) {
        this(
                name,
                model,
                quantization,
                site,
                accelerator,
                server,
                parallelism,
                replicas,
                batching,
                kvCache,
                AdmissionSpec.OPEN,
                profile);
    }

    /** Devices of all replicas. */
    public int devices() {
        return parallelism.devices() * replicas;
    }
}
