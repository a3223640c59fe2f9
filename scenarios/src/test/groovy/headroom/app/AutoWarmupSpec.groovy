package headroom.app

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class AutoWarmupSpec extends Specification {
    static final String SCRIPT = MainSpec.SCRIPT.replace('warmup: 5.s', 'warmup: auto')

    @TempDir
    Path folder

    Printed printed = new Printed()

    def "the warm-up that is found, every table and the page are the same on one thread and on three"() {
        expect:
        run('run', script(), '-o', at('one'), '--zip', '--threads', '1') == 0
        run('run', script(), '-o', at('three'), '--zip', '--threads', '3') == 0
        Files.mismatch(folder.resolve('one.zip'), folder.resolve('three.zip')) == -1
        printed.err.contains('3 points x 2 replications = 6 runs after 6 pilots')
    }

    def "what was found is a table, a plot and a sentence, and stating it gives the same numbers"() {
        given:
        run('run', script(), '-o', at('found'))
        def table = rows('found/tables/warmup.csv')
        def chosen = table.find { it.point == 'users=4' }.warmup_s

        when:
        run('run', script(SCRIPT.replace('warmup: auto', "warmup: ${chosen}.s")), '-o', at('stated'))

        then:
        table*.point == ['users=1', 'users=2', 'users=4']
        table.every { it.slice_s == '0.625' && it.warmup_s.toBigDecimal() == it.cut_slices.toBigDecimal() * 0.625 }
        rows('found/tables/summary.csv').find { it.point == 'users=4' } == rows('stated/tables/summary.csv').find { it.point == 'users=4' }
        rows('found/tables/deployments.csv').find { it.point == 'users=4' } == rows('stated/tables/deployments.csv').find { it.point == 'users=4' }
        Files.exists(folder.resolve('found/plots/warmup.svg'))
        Files.readString(folder.resolve('found/index.html')).contains('MSER (White 1997) says how many to leave out')
        !Files.exists(folder.resolve('stated/tables/warmup.csv'))
    }

    def "verify finds the warm-up again, and who moved it"() {
        given:
        run('run', script(), '-o', at('out'))

        expect:
        run('verify', at('out'), '--threads', '2') == 0
        printed.out.contains('Compared by hash only, since the script makes them: tables/claims.csv\n')

        when:
        def file = folder.resolve('out/tables/warmup.csv')
        Files.writeString(file, Files.readString(file).replaceFirst(/,0\.625,/, ',0.5,'))

        then:
        run('verify', at('out')) == 1
        printed.out.contains('tables/warmup.csv, users=1, slice_s: 0.5 in the bundle, 0.625 now')
    }

    private List<Map<String, String>> rows(String table) {
        def lines = Files.readAllLines(folder.resolve(table))*.split(',', -1)
        lines.drop(1).collect { cells -> [lines[0].toList(), cells.toList()].transpose().collectEntries() }
    }

    private int run(String... args) {
        Main.run(printed.terminal, args)
    }

    private String script(String text = SCRIPT) {
        Files.writeString(folder.resolve('s.groovy'), text).toString()
    }

    private String at(String name) {
        folder.resolve(name).toString()
    }
}
