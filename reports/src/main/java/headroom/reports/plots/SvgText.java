package headroom.reports.plots;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the drawing library's SVG fit for a page: small, named and described, with the same bytes on every run and names
 * that stay unique when several figures stand in one page.
 */
final class SvgText {
    private static final Pattern LONG_NUMBER = Pattern.compile("(-?\\d+\\.\\d\\d)\\d+");
    private static final Pattern CLIP = Pattern.compile("clip-?\\d+");
    private static final Pattern LINE = Pattern.compile(
            " *<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\" y2=\"([^\"]*)\"/>");

    private SvgText() {}

    /** One {@code <svg>} element with {@code role}, {@code <title>} and {@code <desc>}, numbers to two decimals. */
    static String readable(String svg, Figure figure, int width, int height) {
        int body = svg.indexOf('>', svg.indexOf("<svg")) + 1;
        String head = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height + "\" width=\""
                + width + "\" height=\"" + height + "\" role=\"img\" aria-label=\"" + escaped(figure.title())
                + "\"><title>" + escaped(figure.title()) + "</title><desc>" + escaped(figure.caption())
                + "</desc>\n";
        String drawn = LONG_NUMBER.matcher(svg.substring(body)).replaceAll("$1");
        return head + joined(CLIP.matcher(drawn).replaceAll("clip-" + figure.id()));
    }

    /** Draws lines that go on where the last one ended as one: a curve comes as hundreds of pieces. */
    private static String joined(String svg) {
        StringBuilder text = new StringBuilder(svg.length());
        Stroke open = null;
        for (String row : svg.split("\n", -1)) {
            Matcher line = LINE.matcher(row);
            if (!line.matches()) {
                close(text, open);
                open = null;
                text.append(row.strip()).append(row.isBlank() ? "" : "\n");
                continue;
            }
            String start = line.group(2) + "," + line.group(4);
            String end = line.group(3) + "," + line.group(5);
            if (open != null && open.style.equals(line.group(1)) && open.end.equals(start)) {
                open.points.append(' ').append(end);
                open.end = end;
            } else {
                close(text, open);
                open = new Stroke(line.group(1), start, end);
            }
        }
        close(text, open);
        return text.toString();
    }

    private static void close(StringBuilder text, @Nullable Stroke stroke) {
        if (stroke != null) {
            text.append("<polyline style=\"")
                    .append(stroke.style)
                    .append("\" points=\"")
                    .append(stroke.points)
                    .append("\"/>\n");
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A line that may go on. */
    private static final class Stroke {
        private final String style;
        private final StringBuilder points;
        private String end;

        Stroke(String style, String start, String end) {
            this.style = style;
            this.points = new StringBuilder(start).append(' ').append(end);
            this.end = end;
        }
    }
}
