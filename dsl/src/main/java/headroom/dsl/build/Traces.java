package headroom.dsl.build;

import headroom.dsl.script.Guard;
import headroom.dsl.script.Mistake;
import headroom.plan.traffic.TraceRows;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace files of an experiment, each read once however many points replay it. */
final class Traces {
    private final ScriptFiles files;
    private final Map<String, TraceFile> read = new LinkedHashMap<>();

    Traces(ScriptFiles files) {
        this.files = files;
    }

    /** The rows; null after reporting each malformed one at the guard's place. */
    @Nullable
    TraceRows rows(String name, Guard guard) {
        TraceFile file = read.get(name);
        if (file == null) {
            try {
                file = TraceFile.read(name, files.bytes(name));
            } catch (IOException e) {
                throw new Mistake("cannot read '" + name + "': " + e.getMessage(), "", 0);
            }
            read.put(name, file);
            files.note(name, file.note());
        }
        file.problems().forEach(problem -> guard.mistake(guard.place(0), problem, ""));
        return file.rows();
    }
}
