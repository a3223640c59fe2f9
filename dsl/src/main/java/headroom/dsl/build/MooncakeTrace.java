package headroom.dsl.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import headroom.plan.traffic.PromptHashes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace as Mooncake publishes them, one JSON object a line: {@code timestamp} in milliseconds, {@code input_length},
 * {@code output_length}, and {@code hash_ids} of the prompt's blocks of 512 tokens, which all lines have or none.
 */
final class MooncakeTrace implements TraceShape {
    /** Tokens of one hashed block. */
    static final int BLOCK_TOKENS = 512;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private @Nullable Boolean hashed;

    @Override
    public TraceRow row(String line) {
        JsonNode root = object(line);
        JsonNode ids = root.get("hash_ids");
        if (hashed == null) {
            hashed = ids != null;
        } else if (hashed && ids == null) {
            throw new IllegalArgumentException("has no hash_ids, but rows before it have");
        } else if (!hashed && ids != null) {
            throw new IllegalArgumentException("has hash_ids, but rows before it have none");
        }
        JsonNode timestamp = field(root, "timestamp");
        if (!timestamp.isNumber()) {
            throw new IllegalArgumentException(
                    "has the timestamp " + timestamp + ", which is no number of milliseconds");
        }
        long instantNanos = TraceInstant.nanos(timestamp.asText(), 6, "milliseconds");
        int promptTokens = tokens(root, "input_length");
        int outputTokens = tokens(root, "output_length");
        return new TraceRow(instantNanos, promptTokens, outputTokens, ids == null ? null : hashes(ids, promptTokens));
    }

    private static JsonNode object(String line) {
        try {
            JsonNode root = JSON.readTree(line);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("is no JSON object with timestamp, input_length and output_length");
    }

    private static JsonNode field(JsonNode root, String name) {
        JsonNode value = root.get(name);
        if (value == null) {
            throw new IllegalArgumentException("has no " + name);
        }
        return value;
    }

    private static int tokens(JsonNode root, String name) {
        JsonNode value = field(root, name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException("has the " + name + " " + value + ", which is no number of tokens");
        }
        if (value.intValue() < 1) {
            throw new IllegalArgumentException("has the " + name + " " + value + "; the least is 1 token");
        }
        return value.intValue();
    }

    private static List<Long> hashes(JsonNode ids, int promptTokens) {
        int wanted = PromptHashes.blocks(promptTokens, BLOCK_TOKENS);
        if (!ids.isArray() || ids.size() != wanted) {
            throw new IllegalArgumentException(
                    (ids.isArray() ? "has " + ids.size() + " hash_ids" : "has no list of hash_ids")
                            + ", but " + promptTokens + " tokens are " + wanted + (wanted == 1 ? " block" : " blocks")
                            + " of "
                            + BLOCK_TOKENS);
        }
        List<Long> hashes = new ArrayList<>();
        for (JsonNode id : ids) {
            if (!id.isIntegralNumber() || !id.canConvertToLong()) {
                throw new IllegalArgumentException("has the hash id " + id + ", which is no whole number of 64 bits");
            }
            hashes.add(id.longValue());
        }
        return hashes;
    }
}
