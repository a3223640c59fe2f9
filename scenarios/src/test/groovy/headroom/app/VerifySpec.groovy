package headroom.app

import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import spock.lang.Specification
import spock.lang.TempDir

class VerifySpec extends Specification {
    @TempDir
    Path folder

    Printed printed = new Printed()

    def "the same script gives the same zip in another folder, for another user, in another time zone and locale, on other threads"() {
        given:
        def here = Files.createDirectory(folder.resolve('here'))
        def there = Files.createDirectories(folder.resolve('elsewhere/deep down'))
        [here, there].each { Files.writeString(it.resolve('s.groovy'), MainSpec.SCRIPT + MainSpec.HOLDS) }

        when:
        def one = started(here, ['-Duser.name=ada', '-Duser.timezone=Pacific/Auckland', '-Duser.language=tr', '-Duser.country=TR', '-Dfile.encoding=ISO-8859-9'], '1')
        def two = started(there, ['-Duser.name=grace', '-Duser.timezone=America/St_Johns', '-Duser.language=de', '-Duser.country=DE', '-XX:ActiveProcessorCount=3'], '4')

        then:
        one.waitFor() == 0
        two.waitFor() == 0
        Files.mismatch(here.resolve('study.zip'), there.resolve('study.zip')) == -1
        Files.size(here.resolve('study.zip')) > 100_000
    }

    def "a report just written verifies, as #kind, without its script being run"() {
        given:
        run('run', script(), '-o', at('out'), *options)

        expect:
        run('verify', at(options ? 'out.zip' : 'out'), '--threads', '2') == 0
        printed.out.contains('The tables are the same: ')
        printed.out.contains('from 3 points x 2 replications = 6 runs')
        printed.out.contains('Compared by hash only, since the script makes them: tables/claims.csv')

        where:
        options << [[], ['--zip']]
        kind = options ? 'a zip' : 'a folder'
    }

    def "a number somebody polished is found even when the manifest was made to fit"() {
        given:
        run('run', script(), '-o', at('out'))
        def summary = folder.resolve('out/tables/summary.csv')
        def manifest = folder.resolve('out/manifest.json')
        def before = sha256(summary)
        def lines = Files.readAllLines(summary)
        int column = lines[0].split(',').findIndexOf { it == 'e2e_p95_s' }
        def cells = lines[1].split(',', -1)
        def honest = cells[column]
        cells[column] = '0.001'
        lines[1] = cells.join(',')
        Files.writeString(summary, lines.join('\n') + '\n')
        Files.writeString(manifest, Files.readString(manifest).replace(before, sha256(summary)))

        expect:
        run('verify', at('out')) == 1
        printed.out.contains("tables/summary.csv, users=1, e2e_p95_s: 0.001 in the bundle, $honest now")
        printed.out.contains('1 cell of the tables not the same')
    }

    def "a plan somebody changed shows in the tables and is named; so are another engine, catalogue and Java"() {
        given:
        run('run', script(), '-o', at('out'))
        def plan = Files.list(folder.resolve('out/plans')).sorted().findFirst().get()
        Files.writeString(plan, Files.readString(plan).replace('"totalSeconds":20.0', '"totalSeconds":19.0'))
        def manifest = folder.resolve('out/manifest.json')
        Files.writeString(manifest, Files.readString(manifest)
                .replaceFirst(/"engineVersion" : "[0-9a-f]+"/, '"engineVersion" : "another"')
                .replaceFirst(/"catalogueVersion" : "[0-9a-f]+"/, '"catalogueVersion" : "older"'))
        def environment = folder.resolve('out/environment.json')
        Files.writeString(environment, Files.readString(environment).replaceFirst(/"java.version" : "[^"]+"/, '"java.version" : "99"'))

        expect:
        run('verify', at('out')) == 1
        printed.out.contains('tables/summary.csv, users=1, requests: ')
        printed.out.contains("Not the files that manifest.json lists:\n  plans/${plan.fileName}\n")
        printed.out.contains("Another engine: the report's is another, here it is ")
        printed.out.contains("Another catalogue: the report's is older, here it is ")
        printed.out.contains("Another Java: the report's is 99, here it is ${System.getProperty('java.version')}")
    }

    def "#what is no report: exit 2 and a reason, without a stack trace"() {
        given:
        make(folder)

        expect:
        run('verify', at('x')) == 2
        printed.err.contains(reason)
        !printed.err.contains('\tat ')

        where:
        what           | make                                              | reason
        'nothing'      | { }                                               | "there is no bundle '"
        'a text'       | { Files.writeString(it.resolve('x'), 'hello') }   | 'is neither a folder nor a zip file'
        'other things' | { Files.createDirectory(it.resolve('x')) }        | 'has no manifest.json at its top'
    }

    def "two reports are set side by side: plans, figures, and points that only one has"() {
        given:
        run('run', script(), '-o', at('a'))
        run('run', script(MainSpec.SCRIPT.replace('answer fixed(20.tokens)', 'answer fixed(40.tokens)')), '-o', at('b'), '--zip', '-P', 'users=2,4,8')
        printed = new Printed()

        expect:
        run('compare', at('a'), at('b.zip'), '-o', at('changes.csv')) == 0
        printed.out.contains('Plans differ, of 2 points that both have, first in:\n  traffics[0].output.tokens: 20')
        printed.out.contains('Only in A: users=1 chat')
        printed.out.contains('Only in B: users=8 chat')
        printed.out.readLines().find { it =~ /^users=2 +chat +e2e_p95_s +[0-9.]+ +[0-9.]+ +\+\d/ }
        Files.readAllLines(folder.resolve('changes.csv')).find { it.startsWith('users=4,chat,goodput_per_s,') }
    }

    private static Process started(Path place, List<String> options, String threads) {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        new ProcessBuilder([java, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true', *options, '-cp', System.getProperty('java.class.path'),
                            'headroom.app.Main', 'run', 's.groovy', '--zip', '-o', 'study', '--threads', threads])
                .directory(place.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
    }

    private int run(String... args) {
        Main.run(printed.terminal, args)
    }

    private String script(String text = MainSpec.SCRIPT) {
        Files.writeString(folder.resolve('s.groovy'), text).toString()
    }

    private String at(String name) {
        folder.resolve(name).toString()
    }

    private static String sha256(Path file) {
        MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(file)).encodeHex().toString()
    }
}
