package headroom.plan.serving;

import headroom.plan.model.AttentionSpec;
import headroom.plan.model.FeedForwardSpec;
import headroom.plan.model.ModelSpec;
import headroom.units.Ranges;

/**
 * What a serving engine makes of a device: the efficiencies and overheads of the step-time model in docs/physics.md,
 * resolved for one device, one number format and one way to spread a replica.
 *
 * @param name for people: serving engine, device family, format
 */
public record ProfileSpec(
        String name,
        Kernels kernels,
        Experts experts,
        Collectives collectives,
        Hop hop,
        Overheads overheads,
        Client client) {
    public ProfileSpec {
        Ranges.named("profile.name", name);
    }

    /**
     * Matrix and attention kernels. MBU and MFU are shares of the device's peak bandwidth and dense peak.
     *
     * @param linearMbu reading the linear layers' weights, in their format
     * @param linearMfu multiplying them
     * @param headMbu reading the LM head, always 16-bit
     * @param headMfu multiplying it
     * @param kvMbu reading the KV cache, and moving states of linear attention
     * @param attentionMfu causal prefill attention of long prompts, against the 16-bit peak
     * @param attentionHalfTokens tokens added to the causal work of each prefill token (short prompts are less efficient)
     * @param latentMfu the decode arithmetic of latent attention
     * @param hiddenPasses passes of two bytes over the hidden vector, a token and layer, that are neither GEMM nor
     *     attention
     * @param scan linear attention of prompts
     */
    public record Kernels(
            double linearMbu,
            double linearMfu,
            double headMbu,
            double headMfu,
            double kvMbu,
            double attentionMfu,
            double attentionHalfTokens,
            double latentMfu,
            double hiddenPasses,
            Scan scan) {
        public Kernels {
            Ranges.fraction("profile.kernels.linearMbu", linearMbu);
            Ranges.fraction("profile.kernels.linearMfu", linearMfu);
            Ranges.fraction("profile.kernels.headMbu", headMbu);
            Ranges.fraction("profile.kernels.headMfu", headMfu);
            Ranges.fraction("profile.kernels.kvMbu", kvMbu);
            Ranges.fraction("profile.kernels.attentionMfu", attentionMfu);
            Ranges.nonNegative("profile.kernels.attentionHalfTokens", attentionHalfTokens);
            Ranges.fraction("profile.kernels.latentMfu", latentMfu);
            Ranges.nonNegative("profile.kernels.hiddenPasses", hiddenPasses);
        }

        /** Kernels of a model without linear attention. */
        public Kernels(
                double linearMbu,
                double linearMfu,
                double headMbu,
                double headMfu,
                double kvMbu,
                double attentionMfu,
                double attentionHalfTokens,
                double latentMfu,
                double hiddenPasses) {
            this(
                    linearMbu,
                    linearMfu,
                    headMbu,
                    headMfu,
                    kvMbu,
                    attentionMfu,
                    attentionHalfTokens,
                    latentMfu,
                    hiddenPasses,
                    new Scan(1, 0));
        }
    }

    /**
     * Scanning a prompt in layers of linear attention, chunk by chunk.
     *
     * @param mfu of many heads and prompts, against the 16-bit peak
     * @param tokenSeconds of a token of one prompt in one layer, however few heads there are
     */
    public record Scan(double mfu, double tokenSeconds) {
        public Scan {
            Ranges.fraction("profile.kernels.scan.mfu", mfu);
            Ranges.nonNegative("profile.kernels.scan.tokenSeconds", tokenSeconds);
        }
    }

    /**
     * Grouped expert kernels; unused by dense models.
     *
     * @param mbu reading expert weights
     * @param mfu multiplying them, before the shard-width factor w / (w + halfWidthColumns)
     * @param paddingRows rows that a kernel's largest tile has empty for each touched expert, half of its rows; an expert with
     *     fewer rows gets a smaller tile
     * @param halfWidthColumns expert columns on one device at which a kernel reaches half of {@code mfu}
     * @param visitCorrelation correlation of two tokens of a step in whether they visit an expert; 0 is uniform routing. Tokens then
     *     touch fewer experts, and one rank is the busiest where experts are spread over ranks whole
     * @param trafficShare share of k (2 hidden + 3 intermediate) two-byte passes a token and MoE layer
     */
    public record Experts(
            double mbu,
            double mfu,
            double paddingRows,
            double halfWidthColumns,
            double visitCorrelation,
            double trafficShare) {
        public Experts {
            Ranges.fraction("profile.experts.mbu", mbu);
            Ranges.fraction("profile.experts.mfu", mfu);
            Ranges.nonNegative("profile.experts.paddingRows", paddingRows);
            Ranges.nonNegative("profile.experts.halfWidthColumns", halfWidthColumns);
            Ranges.between("profile.experts.visitCorrelation", visitCorrelation, 0, 1);
            Ranges.nonNegative("profile.experts.trafficShare", trafficShare);
        }
    }

    /**
     * What devices that share layers send each other; unused by a single device.
     *
     * @param latencySeconds of a small all-reduce over the tensor-parallel group
     * @param twoPassSeconds that one which first adds parts and then gathers them takes longer to start than one in which
     *     each device reads the vectors of all others
     * @param gatherScatterSeconds of gathering few tokens from all ranks of data-parallel attention and scattering the sums
     * @param allToAllSeconds of sending few tokens to the ranks of their experts and the results back
     * @param busBytesPerSec {@code 2 (n-1)/n bytes / time} of a large all-reduce
     */
    public record Collectives(
            double latencySeconds,
            double twoPassSeconds,
            double gatherScatterSeconds,
            double allToAllSeconds,
            double busBytesPerSec) {
        public Collectives {
            Ranges.nonNegative("profile.collectives.latencySeconds", latencySeconds);
            Ranges.nonNegative("profile.collectives.twoPassSeconds", twoPassSeconds);
            Ranges.nonNegative("profile.collectives.gatherScatterSeconds", gatherScatterSeconds);
            Ranges.nonNegative("profile.collectives.allToAllSeconds", allToAllSeconds);
            Ranges.positive("profile.collectives.busBytesPerSec", busBytesPerSec);
        }
    }

    /**
     * Sending hidden vectors from one stage of a pipeline to the next; unused without a pipeline.
     *
     * @param latencySeconds of a small message
     * @param bytesPerSec that one device sends
     */
    public record Hop(double latencySeconds, double bytesPerSec) {
        public Hop {
            Ranges.nonNegative("profile.hop.latencySeconds", latencySeconds);
            Ranges.positive("profile.hop.bytesPerSec", bytesPerSec);
        }
    }

    /**
     * Kernel floors and host time, in seconds.
     *
     * @param perIndexerLayerSeconds of the kernels that a layer with an indexer launches beyond those of latent attention
     * @param perQuantizedProductSeconds of the kernel that brings the inputs of a linear product to the number format in which
     *     it is multiplied; 0 where it is multiplied as it is, or another kernel does it on the way
     * @param perQueryKeyNormSeconds of the kernels that normalise queries and keys in a layer
     * @param perPrefillLayerSeconds of the host to launch the kernels of a layer in a step with prompts, where no CUDA graph does;
     *     the layers take no less
     * @param perDecodeLayerSeconds the same in a step without prompts: 0 where CUDA graphs launch it
     */
    public record Overheads(
            double perStepSeconds,
            double perSequenceSeconds,
            double perPrefillStepSeconds,
            double perPrefillSequenceSeconds,
            double perLayerSeconds,
            double perMoeLayerSeconds,
            double perLatentLayerSeconds,
            double perIndexerLayerSeconds,
            double perQuantizedProductSeconds,
            double perQueryKeyNormSeconds,
            double perPrefillLayerSeconds,
            double perDecodeLayerSeconds) {
        private static final int ATTENTION_PRODUCTS = 2;
        private static final int LATENT_ATTENTION_PRODUCTS = 3;
        private static final int FEED_FORWARD_PRODUCTS = 2;

        public Overheads {
            Ranges.nonNegative("profile.overheads.perStepSeconds", perStepSeconds);
            Ranges.nonNegative("profile.overheads.perSequenceSeconds", perSequenceSeconds);
            Ranges.nonNegative("profile.overheads.perPrefillStepSeconds", perPrefillStepSeconds);
            Ranges.nonNegative("profile.overheads.perPrefillSequenceSeconds", perPrefillSequenceSeconds);
            Ranges.nonNegative("profile.overheads.perLayerSeconds", perLayerSeconds);
            Ranges.nonNegative("profile.overheads.perMoeLayerSeconds", perMoeLayerSeconds);
            Ranges.nonNegative("profile.overheads.perLatentLayerSeconds", perLatentLayerSeconds);
            Ranges.nonNegative("profile.overheads.perIndexerLayerSeconds", perIndexerLayerSeconds);
            Ranges.nonNegative("profile.overheads.perQuantizedProductSeconds", perQuantizedProductSeconds);
            Ranges.nonNegative("profile.overheads.perQueryKeyNormSeconds", perQueryKeyNormSeconds);
            Ranges.nonNegative("profile.overheads.perPrefillLayerSeconds", perPrefillLayerSeconds);
            Ranges.nonNegative("profile.overheads.perDecodeLayerSeconds", perDecodeLayerSeconds);
        }

        /** Seconds that all layers of {@code model} take once a step, whatever is in it. */
        public double floorSeconds(ModelSpec model) {
            double seconds = model.layers() * perLayerSeconds + linearProducts(model) * perQuantizedProductSeconds;
            if (model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe) {
                seconds += moe.moeLayers() * perMoeLayerSeconds;
            }
            if (model.attention() instanceof AttentionSpec.Latent) {
                seconds += model.layers() * perLatentLayerSeconds;
            }
            if (AttentionSpec.indexer(model.attention()) != null) {
                seconds += model.layers() * perIndexerLayerSeconds;
            }
            return model.queryKeyNorm() ? seconds + model.attendingLayers() * perQueryKeyNormSeconds : seconds;
        }

        /**
         * Products with weights of the linear format that need inputs in it: into and out of attention (queries from their
         * latent, too), and into and out of each dense block and all shared experts together. Routed experts are not among
         * them: {@code perMoeLayerSeconds} has theirs.
         */
        private static int linearProducts(ModelSpec model) {
            boolean latent = model.attention() instanceof AttentionSpec.Latent;
            int attention = model.layers() * (latent ? LATENT_ATTENTION_PRODUCTS : ATTENTION_PRODUCTS);
            int blocks = model.layers();
            if (model.feedForward() instanceof FeedForwardSpec.MixtureOfExperts moe) {
                int dense = moe.denseIntermediate() > 0 ? model.layers() - moe.moeLayers() : 0;
                blocks = dense + (moe.sharedExperts() > 0 ? moe.moeLayers() : 0);
            }
            return attention + FEED_FORWARD_PRODUCTS * blocks;
        }

        /** Overheads of a model without indexers in 16 bits, all of whose kernels are launched in time. */
        public Overheads(
                double perStepSeconds,
                double perSequenceSeconds,
                double perPrefillStepSeconds,
                double perPrefillSequenceSeconds,
                double perLayerSeconds,
                double perMoeLayerSeconds,
                double perLatentLayerSeconds) {
            this(
                    perStepSeconds,
                    perSequenceSeconds,
                    perPrefillStepSeconds,
                    perPrefillSequenceSeconds,
                    perLayerSeconds,
                    perMoeLayerSeconds,
                    perLatentLayerSeconds,
                    0,
                    0,
                    0,
                    0,
                    0);
        }
    }

    /**
     * HTTP and tokenising, seen by the client only: added to TTFT and E2E, it delays nobody else.
     *
     * @param perRequestSeconds of any request
     * @param perPromptTokenSeconds of each prompt token
     */
    public record Client(double perRequestSeconds, double perPromptTokenSeconds) {
        public Client {
            Ranges.nonNegative("profile.client.perRequestSeconds", perRequestSeconds);
            Ranges.nonNegative("profile.client.perPromptTokenSeconds", perPromptTokenSeconds);
        }
    }
}
