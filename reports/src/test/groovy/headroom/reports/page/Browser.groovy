package headroom.reports.page

import com.fasterxml.jackson.databind.ObjectMapper
import java.net.http.HttpClient
import java.net.http.WebSocket
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

/** One tab of the system's Chromium without a window, spoken to over the DevTools protocol; it resolves no host. */
final class Browser implements AutoCloseable {
    static final String PROGRAM = 'chromium'
    private static final int PATIENCE_SECONDS = 60
    private static final ObjectMapper JSON = new ObjectMapper()

    /** Addresses that pages asked for. */
    final List<String> requests = new CopyOnWriteArrayList<>()
    /** What the console says of mistakes. */
    final List<String> complaints = new CopyOnWriteArrayList<>()

    private final Process process
    private final Path profile
    private final WebSocket socket
    private final String session
    private final AtomicInteger ids = new AtomicInteger()
    private final Map<Integer, CompletableFuture<Map>> pending = new ConcurrentHashMap<>()
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>()

    static boolean isInstalled() {
        System.getenv('PATH').split(File.pathSeparator).any { Files.isExecutable(Path.of(it, PROGRAM)) }
    }

    Browser() {
        profile = Files.createTempDirectory('browser')
        process = new ProcessBuilder(PROGRAM, '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--no-first-run',
                '--host-resolver-rules=MAP * ~NOTFOUND', '--remote-debugging-port=0', "--user-data-dir=$profile", 'about:blank')
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
        // Whatever goes wrong from here on, no browser stays behind.
        Runtime.runtime.addShutdownHook(new Thread({ process.destroyForcibly(); profile.toFile().deleteDir() }))
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(address()), new Ear()).get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        String target = ask('Target.createTarget', [url: 'about:blank'], null).targetId
        session = ask('Target.attachToTarget', [targetId: target, flatten: true], null).sessionId
        ['Page', 'Runtime', 'Network', 'Log'].each { ask("${it}.enable" as String, [:]) }
    }

    private String address() {
        def lines = new BufferedReader(new InputStreamReader(process.errorStream))
        String found = null
        while (found == null) {
            String line = lines.readLine()
            if (line == null) {
                throw new IllegalStateException('the browser ended before it listened')
            }
            found = (line =~ /DevTools listening on (ws:\S+)/).with { it.find() ? it.group(1) : null }
        }
        Thread.startDaemon('browser-errors') { lines.each { } }
        found
    }

    /** Opens a page and waits until it is loaded. */
    void open(Path page) {
        loaded = new CompletableFuture<>()
        ask('Page.navigate', [url: page.toUri().toString()])
        loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS)
    }

    void size(int width, int height = 900) {
        ask('Emulation.setDeviceMetricsOverride', [width: width, height: height, deviceScaleFactor: 1, mobile: false])
    }

    /** Light or dark, on screen or in print. */
    void prefer(String scheme, String media = 'screen') {
        ask('Emulation.setEmulatedMedia', [media: media, features: [[name: 'prefers-color-scheme', value: scheme]]])
    }

    void scripts(boolean run) {
        ask('Emulation.setScriptExecutionDisabled', [value: !run])
    }

    /** What an expression of JavaScript gives, as plain data; waits for promises. */
    Object eval(String expression) {
        def answer = ask('Runtime.evaluate', [expression: expression, returnByValue: true, awaitPromise: true])
        if (answer.exceptionDetails) {
            throw new IllegalStateException("$expression: $answer.exceptionDetails")
        }
        answer.result.value
    }

    void press(String key, int code, String text = '') {
        def event = [key: key, windowsVirtualKeyCode: code, text: text]
        ask('Input.dispatchKeyEvent', event + [type: 'keyDown'])
        ask('Input.dispatchKeyEvent', event + [type: 'keyUp'])
    }

    byte[] screenshot() {
        ask('Page.captureScreenshot', [captureBeyondViewport: true]).data.decodeBase64()
    }

    byte[] pdf() {
        ask('Page.printToPDF', [printBackground: true]).data.decodeBase64()
    }

    private Map ask(String method, Map parameters, String in = session) {
        int id = ids.incrementAndGet()
        def answer = new CompletableFuture<Map>()
        pending[id] = answer
        def message = [id: id, method: method, params: parameters] + (in == null ? [:] : [sessionId: in])
        socket.sendText(JSON.writeValueAsString(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)
    }

    private void hear(Map message) {
        if (message.id != null) {
            def waiting = pending.remove(message.id)
            if (message.error) {
                waiting.completeExceptionally(new IllegalStateException(message.error as String))
            } else {
                waiting.complete(message.result as Map)
            }
            return
        }
        def told = message.params as Map
        switch (message.method) {
            case 'Page.loadEventFired' -> loaded.complete(null)
            case 'Network.requestWillBeSent' -> requests << (told.request.url as String)
            case 'Runtime.exceptionThrown' -> complaints << (told.exceptionDetails as String)
            case 'Log.entryAdded' -> { if (told.entry.level == 'error') { complaints << (told.entry.text as String) } }
            case 'Runtime.consoleAPICalled' -> { if (told.type == 'error') { complaints << (told.args as String) } }
            default -> { }
        }
    }

    @Override
    void close() {
        socket.abort()
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor()
        }
        profile.toFile().deleteDir()
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder()

        @Override
        CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text << part
            if (last) {
                def whole = text.toString()
                text.length = 0
                hear(JSON.readValue(whole, Map))
            }
            from.request(1)
            null
        }
    }
}
