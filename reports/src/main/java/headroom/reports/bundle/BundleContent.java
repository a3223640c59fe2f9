package headroom.reports.bundle;

import headroom.plan.InputFile;
import headroom.plan.SourceNote;
import headroom.reports.formats.TableFormat;
import headroom.result.ClaimOutcome;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What goes into a bundle.
 *
 * @param claims what became of the script's claims, in its order
 * @param comparisons what was measured beside what the run says; empty when the script compares nothing
 * @param scriptName file name of the script, without folders
 * @param scriptText the script as it ran
 * @param inputs files that the script read
 * @param sources what the catalogue says of the entries that the script named
 * @param productVersion of Headroom
 * @param engineVersion hash of the engine's classes
 * @param catalogueVersion hash of the catalogue's tables
 * @param formats forms of the tables beside CSV
 */
public record BundleContent(
        SweepResult results,
        List<ClaimOutcome> claims,
        List<Comparison> comparisons,
        String scriptName,
        String scriptText,
        List<InputFile> inputs,
        List<SourceNote> sources,
        String productVersion,
        String engineVersion,
        String catalogueVersion,
        Set<TableFormat> formats) {
    public BundleContent {
        claims = List.copyOf(claims);
        comparisons = List.copyOf(comparisons);
        inputs = List.copyOf(inputs);
        sources = List.copyOf(sources);
        formats = Collections.unmodifiableSet(new TreeSet<>(formats));
    }

    /** Content whose tables are CSV only. */
    public BundleContent(
            SweepResult results,
            List<ClaimOutcome> claims,
            List<Comparison> comparisons,
            String scriptName,
            String scriptText,
            List<InputFile> inputs,
            List<SourceNote> sources,
            String productVersion,
            String engineVersion,
            String catalogueVersion) {
        this(
                results,
                claims,
                comparisons,
                scriptName,
                scriptText,
                inputs,
                sources,
                productVersion,
                engineVersion,
                catalogueVersion,
                Set.of());
    }
}
