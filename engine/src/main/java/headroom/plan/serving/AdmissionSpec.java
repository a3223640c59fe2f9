package headroom.plan.serving;

import headroom.units.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may wait at one replica, and how long, before they are admitted to a batch for the first time.
 *
 * @param queueLimit requests that may wait; one more is rejected on arrival; null: any number
 * @param timeoutSeconds a request that has waited this long leaves without an answer; null: it waits for ever
 */
public record AdmissionSpec(
        @Nullable Integer queueLimit, @Nullable Double timeoutSeconds) {
    /** Nobody is turned away. */
    public static final AdmissionSpec OPEN = new AdmissionSpec(null, null);

    public AdmissionSpec {
        if (queueLimit != null) {
            Ranges.atLeast("admission.queueLimit", queueLimit, 1);
        }
        if (timeoutSeconds != null) {
            Ranges.positive("admission.timeoutSeconds", timeoutSeconds);
        }
    }
}
