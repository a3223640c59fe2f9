package headroom.app

import headroom.batch.LocalSweep
import headroom.batch.Progress
import headroom.dsl.Scenario
import headroom.plan.variation.Sensitivity
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import spock.lang.Specification
import spock.lang.TempDir

class SensitivityRunSpec extends Specification {
    static final String SCRIPT = MainSpec.SCRIPT + '\nreport { sensitivity at: [users: 4] }\n'

    @TempDir
    Path folder

    Printed printed = new Printed()

    def "variations run with the random numbers of their point, and count in the progress"() {
        given:
        def experiment = Scenario.load(Path.of(script()), [:], 5L).experiment()
        def variations = Sensitivity.of(experiment)
        def heard = []

        when:
        def results = EngineSweep.on(2).run(experiment, { done, total -> heard << [done, total] } as Progress)
        def same = results.varied()[variations.findIndexOf { it.resource() == 'PUE' && it.more() }]
        def point = results.points().find { it.point().label() == experiment.report().sensitivityAt() }

        then: 'the PUE moves no request, so the same numbers were drawn'
        latencies(same) == latencies(point)
        same.runs().collect { it.sites()[0].facilityJoules() } != point.runs().collect { it.sites()[0].facilityJoules() }
        results.varied()*.point()*.label() == variations*.label()
        heard.last() == [LocalSweep.runs(experiment), LocalSweep.runs(experiment)]
        LocalSweep.runs(experiment) == 2 * (3 + variations.count { it.plan() != null })
    }

    def "the report holds the table, the plots and the advice, and verifies without its script"() {
        expect:
        run('run', script(), '-o', at('out')) == 0
        printed.err =~ /3 points and \d+ variations x 2 replications = \d+ runs/
        Files.readAllLines(folder.resolve('out/tables/sensitivity.csv'))[1].startsWith('users=4,,,as it is,chat,ok,')
        Files.exists(folder.resolve('out/plots/sensitivity-e2e.svg'))
        Files.readString(folder.resolve('out/index.html')).contains('What to buy next at users=4: ')
        run('verify', at('out')) == 0
        printed.out.contains('The tables are the same: ')
        !(printed.out =~ /Compared by hash only.*sensitivity/)
    }

    def "a polished cell of the table is found, and so is a table that was taken out, though the manifest was made to fit"() {
        given:
        run('run', script(), '-o', at('out'))
        def table = folder.resolve('out/tables/sensitivity.csv')
        def lines = Files.readAllLines(table)
        def cells = lines[1].split(',', -1)
        cells[7] = '0.001'
        fake(table, ([lines[0], cells.join(',')] + lines.drop(2)).join('\n') + '\n')

        expect:
        run('verify', at('out')) == 1
        printed.out.contains('tables/sensitivity.csv')
        printed.out.contains('0.001 in the bundle')

        when:
        printed = new Printed()
        def experiment = folder.resolve('out/experiment.json')
        fake(experiment, Files.readString(experiment).replaceFirst(/,\s*"sensitivityAt" : "users=4"/, ''))

        then:
        run('verify', at('out')) == 1
        printed.out.contains('tables/sensitivity.csv')
    }

    private static List<List<Double>> latencies(point) {
        point.runs().collect { run -> run.traffics()[0].latencies().e2e().with { [it.count() as double, it.meanSeconds(), it.maxSeconds(), it.percentileSeconds(99)] } }
    }

    private void fake(Path file, String text) {
        def manifest = folder.resolve('out/manifest.json')
        def before = sha256(file)
        Files.writeString(file, text)
        Files.writeString(manifest, Files.readString(manifest).replace(before, sha256(file)))
    }

    private int run(String... args) {
        Main.run(printed.terminal, args)
    }

    private String script() {
        Files.writeString(folder.resolve('s.groovy'), SCRIPT).toString()
    }

    private String at(String name) {
        folder.resolve(name).toString()
    }

    private static String sha256(Path file) {
        MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(file)).encodeHex().toString()
    }
}
