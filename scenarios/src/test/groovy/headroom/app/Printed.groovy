package headroom.app

import java.nio.charset.Charset
import java.nio.charset.StandardCharsets

/** A terminal that keeps what is printed. */
class Printed {
    final ByteArrayOutputStream outBytes = new ByteArrayOutputStream()
    final ByteArrayOutputStream errBytes = new ByteArrayOutputStream()
    final Terminal terminal

    Printed(Charset alphabet = StandardCharsets.UTF_8, boolean interactive = false) {
        terminal = new Terminal(new PrintStream(outBytes, true, alphabet), new PrintStream(errBytes, true, alphabet), alphabet, interactive, 80)
    }

    String getOut() {
        outBytes.toString(terminal.alphabet())
    }

    String getErr() {
        errBytes.toString(terminal.alphabet())
    }
}
