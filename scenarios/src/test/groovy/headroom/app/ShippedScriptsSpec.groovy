package headroom.app

import headroom.dsl.Scenario
import headroom.result.ClaimOutcome
import headroom.result.SweepResult
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** Every script that ships, and every script in the documentation, runs and keeps its claims. */
class ShippedScriptsSpec extends Specification {

    static final Path ROOT = Path.of('..').toRealPath()
    static final Path TRACE = ROOT.resolve('../shared/data/traces/azure-2023-conv.csv')

    @Shared
    @TempDir
    Path folder

    def "#script runs, and every claim holds"(Path script) {
        given:
        // The benchmark is long by design; a small size shows that it runs.
        def overrides = script.toString().contains('benchmarks') ? [size: ['20000']] : [:]

        expect:
        claims(script, overrides).every { it.verdict() == ClaimOutcome.Verdict.HELD }

        where: 'validation scripts need measurements: ValidateSpec runs them where they are'
        script << scripts().findAll { !it.toString().contains('validation') }
    }

    def "each shipped script says how to run it, is in the index, and has at most 65 lines of code"(Path script) {
        given:
        def text = Files.readString(script)
        def name = ROOT.relativize(script).toString()

        expect:
        text.contains("./headroom run $name")
        text.readLines().count { !it.startsWith('//') } <= 65
        Files.readString(ROOT.resolve('scenarios/README.md')).contains(ROOT.resolve('scenarios').relativize(script).toString())

        where:
        script << scripts()
    }

    def "the script in #document, block #index, runs"(String document, int index, String text) {
        given:
        def script = folder.resolve("${document.replace('/', '-')}-${index}.groovy")
        Files.writeString(script, text)

        expect:
        claims(script, [:]).every { it.verdict() == ClaimOutcome.Verdict.HELD }

        where:
        [document, index, text] << snippets()
    }

    def "the scenario says from how many users each precision misses 2 s"() {
        given:
        def results = results(Scenario.load(ROOT.resolve('scenarios/01-precision-under-load.groovy'), [:], null))

        when:
        def firstMiss = results.points().findAll { it.summaries()[0].e2e().p95().value() > 2 }
                .groupBy { it.point().values().precision }
                .collectEntries { precision, points -> [precision, points*.point()*.values()*.users.min()] }

        then:
        firstMiss == [fp16: 50, int8: 100, 'int4-awq': 75]
    }

    @Requires(value = { Files.exists(ShippedScriptsSpec.TRACE) }, reason = 'the trace is not beside the checkout (../shared/data/traces)')
    def "replaying the published conversation trace accounts for every row"() {
        given:
        int rows = TRACE.toFile().readLines().size() - 1
        def results = results(Scenario.load(ROOT.resolve('scenarios/02-replay-a-trace.groovy'), [trace: [TRACE.toString()]], null))

        expect:
        rows == 14176
        results.points().size() == 3
        results.points().every {
            def r = it.summaries()[0].requests()
            r.completed() + r.rejected() + r.failed() == rows
        }
    }

    private static List<ClaimOutcome> claims(Path script, Map<String, List<String>> overrides) {
        def scenario = Scenario.load(script, overrides, null)
        def results = results(scenario)
        assert results.points().every { !it.summaries().empty }
        return scenario.judge(results)
    }

    private static SweepResult results(Scenario scenario) {
        def progress = { int done, int total -> } as headroom.batch.Progress
        return EngineSweep.on(2).run(scenario.experiment(), progress)
    }

    private static List<Path> scripts() {
        def found = []
        ROOT.resolve('scenarios').toFile().eachFileRecurse {
            if (it.name.endsWith('.groovy') && !it.path.contains('/src/') && !it.path.contains('/target/')) {
                found << it.toPath()
            }
        }
        return found.sort()
    }

    /** Fenced Groovy blocks that are whole scripts, those that deploy something; the reference's are lines of one, which ReferenceSpec runs. */
    private static List<List<Object>> snippets() {
        def documents = ['README.md'] + (ROOT.resolve('docs').toFile().listFiles() as List)
                .findAll { it.name.endsWith('.md') && it.name != 'reference.md' }.collect { "docs/$it.name".toString() }.sort()
        return documents.collectMany { document ->
            def blocks = (Files.readString(ROOT.resolve(document)) =~ /(?s)```groovy\n(.*?)```/).collect { it[1] }
            blocks.withIndex().findAll { text, i -> text.contains('deploy ') }.collect { text, i -> [document, i, text] }
        }
    }
}
