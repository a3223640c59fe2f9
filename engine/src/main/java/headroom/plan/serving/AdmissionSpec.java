package headroom.plan.serving;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * From when on requests are admitted to batches, and how many may wait for that at one replica, and how long.
 *
 * @param queueLimit requests that may wait; one more is rejected on arrival; null: any number
 * @param timeoutSeconds a request that has waited this long leaves without an answer; null: it waits for ever
 * @param startUpSeconds time from the start of the run until replicas admit anybody, 0 or more: they load weights, or compile
 *     kernels that are needed for the first time. Requests wait meanwhile, and devices are idle
 */
public record AdmissionSpec(
        @Nullable Integer queueLimit, @Nullable Double timeoutSeconds, double startUpSeconds) {
    /** Nobody is turned away, and all is ready when the run starts. */
    public static final AdmissionSpec OPEN = new AdmissionSpec(null, null, 0);

    public AdmissionSpec {
        if (queueLimit != null) {
            Ranges.atLeast("admission.queueLimit", queueLimit, 1);
        }
        if (timeoutSeconds != null) {
            Ranges.positive("admission.timeoutSeconds", timeoutSeconds);
        }
        Ranges.nonNegative("admission.startUpSeconds", startUpSeconds);
    }
}
