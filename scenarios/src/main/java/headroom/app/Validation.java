package headroom.app;

import headroom.batch.Progress;
import headroom.dsl.LoadOptions;
import headroom.dsl.Scenario;
import headroom.result.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The scripts that compare Headroom with published measurements, and what they say. */
final class Validation {
    private final Path data;
    private final int threads;

    /**
     * @param data folder of the measurements
     */
    Validation(Path data, int threads) {
        this.data = data;
        this.threads = threads;
    }

    /** The validation scripts of a folder, by name. */
    static List<Path> scripts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".groovy"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Runs one script and compares. */
    List<Comparison> run(Path script, Progress progress) throws InterruptedException {
        Scenario scenario =
                Scenario.load(script, LoadOptions.of(Map.of("data", List.of(data.toString())), null, false));
        return scenario.compare(EngineSweep.on(threads).run(scenario.experiment(), progress));
    }
}
