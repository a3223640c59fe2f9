package headroom.plan.serving;

import headroom.units.Ranges;

/**
 * What makes a deployment a prefill pool: it only prefills, makes the first token, and hands it and the KV cache over a link
 * that all its replicas share to the replicas that decode and deliver.
 *
 * @param to name of the deployment that decodes; its traffic comes here first
 * @param linkBytesPerSec rate of the link
 * @param linkLatencySeconds time from the last byte sent until the decoding replica has it
 */
public record HandoverSpec(String to, double linkBytesPerSec, double linkLatencySeconds) {
    public HandoverSpec {
        Ranges.named("handover.to", to);
        Ranges.positive("handover.linkBytesPerSec", linkBytesPerSec);
        Ranges.nonNegative("handover.linkLatencySeconds", linkLatencySeconds);
    }
}
