package headroom.reports.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Text as outlines, lines and filled areas: what every part of a figure is drawn with. */
final class Pen {
    static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    private static final double HATCH = 4;

    private final Graphics2D g;

    Pen(Graphics2D g) {
        this.g = g;
    }

    void write(String text, Font font, Color color, double x, double y) {
        if (text.isBlank()) {
            return;
        }
        g.setColor(color);
        g.fill(new TextLayout(text, font, MEASURE).getOutline(AffineTransform.getTranslateInstance(x, y)));
    }

    void writeCentred(String text, Font font, Color color, double x, double y) {
        write(text, font, color, x - width(text, font) / 2, y);
    }

    void writeLeftOf(String text, Font font, Color color, double x, double y) {
        write(text, font, color, x - width(text, font), y);
    }

    void line(double x1, double y1, double x2, double y2, Color color, BasicStroke stroke) {
        g.setColor(color);
        g.setStroke(stroke);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    void fill(double x, double y, double width, double height, Color color) {
        g.setColor(color);
        g.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /** A filled area of a breakdown, with its hatching, so that parts differ on grey paper too. */
    void fill(double x, double y, double width, double height, Theme.Part part) {
        fill(x, y, width, height, part.color());
        if (part.hatched()) {
            for (double at = HATCH - height; at < width; at += HATCH) {
                double from = Math.max(0, at);
                double to = Math.min(width, at + height);
                if (to > from) {
                    line(
                            x + from,
                            y + height - (from - at),
                            x + to,
                            y + height - (to - at),
                            Theme.PAPER,
                            Theme.hatch());
                }
            }
        }
    }

    /** The mark of a cell that breaks a promise: a triangle in its upper right corner. */
    void corner(double right, double top, double size, Color color) {
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(right - size, top);
        triangle.lineTo(right, top);
        triangle.lineTo(right, top + size);
        triangle.closePath();
        g.setColor(color);
        g.fill(triangle);
    }

    /** The graphics themselves, set to a colour, for XChart's markers. */
    Graphics2D of(Color color) {
        g.setColor(color);
        return g;
    }

    static double width(String text, Font font) {
        return font.getStringBounds(text, MEASURE).getWidth();
    }

    /** {@code text} in lines of at most {@code room}, broken between words. */
    static List<String> wrapped(String text, Font font, double room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            String longer = line.length() == 0 ? word : line + " " + word;
            if (line.length() > 0 && width(longer, font) > room) {
                lines.add(line.toString());
                longer = word;
            }
            line.setLength(0);
            line.append(longer);
        }
        lines.add(line.toString());
        return lines;
    }

    /** {@code text}, or its beginning and a dot-dot-dot, in at most {@code room}. */
    static String cut(String text, Font font, double room) {
        String kept = text;
        while (kept.length() > 1 && width(kept.equals(text) ? kept : kept + "…", font) > room) {
            kept = kept.substring(0, kept.length() - 1);
        }
        return kept.equals(text) ? text : kept + "…";
    }
}
