package headroom.engine.metrics;

import headroom.result.TailBucket;
import headroom.result.TimePart;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sums what time went into by buckets of E2E: a fixed number of them, whatever the number of requests. */
final class TailRecorder {
    private static final long SPILL_NANOS = 1L << 62;
    private static final TimePart[] PARTS = TimePart.values();

    /** By bucket: the sum of each part, and last the number of requests; null where nobody was. */
    private final long[][] rows = new long[TailBucket.COUNT][];

    private final double[][] spilled = new double[TailBucket.COUNT][];

    /** A request took {@code nanos}, of which each part {@code partNanos}. */
    void record(long nanos, long[] partNanos) {
        int bucket = TailBucket.number(nanos);
        long[] row = rows[bucket];
        if (row == null) {
            row = new long[PARTS.length + 1];
            rows[bucket] = row;
            spilled[bucket] = new double[PARTS.length];
        }
        for (int part = 0; part < PARTS.length; part++) {
            row[part] += partNanos[part];
            if (row[part] > SPILL_NANOS) {
                spilled[bucket][part] += row[part];
                row[part] = 0;
            }
        }
        row[PARTS.length]++;
    }

    List<TailBucket> toBuckets() {
        List<TailBucket> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < TailBucket.COUNT; bucket++) {
            long[] row = rows[bucket];
            if (row != null) {
                Map<TimePart, Double> sums = new EnumMap<>(TimePart.class);
                for (int part = 0; part < PARTS.length; part++) {
                    sums.put(PARTS[part], spilled[bucket][part] + row[part]);
                }
                buckets.add(new TailBucket(TailBucket.upToNanos(bucket), row[PARTS.length], sums));
            }
        }
        return buckets;
    }
}
