package headroom.dsl.build;

/** A {@code param} of the script. */
record Declared(String name, Object byDefault, String description) {}
