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
 * @param speculative who drafts tokens for its steps to verify; null: nobody, one token a step
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
        @Nullable SpeculativeSpec speculative,
        @Nullable HandoverSpec handover)
        implements Deployed {
    public DeploymentSpec {
        Ranges.named("deployment.name", name);
        Ranges.named("deployment.site", site);
        Ranges.atLeast("deployment.replicas", replicas, 1);
    }

    /** The same deployment spread otherwise. */
    public DeploymentSpec with(ParallelismSpec other) {
        return with(accelerator, other, replicas, batching, profile, speculative, handover);
    }

    /** The same deployment on another device. */
    public DeploymentSpec with(AcceleratorSpec other) {
        return with(other, parallelism, replicas, batching, profile, speculative, handover);
    }

    /** The same deployment with another profile. */
    public DeploymentSpec with(ProfileSpec other) {
        return with(accelerator, parallelism, replicas, batching, other, speculative, handover);
    }

    /** The same deployment with drafts to verify, or without. */
    public DeploymentSpec with(@Nullable SpeculativeSpec other) {
        return with(accelerator, parallelism, replicas, batching, profile, other, handover);
    }

    /** The same deployment of another size. */
    public DeploymentSpec with(int otherReplicas, BatchingSpec otherBatching) {
        return with(accelerator, parallelism, otherReplicas, otherBatching, profile, speculative, handover);
    }

    /**
     * The same prefill pool over a link of another rate.
     *
     * @throws IllegalArgumentException when it hands nothing over
     */
    public DeploymentSpec overLinkOf(double bytesPerSec) {
        if (handover == null) {
            throw new IllegalArgumentException("deployment '" + name + "' hands no KV caches over");
        }
        HandoverSpec other = new HandoverSpec(handover.to(), bytesPerSec, handover.linkLatencySeconds());
        return with(accelerator, parallelism, replicas, batching, profile, speculative, other);
    }

    /** The one place that copies the rest, so that no copy forgets a part. */
    private DeploymentSpec with(
            AcceleratorSpec device,
            ParallelismSpec spread,
            int copies,
            BatchingSpec steps,
            ProfileSpec constants,
            @Nullable SpeculativeSpec drafts,
            @Nullable HandoverSpec link) {
        return new DeploymentSpec(
                name,
                model,
                quantization,
                site,
                device,
                server,
                spread,
                copies,
                steps,
                kvCache,
                admission,
                constants,
                drafts,
                link);
    }

    /** One pass of its draft as a deployment that decodes plainly: the small model, or the model itself for its heads. */
    public DeploymentSpec asDraft(ProfileSpec ofPass) {
        DraftSpec.Small small =
                speculative != null && speculative.draft() instanceof DraftSpec.Small draft ? draft : null;
        return new DeploymentSpec(
                name,
                small == null ? model : small.model(),
                small == null ? quantization : small.quantization(),
                site,
                accelerator,
                server,
                parallelism,
                replicas,
                batching,
                kvCache,
                admission,
                ofPass,
                null,
                null);
    }

    /** Tokens that a step computes for each decoding sequence: its last one, and those that are drafted. */
    public int tokensPerSequence() {
        return 1 + draftedTokens();
    }

    /** Tokens drafted for each decoding sequence and step. */
    public int draftedTokens() {
        return speculative == null ? 0 : speculative.tokens();
    }

    /** The longest prompt plus answer that the model, and its draft, can attend to. */
    public int contextLimitTokens() {
        return speculative != null && speculative.draft() instanceof DraftSpec.Small small
                ? Math.min(model.contextLimitTokens(), small.model().contextLimitTokens())
                : model.contextLimitTokens();
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
            ProfileSpec profile,
            @Nullable SpeculativeSpec speculative) {
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
                speculative,
                null);
    }

    /** A deployment that decodes plainly what it prefills. */
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

    @Override
    public String modelName() {
        return model.name();
    }

    @Override
    public int devicesPerReplica() {
        return parallelism.devices();
    }

    @Override
    public int largestBatch() {
        return batching.maxSequences();
    }
}
