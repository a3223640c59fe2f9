package headroom.reports.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.plan.Experiment;
import headroom.plan.InputFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code manifest.json}: what made the bundle, and a SHA-256 of every file: {@code files} are part of its identity (plans,
 * tables, claims), {@code otherFiles} show or describe them. The identity itself is the SHA-256 of the lines {@code hash
 * name} of the former, with two blanks between, in the order listed.
 */
final class Manifest {
    /** 2 since bundles hold {@code experiment.json}. */
    static final int FORMAT = 2;

    private Manifest() {}

    /** @param all files of the bundle by place, without the manifest */
    static String json(BundleContent content, Map<String, byte[]> all) {
        Experiment experiment = content.results().experiment();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", FORMAT);
        root.put("product", "headroom");
        root.put("productVersion", content.productVersion());
        root.put("engineVersion", content.engineVersion());
        root.put("catalogueVersion", content.catalogueVersion());
        root.put("title", experiment.title());
        root.put("seed", experiment.seed());
        root.put("replications", experiment.replications());
        root.put("points", experiment.points().size());
        ObjectNode script = root.putObject("script");
        script.put("name", BundleFiles.scriptName(content));
        script.put("sha256", sha256(content.scriptText().getBytes(UTF_8)));
        ArrayNode inputs = root.putArray("inputs");
        for (InputFile input : content.inputs()) {
            ObjectNode node = inputs.addObject().put("name", input.name()).put("sha256", input.sha256());
            if (!input.note().isEmpty()) {
                node.put("note", input.note());
            }
        }
        root.put("identity", identity(all, BundleFiles::isIdentity));
        ObjectNode files = root.putObject("files");
        ObjectNode otherFiles = root.putObject("otherFiles");
        all.forEach((name, bytes) -> (BundleFiles.isIdentity(name) ? files : otherFiles).put(name, sha256(bytes)));
        return text(root);
    }

    static String identity(Map<String, byte[]> files, Predicate<String> counts) {
        Map<String, String> hashes = new LinkedHashMap<>();
        files.forEach((name, bytes) -> {
            if (counts.test(name)) {
                hashes.put(name, sha256(bytes));
            }
        });
        return identity(hashes);
    }

    /** @param hashes of the files that are part of it, in the order listed */
    static String identity(Map<String, String> hashes) {
        StringBuilder lines = new StringBuilder();
        hashes.forEach(
                (name, hash) -> lines.append(hash).append("  ").append(name).append('\n'));
        return sha256(lines.toString().getBytes(UTF_8));
    }

    /** Indented JSON with line feeds, the same on every system. */
    static String text(ObjectNode root) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain nodes always prints", impossible);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
