package headroom.reports.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.plan.Experiment;
import headroom.plan.InputFile;
import java.util.Map;

/**
 * {@code ro-crate-metadata.json}: the bundle as archives read it, RO-Crate 1.1 in JSON-LD. What nobody stated stays out:
 * the licence, the authors, and the date, which is the archive's to give.
 */
final class RoCrate {
    static final String NAME = "ro-crate-metadata.json";

    private static final String VERSION = "https://w3id.org/ro/crate/1.1";
    private static final Map<String, String> FORMATS = Map.of(
            "html", "text/html",
            "svg", "image/svg+xml",
            "png", "image/png",
            "csv", "text/csv",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "parquet", "application/vnd.apache.parquet",
            "json", "application/json",
            "xml", "application/xml",
            "groovy", "text/x-groovy");

    private final ArrayNode graph;

    private RoCrate(ArrayNode graph) {
        this.graph = graph;
    }

    /** @param files of the bundle by place, without this one and the manifest */
    static String of(BundleContent content, Map<String, byte[]> files) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("@context", VERSION + "/context");
        new RoCrate(root.putArray("@graph")).add(content, files);
        return Manifest.text(root);
    }

    private void add(BundleContent content, Map<String, byte[]> files) {
        Experiment experiment = content.results().experiment();
        String script = BundleFiles.scriptName(content);
        ObjectNode self = entity(NAME, "CreativeWork");
        refer(self, "conformsTo", VERSION);
        refer(self, "about", "./");

        ObjectNode crate = entity("./", "Dataset");
        crate.put("name", experiment.title());
        crate.put(
                "description",
                experiment.question().isEmpty() ? "A simulation of AI serving by Headroom." : experiment.question());
        crate.put("identifier", "sha256:" + Manifest.identity(files, BundleFiles::isIdentity));
        refer(crate, "mainEntity", "index.html");
        ArrayNode parts = crate.putArray("hasPart");
        files.keySet().forEach(name -> parts.addObject().put("@id", name));
        parts.addObject().put("@id", Bundle.MANIFEST);

        ObjectNode product = entity("#headroom", "SoftwareApplication");
        product.put("name", "Headroom");
        product.put("softwareVersion", content.productVersion() + ", engine " + content.engineVersion());
        ObjectNode run = entity("#run", "CreateAction");
        run.put("name", "Simulate every point of " + script);
        ArrayNode instruments = run.putArray("instrument");
        instruments.addObject().put("@id", "#headroom");
        instruments.addObject().put("@id", script);
        ArrayNode objects = run.putArray("object");
        for (int i = 0; i < content.inputs().size(); i++) {
            objects.addObject().put("@id", "#input-" + (i + 1));
        }
        ArrayNode results = run.putArray("result");
        files.keySet().stream()
                .filter(name -> name.startsWith("tables/") || BundleFiles.isOtherForm(name))
                .forEach(name -> results.addObject().put("@id", name));
        for (int i = 0; i < content.inputs().size(); i++) {
            InputFile input = content.inputs().get(i);
            ObjectNode node = entity("#input-" + (i + 1), "CreativeWork");
            node.put("name", input.name());
            node.put("identifier", "sha256:" + input.sha256());
        }
        files.forEach((name, bytes) -> file(name, name.equals(script)).put("contentSize", Long.toString(bytes.length)));
        file(Bundle.MANIFEST, false);
    }

    private ObjectNode file(String name, boolean script) {
        ObjectNode node = graph.addObject();
        node.put("@id", name);
        ArrayNode types = node.putArray("@type").add("File");
        if (script) {
            types.add("SoftwareSourceCode");
        } else if (name.startsWith("plots/")) {
            types.add("ImageObject");
        }
        node.put("name", name.substring(name.lastIndexOf('/') + 1));
        String format = FORMATS.get(name.substring(name.lastIndexOf('.') + 1));
        if (format != null) {
            node.put("encodingFormat", format);
        }
        return node;
    }

    private ObjectNode entity(String id, String type) {
        return graph.addObject().put("@id", id).put("@type", type);
    }

    private static void refer(ObjectNode from, String property, String to) {
        from.putObject(property).put("@id", to);
    }
}
