package headroom.reports.plots;

import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.intermediate.commands.AffineTransformCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.Command;
import de.erichseifert.vectorgraphics2d.intermediate.commands.CreateCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DisposeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.FillShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetClipCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetColorCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetStrokeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetTransformCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.StateCommand;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes recorded drawing commands as SVG: one element with {@code role}, title and description, coordinates to a
 * hundredth, the same bytes on every run, names that stay unique when several figures stand in one page.
 *
 * <p>The recording library's own writer builds a document tree and prints it by XSLT, names clip paths by identity hash,
 * and writes a curve as hundreds of separate lines; ours takes a quarter of the time and of the space. Lines of one look
 * that follow each other are one path.
 */
final class SvgWriter {
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final String id;
    private final int width;
    private final int height;

    private AffineTransform transform = new AffineTransform();
    private Color color = Color.BLACK;
    private BasicStroke stroke = new BasicStroke();
    private int clips;
    private boolean clipped;
    private String lineStyle = "";
    private double lineEndX;
    private double lineEndY;

    private SvgWriter(Figure figure, int width, int height) {
        this.id = figure.id();
        this.width = width;
        this.height = height;
    }

    static String text(CommandSequence commands, Figure figure, int width, int height) {
        SvgWriter writer = new SvgWriter(figure, width, height);
        writer.open(figure);
        for (Command<?> command : commands) {
            writer.write(command);
        }
        return writer.close();
    }

    private void open(Figure figure) {
        String title = escaped(figure.title());
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height);
        out.append("\" width=\"").append(width).append("\" height=\"").append(height);
        out.append("\" style=\"fill:none;stroke-linejoin:round\" role=\"img\" aria-label=\"")
                .append(escaped(figure.title() + ". " + figure.caption()))
                .append("\"><title>")
                .append(title);
        out.append("</title><desc>").append(escaped(figure.caption())).append("</desc>\n");
    }

    private String close() {
        endLine();
        endClip();
        return out.append("</svg>\n").toString();
    }

    private void write(Command<?> command) {
        if (command instanceof DrawShapeCommand draw) {
            draw(draw.getValue());
        } else if (command instanceof FillShapeCommand fill) {
            fill(fill.getValue());
        } else if (command instanceof SetColorCommand set) {
            color = set.getValue();
        } else if (command instanceof SetStrokeCommand set && set.getValue() instanceof BasicStroke basic) {
            stroke = basic;
        } else if (command instanceof SetTransformCommand set) {
            transform = new AffineTransform(set.getValue());
        } else if (command instanceof AffineTransformCommand change) {
            transform.concatenate(change.getValue());
        } else if (command instanceof SetClipCommand set) {
            clip(set.getValue());
        } else if (!(command instanceof StateCommand
                || command instanceof CreateCommand
                || command instanceof DisposeCommand)) {
            throw new IllegalStateException("a drawing uses " + command + ", which SVG output does not know");
        }
    }

    private void draw(Shape shape) {
        String style = strokeStyle();
        if (!(shape instanceof Line2D line)) {
            endLine();
            out.append("<path style=\"").append(style).append("\" d=\"");
            path(shape);
            out.append("\"/>\n");
            return;
        }
        double[] ends = {line.getX1(), line.getY1(), line.getX2(), line.getY2()};
        transform.transform(ends, 0, ends, 0, 2);
        boolean goesOn = style.equals(lineStyle) && ends[0] == lineEndX && ends[1] == lineEndY;
        if (!style.equals(lineStyle)) {
            endLine();
            out.append("<path style=\"").append(style).append("\" d=\"");
        }
        if (!goesOn) {
            out.append('M');
            point(ends[0], ends[1]);
        }
        out.append('L');
        point(ends[2], ends[3]);
        lineStyle = style;
        lineEndX = ends[2];
        lineEndY = ends[3];
    }

    private void endLine() {
        if (!lineStyle.isEmpty()) {
            out.append("\"/>\n");
            lineStyle = "";
        }
    }

    private void fill(Shape shape) {
        endLine();
        if (color.getAlpha() == 0) {
            return;
        }
        out.append("<path style=\"fill:").append(hex(color));
        PathIterator steps = shape.getPathIterator(null);
        out.append(steps.getWindingRule() == PathIterator.WIND_EVEN_ODD ? ";fill-rule:evenodd\" d=\"" : "\" d=\"");
        path(shape);
        out.append("\"/>\n");
    }

    private void clip(@Nullable Shape shape) {
        endLine();
        endClip();
        if (shape != null) {
            String name = "clip-" + id + "-" + clips++;
            out.append("<clipPath id=\"").append(name).append("\"><path d=\"");
            path(shape);
            out.append("\"/></clipPath>\n<g clip-path=\"url(#").append(name).append(")\">\n");
            clipped = true;
        }
    }

    private void endClip() {
        if (clipped) {
            out.append("</g>\n");
            clipped = false;
        }
    }

    private String strokeStyle() {
        double scale = Math.sqrt(Math.abs(transform.getDeterminant()));
        StringBuilder style = new StringBuilder("stroke:").append(hex(color)).append(";stroke-width:");
        number(style, stroke.getLineWidth() * scale);
        float[] dashes = stroke.getDashArray();
        if (dashes != null) {
            style.append(";stroke-dasharray:");
            for (int i = 0; i < dashes.length; i++) {
                number(style.append(i == 0 ? "" : ","), dashes[i] * scale);
            }
        }
        return style.toString();
    }

    private void path(Shape shape) {
        double[] at = new double[6];
        for (PathIterator steps = shape.getPathIterator(transform); !steps.isDone(); steps.next()) {
            int points = switch (steps.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> step('M', 1);
                case PathIterator.SEG_LINETO -> step('L', 1);
                case PathIterator.SEG_QUADTO -> step('Q', 2);
                case PathIterator.SEG_CUBICTO -> step('C', 3);
                default -> step('Z', 0);
            };
            for (int i = 0; i < points; i++) {
                out.append(i == 0 ? "" : " ");
                point(at[2 * i], at[2 * i + 1]);
            }
        }
    }

    private int step(char letter, int points) {
        out.append(letter);
        return points;
    }

    private void point(double x, double y) {
        number(out, x);
        out.append(',');
        number(out, y);
    }

    /** To a hundredth of a unit, without trailing zeros. */
    private static void number(StringBuilder out, double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            out.append('-');
            hundredths = -hundredths;
        }
        out.append(hundredths / 100);
        int rest = (int) (hundredths % 100);
        if (rest != 0) {
            out.append('.').append(rest / 10);
            if (rest % 10 != 0) {
                out.append(rest % 10);
            }
        }
    }

    /** {@code #rrggbb}; all our colours are opaque, or not drawn at all. */
    static String hex(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
