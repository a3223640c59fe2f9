package headroom.app;

import headroom.dsl.catalogue.Catalogue;
import headroom.dsl.catalogue.Kind;
import headroom.dsl.catalogue.UnknownNameException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code headroom catalog}: lists and shows what scripts can name. */
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "List what a script can name, or show everything known about one entry, with sources.",
        footer = {
            "",
            "Examples:",
            "  headroom catalog",
            "  headroom catalog hardware",
            "  headroom catalog models qwen2.5-72b"
        })
final class CatalogCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "models, hardware, quantizations or engines; all kinds when left out.")
    private @Nullable String kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The entry to show.")
    private @Nullable String name;

    private final Terminal terminal;

    CatalogCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.shipped();
        try {
            if (kind == null) {
                String all = Arrays.stream(Kind.values()).map(catalogue::list).collect(Collectors.joining("\n"));
                terminal.out().print(all);
            } else if (name == null) {
                terminal.out().print(catalogue.list(Kind.of(kind)));
            } else {
                terminal.out().print(catalogue.show(Kind.of(kind), name));
            }
        } catch (UnknownNameException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
        terminal.out().flush();
        return ExitCode.OK;
    }
}
