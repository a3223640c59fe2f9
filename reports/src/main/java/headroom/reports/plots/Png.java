package headroom.reports.plots;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * An opaque image as PNG (ISO/IEC 15948) with its resolution. Rows are stored unfiltered: for plots, whose pixels are
 * mostly paper, that is as small as what {@code ImageIO} writes, and takes a third of its time.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int LEVEL = 4;

    private Png() {}

    /** Encodes an image of {@link BufferedImage#TYPE_INT_RGB}. */
    static byte[] of(BufferedImage image, int dotsPerMetre) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 17);
        out.writeBytes(SIGNATURE);
        ByteBuffer head = ByteBuffer.allocate(13);
        head.putInt(image.getWidth()).putInt(image.getHeight());
        head.put((byte) 8).put((byte) 2).put(new byte[3]);
        chunk(out, "IHDR", head.array(), head.capacity());
        ByteBuffer density = ByteBuffer.allocate(9);
        density.putInt(dotsPerMetre).putInt(dotsPerMetre).put((byte) 1);
        chunk(out, "pHYs", density.array(), density.capacity());
        pixels(out, image);
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    private static void pixels(ByteArrayOutputStream out, BufferedImage image) {
        int width = image.getWidth();
        byte[] rows = new byte[image.getHeight() * (1 + 3 * width)];
        int[] colors = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            rows[at++] = 0;
            for (int x = y * width; x < (y + 1) * width; x++) {
                int rgb = colors[x];
                rows[at++] = (byte) (rgb >> 16);
                rows[at++] = (byte) (rgb >> 8);
                rows[at++] = (byte) rgb;
            }
        }
        Deflater deflater = new Deflater(LEVEL);
        deflater.setInput(rows);
        deflater.finish();
        byte[] packed = new byte[1 << 16];
        while (!deflater.finished()) {
            chunk(out, "IDAT", packed, deflater.deflate(packed));
        }
        deflater.end();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] bytes, int length) {
        byte[] name = type.getBytes(US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(bytes, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(bytes, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
