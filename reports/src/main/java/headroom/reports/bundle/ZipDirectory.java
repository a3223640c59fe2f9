package headroom.reports.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of a zip's entries, read from the file itself: Java's own reader does not say which of them are links. Formats
 * for very large zips are not read, since no bundle may be as large.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY_BYTES = 46;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int MOST_DIRECTORY_BYTES = 32 << 20;
    private static final int UNIX_KIND = 0170000;
    private static final int UNIX_FILE = 0100000;
    private static final int UNIX_FOLDER = 0040000;

    private ZipDirectory() {}

    /**
     * One entry, as the directory states it.
     *
     * @param plain whether it is a file or a folder, and not a link or a device
     * @param readable whether it is neither encrypted nor compressed in another way than stored or deflated
     */
    record Entry(String name, long packedBytes, long bytes, boolean plain, boolean readable) {}

    /** @throws BadBundleException when the file is no zip, or a damaged one */
    static List<Entry> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            ByteBuffer tail = bytes(channel, Math.max(0, size - END_BYTES - LONGEST_COMMENT), size);
            int end = endOf(tail);
            if (end < 0) {
                throw new BadBundleException(file + " is neither a folder nor a zip file");
            }
            int count = tail.getShort(end + 10) & 0xffff;
            long length = tail.getInt(end + 12) & 0xffffffffL;
            long start = tail.getInt(end + 16) & 0xffffffffL;
            long endPosition = size - tail.limit() + end;
            if (count == 0xffff || length > MOST_DIRECTORY_BYTES) {
                throw new BadBundleException(file + " has more entries than a bundle may have");
            }
            if (start + length != endPosition) {
                throw damaged(file);
            }
            return entries(file, bytes(channel, start, endPosition), count);
        }
    }

    private static List<Entry> entries(Path file, ByteBuffer list, int count) {
        List<Entry> entries = new ArrayList<>();
        while (list.hasRemaining()) {
            int at = list.position();
            if (list.remaining() < ENTRY_BYTES || list.getInt(at) != ENTRY_SIGNATURE) {
                throw damaged(file);
            }
            int flags = list.getShort(at + 8);
            int method = list.getShort(at + 10);
            long packed = list.getInt(at + 20) & 0xffffffffL;
            long bytes = list.getInt(at + 24) & 0xffffffffL;
            int nameBytes = list.getShort(at + 28) & 0xffff;
            int extraBytes = (list.getShort(at + 30) & 0xffff) + (list.getShort(at + 32) & 0xffff);
            int kind = list.getInt(at + 38) >>> 16 & UNIX_KIND;
            if (list.remaining() < ENTRY_BYTES + nameBytes + extraBytes) {
                throw damaged(file);
            }
            byte[] name = new byte[nameBytes];
            list.position(at + ENTRY_BYTES);
            list.get(name);
            list.position(list.position() + extraBytes);
            entries.add(new Entry(
                    new String(name, UTF_8),
                    packed,
                    bytes,
                    kind == 0 || kind == UNIX_FILE || kind == UNIX_FOLDER,
                    (flags & 1) == 0 && (method == 0 || method == 8)));
        }
        if (entries.size() != count) {
            throw damaged(file);
        }
        return entries;
    }

    /** The end record is the last one whose comment reaches exactly to the end of the file. */
    private static int endOf(ByteBuffer tail) {
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE
                    && at + END_BYTES + (tail.getShort(at + 20) & 0xffff) == tail.limit()) {
                return at;
            }
        }
        return -1;
    }

    private static ByteBuffer bytes(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from)).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(from);
        // A channel may give less than is asked for.
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes);
        }
        return bytes.flip();
    }

    private static BadBundleException damaged(Path file) {
        return new BadBundleException(file + " is a damaged zip file; get it again");
    }
}
