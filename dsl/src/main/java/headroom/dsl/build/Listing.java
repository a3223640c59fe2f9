package headroom.dsl.build;

import headroom.dsl.script.Mistake;

/** One of the lists of the catalogue that a script may ask for a name. */
enum Listing {
    MODELS("models"),
    HARDWARE("hardware"),
    QUANTIZATIONS("quantizations");

    private final String shelf;

    Listing(String shelf) {
        this.shelf = shelf;
    }

    /** The list of what a script calls {@code kind}. */
    static Listing of(String kind) {
        return switch (kind) {
            case "model" -> MODELS;
            case "hardware" -> HARDWARE;
            case "quantization" -> QUANTIZATIONS;
            default ->
                throw new Mistake("the catalogue has no " + kind + "s", "say 'model', 'hardware' or 'quantization'", 0);
        };
    }

    /** Whether it has that name, and knows enough to simulate it. */
    boolean has(Shelf catalogue, String name) {
        return catalogue.has(shelf, name) && catalogue.canSimulate(shelf, name);
    }
}
