package headroom.app

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Commands with --isolate. What needs bubblewrap (the program bwrap) skips where it is missing or may not work. */
@Timeout(120)
class IsolationSpec extends Specification {
    static final boolean HOLDS = holds()

    @TempDir
    Path folder

    Printed printed = new Printed()

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "check says within the wall what it says without"() {
        given:
        def plain = new Printed()
        def script = script(MainSpec.SCRIPT)

        expect:
        Main.run(printed.terminal, 'check', script, '--isolate', '-P', 'users=1,2') == 0
        Main.run(plain.terminal, 'check', script, '-P', 'users=1,2') == 0
        printed.out == plain.out
    }

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "a run leaves its report, the same to the byte, and nothing else"() {
        given:
        def script = script(MainSpec.SCRIPT + MainSpec.FAILS)
        def plain = new Printed()

        expect:
        Main.run(printed.terminal, 'run', script, '-o', at('within'), '--isolate') == 1
        Main.run(plain.terminal, 'run', script, '-o', at('without')) == 1
        printed.out.readLines().last() == "Report: ${at('within')}/index.html"
        printed.out.replace(at('within'), at('without')) == plain.out
        folder.toFile().list().sort() == ['scenario.groovy', 'within', 'without']
        files('within').keySet() == files('without').keySet()
        files('within').size() > 5
        files('within').findAll { name, text -> name =~ /plans|tables|claims/ } == files('without').findAll { name, text -> name =~ /plans|tables|claims/ }
    }

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "a zip written within the wall is the same file as one written without"() {
        given:
        def script = script(MainSpec.SCRIPT)

        expect:
        Main.run(printed.terminal, 'run', script, '--zip', '-o', at('within'), '--isolate') == 0
        Main.run(printed.terminal, 'run', script, '--zip', '-o', at('without.zip')) == 0
        folder.toFile().list().sort() == ['scenario.groovy', 'within.zip', 'without.zip']
        Files.mismatch(folder.resolve('within.zip'), folder.resolve('without.zip')) == -1
    }

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "an earlier report stays when the script has a mistake, and gives way when it has none"() {
        given:
        Main.run(printed.terminal, 'run', script(MainSpec.SCRIPT), '-o', at('out'))
        def before = files('out')

        expect:
        Main.run(printed.terminal, 'run', script('titel 1'), '-o', at('out'), '--isolate') == 2
        files('out') == before
        Main.run(printed.terminal, 'run', script(MainSpec.SCRIPT), '--seed', '7', '-o', at('out'), '--isolate') == 0
        files('out') != before
    }

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "a file named on the command line can be read, also where it lies elsewhere and through a link"() {
        given:
        def elsewhere = Files.createDirectory(folder.resolve('elsewhere'))
        Files.writeString(elsewhere.resolve('real.csv'), 'users\n3\n5\n')
        Files.createSymbolicLink(folder.resolve('link.csv'), elsewhere.resolve('real.csv'))
        def own = Files.createDirectory(folder.resolve('own'))
        def text = MainSpec.SCRIPT.replace('sweep users: [1, 2, 4]', "sweep csv(param('rows', 'none.csv'))")

        when:
        Files.writeString(own.resolve('a.groovy'), text)
        def code = Main.run(printed.terminal, 'check', own.resolve('a.groovy').toString(), '--isolate', '-P', "rows=$file".replace('FOLDER', folder.toString()))

        then:
        code == 0
        printed.out.contains('2 points')

        where:
        file << ['FOLDER/elsewhere/real.csv', 'FOLDER/link.csv']
    }

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "mistakes are shown as ever, exit with 2 and leave nothing"() {
        expect:
        Main.run(printed.terminal, 'run', script("titel 'x'"), '-o', at('out'), '--isolate') == 2
        printed.err.contains("scenario.groovy:1:1: unknown word 'titel'")
        folder.toFile().list() == ['scenario.groovy']
    }

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "within are the system's programs, what is shown, one folder to write, and nothing else"() {
        given:
        def shown = Files.createDirectory(folder.resolve('shown'))
        def lent = Files.createDirectory(folder.resolve('lent'))
        Files.writeString(shown.resolve('a'), 'hello')
        Files.writeString(folder.resolve('secret'), 'secret')
        def wall = Wall.build(System.getenv('PATH'))
        wall.startIn(folder)
        wall.show(shown)
        wall.lend(lent)

        when:
        def command = wall.around(['sh', '-c', """
            cat shown/a
            cat secret && echo SECRET
            cat /etc/passwd && echo PASSWORDS
            ls /root /home /work && echo HOMES
            echo x >shown/b && echo WROTE
            echo x >/usr/b && echo WROTE
            echo x >lent/b && echo ' lent'
            echo \$(ls /proc | grep -c '^[0-9]') processes
            grep -c : /proc/net/dev
            env | grep -v -E '^(PWD|SHLVL|_|OLDPWD|LC_ALL|LC_CTYPE|LANG)=' && echo ENVIRONMENT
            true
            """])
        def process = new ProcessBuilder(command).start()
        process.waitFor(20, TimeUnit.SECONDS)
        def lines = process.inputStream.text.readLines()

        then:
        lines[0] == 'hello lent'
        (lines[1] =~ /^(\d+) processes/)[0][1].toInteger() < 8
        lines[2] == '1'
        lines.size() == 3
        lent.resolve('b').toFile().exists()
        !shown.resolve('b').toFile().exists()
    }

    @Requires(value = { IsolationSpec.HOLDS }, reason = 'bwrap is missing, or user namespaces are forbidden')
    def "a trusted script may do whatever it likes within the wall, and reaches nothing outside"() {
        given:
        def canary = folder.resolve('canary')
        def attempts = """
            println new File('/etc/passwd').exists()
            println System.getenv().keySet() - ['LC_ALL', 'LC_CTYPE', 'LANG', 'PWD']
            println NetworkInterface.networkInterfaces().map { it.name }.toList() - ['lo']
            try { new File('$canary').text = 'x' } catch (IOException e) { println 'read-only' }
            try { new Socket('192.0.2.1', 80) } catch (IOException e) { println 'no network' }
            """.stripIndent()

        expect:
        Main.run(printed.terminal, 'check', script(attempts + MainSpec.SCRIPT), '--isolate', '--trust') == 0
        printed.out.readLines().take(5) == ['false', '[]', '[]', 'read-only', 'no network']
        !Files.exists(canary)
    }

    def "a script is trusted only when told so"() {
        given:
        def script = script("println System.getProperty('java.version')\n" + MainSpec.SCRIPT)

        expect:
        Main.run(printed.terminal, 'check', script) == 2
        printed.err.contains("scenario.groovy:1:1: unknown word 'println'")
        Main.run(printed.terminal, command, script, *more, '--trust') == 0

        where:
        command   | more
        'check'   | []
        'explain' | ['--seed', '3']
    }

    def "without bubblewrap it says so in one line, exits with 2 and runs nothing"() {
        when:
        Wall.build(folder.toString())

        then:
        def e = thrown(UserMistake)
        e.message == '--isolate needs bubblewrap, which is not installed; install it (Debian: apt install bubblewrap), or leave --isolate out'
    }

    def "where bubblewrap may not build a wall it says why, and runs nothing"() {
        given:
        def fake = folder.resolve('bwrap')
        Files.writeString(fake, '#!/bin/sh\necho "bwrap: No permissions to create new namespace" >&2\nexit 1\n')
        fake.toFile().setExecutable(true)

        when:
        Wall.build("/nowhere:$folder")

        then:
        def e = thrown(UserMistake)
        e.message.contains('cannot build its wall here: bwrap: No permissions to create new namespace; allow user namespaces')
    }

    private Map<String, String> files(String name) {
        def root = folder.resolve(name)
        Files.walk(root).withCloseable { it.filter { Files.isRegularFile(it) }.toList() }
                .collectEntries { [root.relativize(it).toString(), Files.readString(it, java.nio.charset.StandardCharsets.ISO_8859_1)] }
    }

    private String at(String name) {
        folder.resolve(name)
    }

    private String script(String text) {
        def file = folder.resolve('scenario.groovy')
        Files.writeString(file, text)
        file.toString()
    }

    private static boolean holds() {
        try {
            Wall.build(System.getenv('PATH'))
            return true
        } catch (UserMistake ignored) {
            return false
        }
    }
}
