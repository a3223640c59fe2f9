package headroom.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The product's version, as the build wrote it. */
final class Version implements IVersionProvider {
    /** For example {@code 0.1.0}. */
    static String product() {
        try (InputStream in = Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the version", e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Headroom " + product(), "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }
}
