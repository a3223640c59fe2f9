package headroom.dsl.build;

import headroom.plan.model.FixedModelSpec;
import headroom.plan.serving.FixedProfileSpec;

/**
 * A model of fixed work that can be deployed.
 *
 * @param profile what a server makes of it
 */
public record FixedWorkChoice(FixedModelSpec spec, FixedProfileSpec profile) {}
