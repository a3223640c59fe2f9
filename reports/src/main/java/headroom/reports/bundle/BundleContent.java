package headroom.reports.bundle;

import headroom.plan.InputFile;
import headroom.result.ClaimOutcome;
import headroom.result.SweepResult;
import java.util.List;

/**
 * What goes into a bundle.
 *
 * @param claims what became of the script's claims, in its order
 * @param scriptName file name of the script, without folders
 * @param scriptText the script as it ran
 * @param inputs files that the script read
 * @param productVersion of Headroom
 * @param engineVersion hash of the engine's classes
 */
public record BundleContent(
        SweepResult results,
        List<ClaimOutcome> claims,
        String scriptName,
        String scriptText,
        List<InputFile> inputs,
        String productVersion,
        String engineVersion) {
    public BundleContent {
        claims = List.copyOf(claims);
        inputs = List.copyOf(inputs);
    }
}
