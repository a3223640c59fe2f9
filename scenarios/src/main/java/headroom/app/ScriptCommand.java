package headroom.app;

/** A command about one script, whose help also lists that script's parameters. */
interface ScriptCommand {
    /** What the user said about the script. */
    ScriptOptions options();
}
