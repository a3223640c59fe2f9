package headroom.app

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Instant
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** The launcher with a Maven and a Java that only say how they were called. */
@Timeout(60)
@Requires({ new File('/usr/bin/env').exists() && new File('/bin/bash').exists() })
class LauncherSpec extends Specification {
    static final List<String> TOOLS = ['bash', 'env', 'readlink', 'find', 'mkdir', 'touch', 'mv', 'rm', 'date', 'grep', 'tail', 'head',
                                       'sleep', 'flock', 'rmdir', 'stty', 'cat']
    @TempDir
    Path folder

    Path home
    Path tools
    Path jdk

    def setup() {
        home = Files.createDirectories(folder.resolve('a home'))
        Files.copy(Path.of('../headroom'), home.resolve('headroom'))
        home.resolve('headroom').toFile().setExecutable(true)
        ['engine', 'dsl', 'reports', 'scenarios'].each {
            Files.createDirectories(home.resolve("$it/src/main/java"))
            Files.writeString(home.resolve("$it/pom.xml"), it)
        }
        Files.writeString(home.resolve('pom.xml'), 'root')
        Files.writeString(home.resolve('engine/src/main/java/A.java'), 'class A {}')
        Files.walk(home).withCloseable { files -> files.toList() }.each { age(it, 100) }

        tools = Files.createDirectories(folder.resolve('tools'))
        TOOLS.collect { tool -> ['/usr/bin', '/bin'].collect { Path.of(it, tool) }.find { Files.exists(it) } }
                .findAll { it != null }
                .each { Files.createSymbolicLink(tools.resolve(it.fileName), it) }
        executable(tools.resolve('mvn'), '''
            echo "mvn $*" >>"$CALLS"
            sleep "${BUILD_SECONDS:-0}"
            lib=${3%/pom.xml}/scenarios/target/quick/app/lib
            mkdir -p "$lib"
            touch "$lib/headroom.jar" "$lib/other.jar"
        '''.stripIndent())
        jdk = fakeJdk('17.0.15')
    }

    def "it is sound bash"() {
        expect:
        start(folder, ['bash', '-n', home.resolve('headroom').toString()]).code == 0
    }

    def "it builds at the first start only, and hands on arguments and exit code"() {
        when:
        def first = headroom('run', 'a script.groovy', '-o', 'out dir')
        def second = headroom('exit', '7')

        then:
        first.code == 0
        first.err.contains('headroom: building, once')
        first.out.contains('<headroom.app.Main> <run> <a script.groovy> <-o> <out dir>')
        second.code == 7
        !second.err.contains('building')
        calls('mvn') == ["mvn -B -f $home/pom.xml -Dquick clean package"]
    }

    def "the class path is every jar of the build"() {
        when:
        def started = headroom('check')

        then:
        started.out =~ /<-cp> <[^>]*\/a home\/\.headroom\/build-[^\/]*\/lib\/headroom\.jar:[^>]*\/lib\/other\.jar>/
    }

    def "it builds again after #change"() {
        given:
        headroom('check')
        home.resolve('.headroom').toFile().eachDirMatch(~/build-.*/) { age(it.toPath().resolve('built'), 50) }

        when:
        action.call(home)
        headroom('check')
        headroom('check')

        then:
        calls('mvn').size() == 2

        where:
        change                      | action
        'a source has changed'      | { Path home -> age(home.resolve('engine/src/main/java/A.java'), 10) }
        'a source has gone'         | { Path home -> Files.delete(home.resolve('engine/src/main/java/A.java')); age(home.resolve('engine/src/main/java'), 10) }
        'a module pom has changed'  | { Path home -> age(home.resolve('dsl/pom.xml'), 10) }
        'the root pom has changed'  | { Path home -> age(home.resolve('pom.xml'), 10) }
        'the build has been erased' | { Path home -> home.resolve('.headroom').toFile().deleteDir() }
    }

    def "it builds again after the folder has moved, since the stored classes name their place"() {
        given:
        headroom('check')

        when:
        Files.move(home, folder.resolve('moved'))
        home = folder.resolve('moved')
        headroom('check')

        then:
        calls('mvn').size() == 2
    }

    def "it starts from any folder and through links"() {
        given:
        def elsewhere = Files.createDirectories(folder.resolve('else where'))
        Files.createSymbolicLink(folder.resolve('link'), home.resolve('headroom'))
        Files.createSymbolicLink(elsewhere.resolve('hr'), Path.of('../link'))

        when:
        def started = start(elsewhere, ['./hr', 'pwd'])

        then:
        started.code == 0
        started.out.readLines().last() == elsewhere.toString()
    }

    def "two first starts at once build once"() {
        when:
        def both = (1..2).collect { launch(home, ['./headroom', 'check'], [BUILD_SECONDS: '0.5']) }
        def codes = both.collect { it.waitFor(30, TimeUnit.SECONDS); it.exitValue() }

        then:
        codes == [0, 0]
        calls('mvn').size() == 1
    }

    def "a build that fails shows why, and leaves nothing that could start"() {
        given:
        executable(tools.resolve('mvn'), 'echo "mvn $*" >>"$CALLS"; echo "[INFO] fine"; echo "[ERROR] A.java:[3,5] no such thing"; exit 1')

        when:
        def first = headroom('check')
        def second = headroom('check')

        then:
        [first, second]*.code == [1, 1]
        first.err.contains('[ERROR] A.java:[3,5] no such thing')
        first.err.contains("the whole log is in $home/.headroom/build.log")
        first.out.isEmpty()
        calls('mvn').size() == 2
        home.resolve('.headroom').toFile().list().every { !it.startsWith('build-') }
    }

    def "without #missing it says in one line what to do"() {
        given:
        action.call(this)

        when:
        def started = headroom('check')

        then:
        started.code == 2
        started.err.readLines().size() == 1
        started.err.contains(remedy)

        where:
        missing       | action                                                          | remedy
        'Maven'       | { LauncherSpec s -> Files.delete(s.tools.resolve('mvn')) }       | 'needs Maven 3.8 or newer to build. Install it (Debian: apt install maven)'
        'a compiler'  | { LauncherSpec s -> Files.delete(s.jdk.resolve('bin/javac')) }   | 'has no javac. Install a JDK (Debian: apt install openjdk-17-jdk-headless)'
    }

    def "an older Java in JAVA_HOME is passed over for a newer one on the path"() {
        given:
        def old = fakeJdk('11.0.2')
        def newer = fakeJdk('21.0.1')
        Files.createSymbolicLink(tools.resolve('java'), newer.resolve('bin/java'))
        jdk = old

        expect:
        headroom('which').out.readLines().last() == '21.0.1'
    }

    def "'#command' is compiled #how"() {
        expect:
        headroom(command).out.contains('-XX:TieredStopAtLevel=1') == fast

        where:
        command     | fast  | how
        'run'       | true  | 'by the quick compiler only'
        'verify'    | true  | 'by the quick compiler only'
        'check'     | true  | 'by the quick compiler only'
        'catalog'   | true  | 'by the quick compiler only'
        '--help'    | true  | 'by the quick compiler only'
        'validate'  | false | 'by the optimising compiler'
        'calibrate' | false | 'by the optimising compiler'
    }

    def "'#command' that is much work is started once more, with the optimising compiler and the same arguments"() {
        when:
        def started = start(home, ['./headroom', command, 'a b', '-o', 'out'], [LARGE: 'yes', HEADROOM_JAVA_OPTS: '-Dx=y'])
        def starts = started.out.readLines()

        then:
        started.code == 0
        starts.size() == 2
        starts[0].contains('<-Dheadroom.small=true>')
        starts[0].contains('<-XX:TieredStopAtLevel=1>')
        !starts[1].contains('small')
        !starts[1].contains('TieredStopAtLevel')
        starts.every { it.endsWith("<-Dx=y> <-cp> ${classPath()} <headroom.app.Main> <$command> <a b> <-o> <out> ") }

        where:
        command << ['run', 'verify']
    }

    def "any other exit code of a run is handed on, and nothing starts again"() {
        when:
        def started = start(home, ['./headroom', 'run'], [CODE: '1'])

        then:
        started.code == 1
        started.out.readLines().size() == 1
    }

    def "the stack holds the calls inside each other that a script may make, and whoever sizes it has the last word"() {
        expect:
        start(home, ['./headroom', 'check']).out.contains('<-Xss4m>')
        start(home, ['./headroom', 'check'], [HEADROOM_JAVA_OPTS: '-Xss8m']).out =~ /<-Xss4m> .*<-Xss8m>/
    }

    def "HEADROOM_JAVA_OPTS gives Java more options, the last word"() {
        when:
        def started = start(home, ['./headroom', 'run'], [HEADROOM_JAVA_OPTS: '-Xmx3g -Dx=y'])

        then:
        started.out =~ /<-Xmx3g> <-Dx=y> <-cp>/
    }

    def "whoever sizes Java's heap sizes all of it: #given"() {
        expect:
        start(home, ['./headroom', command], [HEADROOM_JAVA_OPTS: given]).out.contains('<-Xms192m>') == usual

        where:
        command | given                    | usual
        'check' | ''                       | true
        'run'   | '-Dx=y'                  | true
        'run'   | '-Xmx80m'                | false
        'check' | '-Dx=y -Xms64m'          | false
        'run'   | '-XX:MaxRAMPercentage=5' | false
    }

    def "classes are stored once for each Java"() {
        when:
        headroom('check')
        headroom('check')

        then:
        calls('store').size() == 1

        when:
        jdk = fakeJdk('21.0.1')
        headroom('check')

        then:
        calls('store').size() == 2
    }

    private String classPath() {
        def lib = home.resolve('.headroom').toFile().listFiles().find { it.name.startsWith('build-') }.toPath().resolve('lib')
        "<${['headroom.jar', 'other.jar'].collect { lib.resolve(it) }.join(':')}>"
    }

    private Map headroom(String... args) {
        start(home, ['./headroom', *args])
    }

    private Map start(Path from, List<String> command, Map<String, String> more = [:]) {
        def process = launch(from, command, more)
        assert process.waitFor(30, TimeUnit.SECONDS)
        [code: process.exitValue(), out: process.inputStream.text, err: process.errorStream.text]
    }

    private Process launch(Path from, List<String> command, Map<String, String> more = [:]) {
        def builder = new ProcessBuilder(command).directory(from.toFile())
        builder.environment().clear()
        builder.environment().putAll([PATH: tools.toString(), JAVA_HOME: jdk.toString(), CALLS: folder.resolve('calls').toString(), *: more])
        builder.start()
    }

    private List<String> calls(String tool) {
        def file = folder.resolve('calls')
        Files.exists(file) ? Files.readAllLines(file).findAll { it.startsWith(tool) } : []
    }

    /** A Java that says how it was called: all arguments, or what the first one after the main class asks for. */
    private Path fakeJdk(String version) {
        def jdk = Files.createDirectories(folder.resolve("jdk-$version/bin")).parent
        Files.writeString(jdk.resolve('release'), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"$version\"\n")
        executable(jdk.resolve('bin/javac'), 'exit 0')
        executable(jdk.resolve('bin/java'), """
            case \$1 in
                -XX:DumpLoadedClassList=*) exit 0 ;;
                -Xshare:dump) echo "store \$*" >>"\$CALLS"; echo archive >"\${3#*=}"; exit 0 ;;
            esac
            printf '<%s> ' "\$@"; echo
            all=\$*
            while [ "\$1" != headroom.app.Main ]; do shift; done
            case " \$all" in *headroom.small=true*) if [ -n "\${LARGE:-}" ]; then exit 75; fi ;; esac
            if [ -n "\${CODE:-}" ]; then exit "\$CODE"; fi
            case \$2 in exit) exit \$3 ;; pwd) echo "\$PWD" ;; which) echo $version ;; esac
        """.stripIndent())
        jdk
    }

    private static void executable(Path file, String script) {
        Files.writeString(file, "#!/usr/bin/env bash\n$script")
        file.toFile().setExecutable(true)
    }

    private static void age(Path file, int seconds) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)))
    }
}
