package headroom.dsl.catalogue;

import headroom.plan.serving.ProfileSpec;
import java.util.List;

/**
 * A profile and where each of its numbers came from.
 *
 * @param spec as a plan holds it
 * @param origins the measured shares and fitted constants that made it, in order of use
 */
public record ResolvedProfile(ProfileSpec spec, List<Fact> origins) {
    public ResolvedProfile {
        origins = List.copyOf(origins);
    }
}
