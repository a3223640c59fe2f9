package headroom.dsl.build;

import headroom.dsl.script.Mistake;

/** Percentile names of scripts: {@code p95}, {@code p99_9}. */
final class Percent {
    private Percent() {}

    /** The number behind the p, 0 to 100. */
    static double of(String word, String name) {
        try {
            double percent =
                    Double.parseDouble(name.startsWith("p") ? name.substring(1).replace('_', '.') : "");
            if (percent >= 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message below, which is the answer to any name that is no percentile.
        }
        throw Mistake.atName(
                word + " does not know '" + name + ":'", "write a percentile such as p50:, p95: or p99_9:", name);
    }
}
