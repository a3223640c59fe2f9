package headroom.plan;

/**
 * Something between the fields of a plan that does not fit together.
 *
 * @param path where, for example {@code deployments[0].parallelism}
 * @param message the thing, its value, what was expected, and the remedy
 */
public record Problem(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
