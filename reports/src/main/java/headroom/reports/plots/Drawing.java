package headroom.reports.plots;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A figure, drawn. */
public final class Drawing {
    private static final double DOTS_PER_INCH = 300;
    private static final double UNITS_PER_INCH = 96;
    private static final double METRES_PER_INCH = 0.0254;

    private final Figure figure;
    private final String svg;
    private final byte[] png;

    private Drawing(Figure figure, String svg, byte[] png) {
        this.figure = figure;
        this.svg = svg;
        this.png = png;
    }

    /** What is drawn. */
    public Figure figure() {
        return figure;
    }

    /** A standalone document with title and description for those who cannot see it. */
    public String svg() {
        return svg;
    }

    /**
     * The same for a page that sets the colours: {@code --ink}, {@code --quiet}, {@code --grid}, {@code --series-0} to
     * {@code --series-6} and {@code --shade-0} to {@code --shade-2} as CSS variables, so that it follows light and dark.
     */
    public String inlineSvg() {
        return Theme.withVariables(svg);
    }

    /** The same at 300 dots an inch. */
    public byte[] png() {
        return png.clone();
    }

    static Drawing of(Theme theme, Figure figure) {
        return new Drawing(figure, svg(theme, figure), png(theme, figure));
    }

    private static String svg(Theme theme, Figure figure) {
        FigurePainter painter = new FigurePainter(theme, figure);
        VectorGraphics2D graphics = new VectorGraphics2D();
        painter.paint(graphics);
        return SvgWriter.text(graphics.getCommands(), figure, FigurePainter.WIDTH, painter.height());
    }

    private static byte[] png(Theme theme, Figure figure) {
        FigurePainter painter = new FigurePainter(theme, figure);
        double scale = DOTS_PER_INCH / UNITS_PER_INCH;
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(FigurePainter.WIDTH * scale),
                (int) Math.ceil(painter.height() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        painter.paint(graphics);
        graphics.dispose();
        return Png.of(image, (int) Math.round(DOTS_PER_INCH / METRES_PER_INCH));
    }
}
