package headroom.dsl.build;

import headroom.dsl.script.LaterWords;
import headroom.dsl.script.WordTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words that later versions will understand, by block, each with what it stands for. */
public final class WordsToCome implements LaterWords {
    private static final Map<String, String> TOP = table(
            "endpoint",
            "bought APIs are",
            "cache",
            "response caches are",
            "schedule",
            "moving deferrable work is",
            "fault",
            "faults are",
            "cost",
            "costs beyond rent and electricity are",
            "capacity",
            "the search for capacity is",
            "recommend",
            "the search for configurations is",
            "prefixAffinity",
            "routing by prefix is",
            "cheapest",
            "routing by price is",
            "greenest",
            "routing by carbon is",
            "nearest",
            "routing by distance is",
            "weighted",
            "weighted routing is",
            "cascade",
            "a cascade of models is",
            "byDifficulty",
            "routing by difficulty is",
            "spillOver",
            "spill-over is",
            "server",
            "own servers are");
    private static final Map<String, String> SITE = table(
            "powerCap",
            "power caps of a whole site are",
            "rackCap",
            "power caps of a rack are",
            "ups",
            "uninterruptible power is",
            "certification",
            "certifications are",
            "certifications",
            "certifications are",
            "network",
            "network distance is",
            "distance",
            "network distance is",
            "water",
            "water use is",
            "weather",
            "weather is",
            "battery",
            "batteries are",
            "owned",
            "owned devices are");
    private static final Map<String, String> TRAFFIC = table(
            "bursts",
            "bursts are",
            "diurnal",
            "a daily rhythm is",
            "ramp",
            "a ramp is",
            "agent",
            "agent loops are",
            "rag",
            "RAG context is",
            "popularity",
            "popularity is",
            "difficulty",
            "difficulty is",
            "deadline",
            "deadlines are",
            "from",
            "where users are is",
            "allowed",
            "where data may go is",
            "stretch",
            "time-stretched traces are",
            "thin",
            "thinned traces are");
    private static final Map<String, String> DEPLOY =
            table("autoscale", "autoscaling is", "pruned", "pruned models are", "distilled", "distilled models are");

    private static final Map<String, String> MODEL =
            table("pruned", "pruned models are", "distilled", "distilled models are");
    private static final Map<String, String> HARDWARE =
            table("price", "owned devices are", "capex", "owned devices are", "server", "own servers are");
    private static final Map<String, String> QUANTIZATION = table("activationBits", "activations of other bits are");

    private static final Map<String, String> ARGUMENTS = table(
            "hardware capex",
            "owned devices are",
            "hardware lifetime",
            "owned devices are",
            "hardware spot",
            "spot prices are",
            "hardware reserved",
            "reserved prices are",
            "route spillOver",
            "spill-over is",
            "trace stretch",
            "time-stretched traces are",
            "trace thin",
            "thinned traces are",
            "electricity series",
            "hourly electricity is");

    private static final Map<String, Map<String, String>> BLOCKS = blocks();

    WordsToCome() {}

    /** A word or an argument that is refused by name, and the sentence that refuses it; {@code block} is empty at the top level. */
    public record Later(String block, String word, String argument, String refusal) {}

    /** All of them: words first, block by block, then arguments of words. */
    public static List<Later> all() {
        List<Later> all = new ArrayList<>();
        BLOCKS.forEach((block, words) ->
                words.forEach((word, phrase) -> all.add(new Later(block, word, "", sentence(phrase)))));
        ARGUMENTS.forEach((argument, phrase) -> {
            String[] parts = argument.split(" ", 2);
            all.add(new Later("", parts[0], parts[1], sentence(phrase)));
        });
        return all;
    }

    private static Map<String, Map<String, String>> blocks() {
        Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
        blocks.put("", TOP);
        blocks.put("site", SITE);
        blocks.put("traffic", TRAFFIC);
        blocks.put("deploy", DEPLOY);
        blocks.put("model", MODEL);
        blocks.put("hardware", HARDWARE);
        blocks.put("quantization", QUANTIZATION);
        return blocks;
    }

    private static Map<String, String> table(String... wordsAndPhrases) {
        Map<String, String> table = new LinkedHashMap<>();
        for (int i = 0; i < wordsAndPhrases.length; i += 2) {
            table.put(wordsAndPhrases[i], wordsAndPhrases[i + 1]);
        }
        return table;
    }

    @Override
    public @Nullable String refusal(String block, String word) {
        String phrase = BLOCKS.getOrDefault(block, Map.of()).get(word);
        return phrase == null ? null : sentence(phrase);
    }

    @Override
    public @Nullable String argumentRefusal(String word, String argument) {
        String phrase = ARGUMENTS.get(word + " " + argument);
        return phrase == null ? null : sentence(phrase);
    }

    private static String sentence(String phrase) {
        return phrase + " not simulated yet";
    }

    @Override
    public @Nullable String home(String word) {
        if (word.equals("at")) {
            return "deploy, or in the block of an expect";
        } else if (word.equals("firstWhere")) {
            return "the block of an expect";
        } else if (has(SiteWords.class, word)) {
            return "site";
        } else if (has(TrafficWords.class, word)) {
            return "traffic";
        } else if (has(DeployWords.class, word)) {
            return "deploy";
        } else if (has(ModelWords.class, word)) {
            return "model";
        } else if (has(HardwareWords.class, word)) {
            return "hardware";
        } else if (has(QuantizationWords.class, word)) {
            return "quantization";
        } else if (has(SloWords.class, word)) {
            return "slo";
        }
        return has(ReportWords.class, word) ? "report" : null;
    }

    private static boolean has(Class<?> vocabulary, String word) {
        return WordTable.of(vocabulary).names().contains(word);
    }
}
