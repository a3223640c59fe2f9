package headroom.dsl.build;

/** A {@code param} of the script. */
record Declared(String name, Object byDefault, String doc, Limits limits) {
    /** For people: what it is, and the values it may have. */
    String description() {
        String legal = limits.toString();
        return legal.isEmpty() ? doc : doc.isEmpty() ? legal : doc + " (" + legal + ")";
    }
}
