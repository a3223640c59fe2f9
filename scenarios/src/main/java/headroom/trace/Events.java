package headroom.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a trace, one a line. Instants are microseconds with three decimals, so that nanoseconds stay exact;
 * readers sort them.
 */
final class Events {
    private static final int DECIMALS = 3;
    private static final String CATEGORY = "request";

    private final JsonGenerator json;
    private long count;

    /** Begins the file. */
    Events(OutputStream out) {
        try {
            this.json = new JsonFactory().createGenerator(out);
            json.writeStartObject();
            json.writeStringField("displayTimeUnit", "ms");
            json.writeArrayFieldStart("traceEvents");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Events so far, those apart that give names. */
    long count() {
        return count;
    }

    /** A number of thousandths, exactly. */
    static BigDecimal thousandths(long number) {
        return BigDecimal.valueOf(number, DECIMALS);
    }

    /** Names a process, and its place from the top. */
    void process(int process, String name) {
        write(() -> {
            metadata("process_name", process, process);
            json.writeStringField("name", name);
            endArgs();
            metadata("process_sort_index", process, process);
            json.writeNumberField("sort_index", process);
            endArgs();
        });
    }

    /** Names a thread, and its place in its process. */
    void thread(int process, int thread, String name) {
        write(() -> {
            metadata("thread_name", process, thread);
            json.writeStringField("name", name);
            endArgs();
            metadata("thread_sort_index", process, thread);
            json.writeNumberField("sort_index", thread);
            endArgs();
        });
    }

    /** Something that a thread does for a while. */
    void slice(int process, int thread, String name, long fromNanos, long untilNanos, Map<String, Object> args) {
        write(() -> {
            head("X", name, process, thread, fromNanos);
            json.writeNumberField("dur", thousandths(untilNanos - fromNanos));
            args(args);
        });
    }

    /** A request, or a part of its life, begins. */
    void begin(int process, long id, String name, long nanos, Map<String, Object> args) {
        ofRequest("b", process, id, name, nanos, args);
    }

    /** It ends. */
    void end(int process, long id, String name, long nanos, Map<String, Object> args) {
        ofRequest("e", process, id, name, nanos, args);
    }

    /** Something happens to a request. */
    void instant(int process, long id, String name, long nanos, Map<String, Object> args) {
        ofRequest("n", process, id, name, nanos, args);
    }

    /** Something happens to the whole run. */
    void mark(String name, long nanos) {
        write(() -> {
            head("i", name, 1, 1, nanos);
            json.writeStringField("s", "g");
            json.writeEndObject();
        });
    }

    /** A number has this value from now on. */
    void counter(int process, String name, String unit, long nanos, Number value) {
        write(() -> {
            head("C", name, process, process, nanos);
            args(Map.of(unit, value));
        });
    }

    /** Ends the file with what is to be said about it; the stream stays open. */
    void close(Map<String, Object> about) {
        try {
            json.writeRaw('\n');
            json.writeEndArray();
            json.writeObjectFieldStart("otherData");
            fields(about);
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ofRequest(String kind, int process, long id, String name, long nanos, Map<String, Object> args) {
        write(() -> {
            head(kind, name, process, process, nanos);
            json.writeStringField("cat", CATEGORY);
            json.writeStringField("id", Long.toString(id));
            args(args);
        });
    }

    /** What can go wrong while an event is written. */
    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing event) {
        try {
            json.writeRaw('\n');
            event.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void metadata(String kind, int process, int thread) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", "M");
        json.writeStringField("name", kind);
        json.writeNumberField("pid", process);
        json.writeNumberField("tid", thread);
        json.writeObjectFieldStart("args");
    }

    private void endArgs() throws IOException {
        json.writeEndObject();
        json.writeEndObject();
    }

    private void head(String kind, String name, int process, int thread, long nanos) throws IOException {
        count++;
        json.writeStartObject();
        json.writeStringField("ph", kind);
        json.writeStringField("name", name);
        json.writeNumberField("pid", process);
        json.writeNumberField("tid", thread);
        json.writeNumberField("ts", thousandths(nanos));
    }

    private void args(Map<String, Object> args) throws IOException {
        if (!args.isEmpty()) {
            json.writeObjectFieldStart("args");
            fields(args);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void fields(Map<String, Object> fields) throws IOException {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            value(field.getValue());
        }
    }

    private void value(@Nullable Object value) throws IOException {
        if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
