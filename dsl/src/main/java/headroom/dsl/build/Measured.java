package headroom.dsl.build;

import groovy.lang.Closure;
import headroom.units.Quantity;

/** A {@code measured} of the script at one point: what somebody saw, and how the results are asked for the same. */
public record Measured(String metric, String group, Quantity value, int place, Closure<?> predicted) {}
