package headroom.dsl.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** What makes this catalogue this catalogue: a hash of its tables. */
public final class CatalogueVersion {
    static final List<String> TABLES = List.of(
            "allreduce.csv",
            "efficiencies.csv",
            "energy.csv",
            "fixed_models.csv",
            "fixed_profiles.csv",
            "hardware.csv",
            "models.csv",
            "profiles.csv",
            "quantizations.csv",
            "serving_engines.csv");

    private static final int HEX_DIGITS = 16;

    private CatalogueVersion() {}

    /** The first 16 hex digits of the SHA-256 over the names and bytes of all tables, in order of name. */
    public static String current() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String table : TABLES) {
                digest.update(table.getBytes(UTF_8));
                String place = "/headroom/catalogue/" + table;
                try (InputStream in =
                        Objects.requireNonNull(CatalogueVersion.class.getResourceAsStream(place), place)) {
                    digest.update(in.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue could not be read", e);
        }
    }
}
