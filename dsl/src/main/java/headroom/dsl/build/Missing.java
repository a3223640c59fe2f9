package headroom.dsl.build;

import headroom.dsl.script.Frame;

/** What no {@code deploy} block can do without. */
record Missing(String name, Pass pass, Frame frame) {

    /** Reports a block that does not say which model it serves, or where. */
    void report() {
        report("model", "which model", "model 'qwen2.5-72b'");
        report("at", "where", "at 'frankfurt', on: 'a100-sxm4-80gb', tensorParallel: 8");
    }

    private void report(String word, String what, String example) {
        if (frame.lacks(word)) {
            pass.guard()
                    .mistake(
                            pass.guard().place(),
                            "deploy '" + name + "' does not say " + what,
                            "add, for example, " + example);
        }
    }
}
