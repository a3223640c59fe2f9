package headroom.dsl.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes what is made from the builders: the reference, and the files for editors. */
public final class WriteReference {
    /** What to type, for the head of each file and for those who forgot. */
    static final String COMMAND = "mvn -B -q -Dquick -Preference process-classes";

    private WriteReference() {}

    /** Each file, from the top of the repository, and what belongs in it. */
    static Map<Path, String> files() {
        Language language = new Language();
        return Map.of(
                Path.of("docs/reference.md"), new ReferencePage(language).text(),
                Path.of("dsl/src/main/resources/headroom.gdsl"), new EditorFile(language).text(),
                Path.of("dsl/src/main/java/headroom/dsl/ScenarioScript.java"), ScriptClass.source());
    }

    /**
     * Writes the files.
     *
     * @param arguments the top folder of the repository
     */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<Path, String> file : files().entrySet()) {
            Files.writeString(Path.of(arguments[0]).resolve(file.getKey()), file.getValue());
        }
    }
}
