package headroom.reports.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import headroom.plan.Experiment;
import headroom.plan.SourceNote;
import headroom.reports.plots.Drawing;
import headroom.reports.plots.Figures;
import headroom.reports.tables.DecidingTable;
import headroom.reports.tables.ErrorsTable;
import headroom.reports.view.Findings;
import headroom.reports.view.Misfits;
import headroom.result.ClaimOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tech.tablesaw.api.Table;

/**
 * {@code index.html}: one file without network, for whoever decides. The answer first, then why to believe it. FreeMarker
 * escapes every text; only our own style and drawings go in as they are.
 */
final class HtmlPage {
    private static final String RESOURCES = "/headroom/reports/page";

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d) (s|J|%|USD|GB)(?![A-Za-z])");

    private HtmlPage() {}

    /**
     * The page.
     *
     * @param figures what was drawn, for the notes and the choice of the answer's plots
     * @param files names of the bundle's other files, to link to
     */
    static String of(
            BundleContent content, List<Table> tables, List<Drawing> drawings, Figures figures, List<String> files) {
        Experiment experiment = content.results().experiment();
        // Points that were measured somewhere are no alternatives to decide between.
        boolean compares = !content.comparisons().isEmpty();
        Map<String, Object> page = new LinkedHashMap<>();
        String script = resource("page.js");
        page.put("css", resource("page.css"));
        page.put("js", script);
        page.put("jsHash", hash(script));
        page.put("title", experiment.title());
        page.put("question", experiment.question());
        page.put(
                "findings",
                (compares ? Misfits.of(content.comparisons()) : Findings.of(content.results()))
                        .stream().map(HtmlPage::unbroken).toList());
        page.put("claims", content.claims().stream().map(HtmlPage::claim).toList());
        if (compares) {
            page.put("errors", PageTable.of(ErrorsTable.of(content.comparisons())));
        } else {
            page.put("deciding", deciding(DecidingTable.of(content.results())));
        }
        List<String> summary = figures.summary();
        page.put(
                "keyFigures",
                summary.stream()
                        .flatMap(id -> drawings.stream()
                                .filter(drawing -> drawing.figure().id().equals(id)))
                        .map(HtmlPage::figure)
                        .toList());
        page.put(
                "figures",
                drawings.stream()
                        .filter(drawing -> !summary.contains(drawing.figure().id()))
                        .map(HtmlPage::figure)
                        .toList());
        page.put("notes", figures.notes());
        page.put("downloads", Downloads.of(files));
        page.put("sources", content.sources().stream().map(HtmlPage::source).toList());
        page.put("tables", tables.stream().map(PageTable::of).toList());
        page.put("assumptions", Assumptions.of(content.results()));
        page.put("method", Method.of(content));
        page.put(
                "inputs",
                content.inputs().stream()
                        .map(input -> Map.of("name", input.name(), "sha256", input.sha256(), "note", input.note()))
                        .toList());
        page.put("scriptName", BundleFiles.scriptName(content));
        page.put("scriptLines", content.scriptText().lines().toList());
        page.put(
                "rerun",
                "headroom run " + BundleFiles.scriptName(content) + " --seed " + experiment.seed() + " -o again");
        page.put("productVersion", content.productVersion());
        return filled(page);
    }

    /** A number stays on one line with its unit. */
    private static String unbroken(String sentence) {
        return NUMBER_AND_UNIT.matcher(sentence).replaceAll("$1\u00A0$2");
    }

    private static String filled(Map<String, Object> page) {
        Configuration freemarker = new Configuration(Configuration.VERSION_2_3_34);
        freemarker.setClassForTemplateLoading(HtmlPage.class, RESOURCES);
        freemarker.setDefaultEncoding("UTF-8");
        freemarker.setLocale(Locale.ROOT);
        freemarker.setOutputFormat(HTMLOutputFormat.INSTANCE);
        freemarker.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        freemarker.setLogTemplateExceptions(false);
        StringWriter text = new StringWriter();
        try {
            freemarker.getTemplate("page.ftlh").process(page, text);
        } catch (IOException | TemplateException broken) {
            throw new IllegalStateException("the page's template does not fit the page", broken);
        }
        return text.toString();
    }

    private static Map<String, Object> claim(ClaimOutcome claim) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("text", claim.text());
        row.put("verdict", claim.verdict().name().toLowerCase(Locale.ROOT));
        row.put("detail", claim.detail());
        row.put("file", claim.file());
        row.put("line", Integer.toString(claim.line()));
        return row;
    }

    private static Map<String, Object> source(SourceNote note) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kind", note.kind());
        row.put("name", note.name());
        row.put("confidence", note.confidence());
        row.put("readOn", note.readOn());
        row.put("published", note.published());
        return row;
    }

    private static Map<String, Object> figure(Drawing drawing) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", drawing.figure().id());
        row.put("title", drawing.figure().title());
        row.put("caption", unbroken(drawing.figure().caption()));
        row.put("svg", drawing.inlineSvg());
        return row;
    }

    private static Map<String, Object> deciding(DecidingTable table) {
        List<Map<String, Object>> heads = new ArrayList<>();
        for (DecidingTable.Head head : table.heads()) {
            heads.add(Map.of("name", head.name(), "unit", head.unit(), "numeric", head.numeric()));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (DecidingTable.Line line : table.lines()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("cells", line.cells());
            row.put("refusal", line.refusal());
            row.put("named", (int)
                    line.cells().stream().takeWhile(cell -> !cell.isEmpty()).count());
            row.put("state", line.meetsSlo() == null ? "" : line.meetsSlo() ? "met" : "missed");
            rows.add(row);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("heads", heads);
        model.put("rows", rows);
        model.put("omitted", table.omitted());
        model.put("note", table.note());
        return model;
    }

    /** By which the browser knows our script from any other. */
    private static String hash(String script) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream bytes = HtmlPage.class.getResourceAsStream(RESOURCES + "/" + name)) {
            if (bytes == null) {
                throw new IllegalStateException(name + " is missing from the product");
            }
            return new String(bytes.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " of the product cannot be read", failure);
        }
    }
}
