package headroom.dsl.reference;

import headroom.dsl.build.ValueWords;
import headroom.dsl.build.WordsToCome;
import headroom.dsl.build.WordsToCome.Later;
import headroom.dsl.reference.Section.Kind;
import headroom.dsl.reference.Section.Opener;
import headroom.dsl.script.WordFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference of the language as one page of Markdown. */
final class ReferencePage {
    private static final String HEAD = """
            <!-- Made from the builders by: %s
                 Do not edit: change the annotations of the word, and run the command. -->

            # Reference

            Every word of the scenario language. The [README](../README.md) shows a whole scenario; `headroom new` writes one
            to start from; `headroom catalog` lists the names of models, devices and number formats; the
            [glossary](glossary.md) says what the terms mean.

            * **Words are grouped by block.** A word is understood in its own block only; values, units and `Math` are
              understood everywhere.
            * **Arguments** come in the order of their table; those with a colon are given by name, in any
              order: `hardware 'l4', count: 8`.
            * **Left out** says what holds when an argument is not given. *needed* means that it has to be; what is in code can
              be written in its place and means the same.
            * **Amounts carry a unit**: `80.GB`, `1.80.usd/hour`. A plain number where an amount is wanted is refused.
            * **Every example runs**: the build tries each one in its block.

            """.formatted(WriteReference.COMMAND);

    private final Language language;
    private final WordEntry entry;
    private final StringBuilder page = new StringBuilder();

    ReferencePage(Language language) {
        this.language = language;
        this.entry = new WordEntry(language);
    }

    String text() {
        page.append(HEAD);
        contents();
        language.sections().forEach(this::section);
        units();
        later();
        return page.toString();
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void contents() {
        line("## At a glance");
        line("");
        line("| Where | Words |");
        line("| --- | --- |");
        for (Section section : language.sections()) {
            String words = section.words().stream()
                    .map(word -> "[`" + word.name() + "`](#" + section.id(word) + ")")
                    .collect(Collectors.joining(" "));
            line("| [" + title(section) + "](#" + section.id() + ") | " + words + " |");
        }
        line("| everywhere | [units](#units) |");
        line("| refused by name | [words to come](#to-come) |");
        line("");
    }

    private static String title(Section section) {
        return switch (section.kind()) {
            case TOP -> "Top level";
            case BLOCK -> "`" + section.id() + "` block";
            case EVERYWHERE, ANSWER ->
                section.id().substring(0, 1).toUpperCase(Locale.ROOT)
                        + section.id().substring(1).replace('-', ' ');
        };
    }

    private void section(Section section) {
        line("## <a id=\"" + section.id() + "\"></a>" + title(section));
        line("");
        line(introduction(section));
        line("");
        for (WordFacts word : section.words()) {
            if (!word.arguments().isEmpty()) {
                line("### <a id=\"" + section.id(word) + "\"></a>`" + word.name() + "`");
                line("");
                entry.write(word).forEach(this::line);
            }
        }
        List<WordFacts> plain = section.words().stream()
                .filter(word -> word.arguments().isEmpty())
                .toList();
        if (!plain.isEmpty()) {
            if (plain.size() < section.words().size()) {
                line("### Words without arguments");
                line("");
            }
            line("| Word | Meaning | Example |");
            line("| --- | --- | --- |");
            plain.forEach(word -> line("| <a id=\"" + section.id(word) + "\"></a>`" + word.name() + "` | "
                    + entry.meaning(word) + " | `" + word.example() + "` |"));
            line("");
        }
    }

    private String introduction(Section section) {
        return switch (section.kind()) {
            case TOP -> "What stands at the top level of a script, or in the block of a `variant`.";
            case EVERYWHERE ->
                section.vocabulary().equals(ValueWords.class)
                        ? "Words that make values. They mean the same in every block."
                        : "Functions of plain numbers: `Math.ceil(users / 8)`. They give the same to the last bit on every machine.";
            case BLOCK ->
                "The block of " + ways(section) + ". "
                        + entry.meaning(section.openers().get(0).word());
            case ANSWER -> "What can be asked of the value of " + ways(section) + ".";
        };
    }

    /** The words that lead to it; those of a block that is not its first way are told apart. */
    private static String ways(Section section) {
        List<String> values = new ArrayList<>();
        List<String> blocks = new ArrayList<>();
        for (Opener opener : section.openers()) {
            String name = "`" + opener.name() + "`";
            if (section.kind() == Kind.BLOCK || opener.word().gives().contains(section.vocabulary())) {
                values.add(name);
            }
            boolean block = opener.word().arguments().stream()
                    .anyMatch(argument -> section.vocabulary().equals(argument.words()));
            if (section.kind() == Kind.ANSWER && block) {
                blocks.add(name);
            }
        }
        return joined(values) + (blocks.isEmpty() ? "" : ", or said in the block of " + joined(blocks));
    }

    private static String joined(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private void units() {
        line("## <a id=\"units\"></a>Units");
        line("");
        line(
                "A unit follows its number after a dot: `80.GB`. Units multiply and divide: `0.21.usd/kWh`, `700.W * 2.hours`.");
        line("Case counts: `MB` is a million bytes, `Mbps` a million bits a second.");
        line("");
        line("| Unit | Measures | One is |");
        line("| --- | --- | --- |");
        UnitTable.rows().forEach(this::line);
        line("");
    }

    private void later() {
        line("## <a id=\"to-come\"></a>Words to come");
        line("");
        line(
                "These are known and refused by name, so that no script takes them for simulated. Each is answered with the");
        line("sentence beside it and the remedy `remove it`.");
        line("");
        line("| Where | Word | Refusal |");
        line("| --- | --- | --- |");
        Map<String, String> rows = new LinkedHashMap<>();
        for (Later later : WordsToCome.all()) {
            String where = !later.argument().isEmpty()
                    ? "argument of `" + later.word() + "`"
                    : later.block().isEmpty() ? "top level" : "`" + later.block() + "` block";
            String what = later.argument().isEmpty() ? "`" + later.word() + "`" : "`" + later.argument() + ":`";
            rows.merge("| " + where + " | %s | " + later.refusal() + " |", what, (a, b) -> a + ", " + b);
        }
        rows.forEach((row, words) -> line(row.replace("%s", words)));
        line("");
        line(
                "A model of fixed work (`headroom catalog models` lists them) is refused in the same way where a `deploy` names it.");
    }
}
