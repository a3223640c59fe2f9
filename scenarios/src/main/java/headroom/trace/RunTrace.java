package headroom.trace;

import headroom.engine.run.Engine;
import headroom.plan.Plan;
import headroom.plan.PlanJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One replication of one plan, written as a trace.
 *
 * @param events events in the file, those apart that give names
 * @param endSeconds simulated time at which the run, or what is written of it, ends
 * @param cut whether the file ends before the run does
 */
public record RunTrace(long events, double endSeconds, boolean cut) {
    /** Events after which a trace ends; what is going on then is still closed. */
    public static final long MOST_EVENTS = 200_000;

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Refuses a file that cannot be written, before anything is simulated. One that is there may be replaced.
     *
     * @throws TraceNotWritableException with reason and remedy
     */
    public static void checkWritable(Path file) {
        Path place = file.toAbsolutePath().normalize();
        Path folder = place.getParent();
        if (folder == null || Files.isDirectory(place)) {
            throw new TraceNotWritableException(
                    "'" + file + "' is a folder; name a file, for example " + file.resolve("trace.json"));
        }
        if (Files.exists(place) && !Files.isRegularFile(place)) {
            throw new TraceNotWritableException("'" + file + "' is no plain file; name another");
        }
        if (!Files.exists(folder)) {
            throw new TraceNotWritableException(
                    "'" + file + "' cannot be written: its folder is missing; make it, or name another file");
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new TraceNotWritableException(
                    "'" + file + "' cannot be written: nothing may be created in " + folder + "; name another file");
        }
    }

    /**
     * Simulates and writes, the whole file or none.
     *
     * @param about what to say of the plan in the file, in this order
     * @param mostEvents events after which the file ends; usually {@link #MOST_EVENTS}
     * @throws TraceNotWritableException when it cannot be written; what was there before is there still
     */
    public static RunTrace write(
            Path file, Plan plan, long seed, int replication, Map<String, String> about, long mostEvents) {
        checkWritable(file);
        Path place = file.toAbsolutePath().normalize();
        try {
            // A temporary file would be its owner's alone; one in a temporary folder is as readable as any.
            Path folder = Files.createTempDirectory(
                    Objects.requireNonNull(place.getParent()), "." + place.getFileName() + "-");
            Path fresh = folder.resolve("trace.json");
            try {
                RunTrace written;
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
                    written = write(out, plan, seed, replication, about, mostEvents);
                }
                Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return written;
            } finally {
                Files.deleteIfExists(fresh);
                Files.delete(folder);
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new TraceNotWritableException(
                    "'" + file + "' cannot be written: " + reason(failure) + "; make room, or name another file");
        }
    }

    /** Simulates and writes into a stream, which stays open. */
    static RunTrace write(
            OutputStream out, Plan plan, long seed, int replication, Map<String, String> about, long mostEvents) {
        Events events = new Events(out);
        TraceWatcher watcher = new TraceWatcher(events, plan, mostEvents);
        Engine.watch(plan, seed, replication, watcher);
        Map<String, Object> all = new LinkedHashMap<>(about);
        all.put("seed", seed);
        all.put("replication", replication);
        all.put("plan_sha256", PlanJson.sha256(plan));
        all.put("events", events.count());
        all.put("end_ns", watcher.endNanos());
        all.put("cut", watcher.isCut());
        events.close(all);
        return new RunTrace(events.count(), watcher.endNanos() / NANOS_PER_SECOND, watcher.isCut());
    }

    private static String reason(Exception failure) {
        Throwable cause =
                failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
