package headroom.reports.bundle;

import headroom.plan.InputFile;
import headroom.plan.SourceNote;
import headroom.result.ClaimOutcome;
import headroom.result.Comparison;
import headroom.result.SweepResult;
import java.util.List;

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
        String catalogueVersion) {
    public BundleContent {
        claims = List.copyOf(claims);
        comparisons = List.copyOf(comparisons);
        inputs = List.copyOf(inputs);
        sources = List.copyOf(sources);
    }
}
