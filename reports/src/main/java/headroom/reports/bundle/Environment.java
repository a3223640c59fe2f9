package headroom.reports.bundle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code environment.json}: where and when the bundle was made. Not part of its identity. */
final class Environment {
    private static final List<String> PROPERTIES =
            List.of("java.version", "java.vendor", "java.vm.name", "os.name", "os.version", "os.arch");

    private Environment() {}

    static String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("writtenAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        for (String property : PROPERTIES) {
            root.put(property, System.getProperty(property));
        }
        root.put("processors", Runtime.getRuntime().availableProcessors());
        return Manifest.text(root);
    }
}
