package headroom.dsl.build;

/** How a site gets rid of heat; {@code pue} is facility power over IT power. */
public record Cooling(double pue) {}
