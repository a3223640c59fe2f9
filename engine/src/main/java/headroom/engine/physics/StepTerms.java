package headroom.engine.physics;

/**
 * What the seconds of a step before any context is read go into. Of two things that overlap, reading and multiplying, the one
 * that takes longer gets all of the time that both take.
 */
final class StepTerms {
    double bandwidthSeconds;
    double computeSeconds;
    double collectiveSeconds;
    double overheadSeconds;

    /** Reading and multiplying overlap and take {@code seconds} together. */
    void overlapping(double readSeconds, double multiplySeconds, double seconds) {
        if (readSeconds >= multiplySeconds) {
            bandwidthSeconds += seconds;
        } else {
            computeSeconds += seconds;
        }
    }
}
