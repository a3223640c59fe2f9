package headroom.dsl.build;

import groovy.lang.Closure;

/** An {@code expect} of the script: its text, its place and what must be true. */
public record Claim(String text, int place, Closure<?> body) {}
