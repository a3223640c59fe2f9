package headroom.app

import headroom.dsl.LoadOptions
import headroom.dsl.Scenario
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** From known constants to simulated "measurements" and back. */
class CalibrateSpec extends Specification {
    static final List<Integer> USERS = [1, 8, 32, 96]

    @TempDir
    Path folder

    def printed = [out: new ByteArrayOutputStream(), err: new ByteArrayOutputStream()]

    def "calibrate finds the constants that made the figures, to 2 %, and a script that names the file repeats them"() {
        given:
        measure('per_step: 1200, per_sequence: 25, client_per_request: 20')
        def script = scenario('fit', "servingEngine 'vllm'")
        def profile = folder.resolve('mine.csv')

        expect:
        run('calibrate', script, '--fit', 'per_step,per_sequence,client_per_request', '--folds', '2', '-o', profile) == 0

        and:
        def values = values(profile)
        Math.abs(values.per_step / 1200 - 1) < 0.02
        Math.abs(values.per_sequence / 25 - 1) < 0.02
        Math.abs(values.client_per_request / 20 - 1) < 0.02

        and: 'the table tells before, after and left out, each as mean and median'
        def all = printed.out.toString().readLines().find { it.startsWith('all ') }.split(' +')
        all[1] == '12'
        (all[2] as double) > 8
        (all[3] as double) > 8
        (all[4] as double) < 0.3
        (all[5] as double) < 0.3
        (all[6] as double) < 1
        (all[7] as double) < 1

        and: 'with the file, the simulation says what was measured'
        def again = Scenario.load(scenario('again', "servingEngine 'vllm', profile: 'mine.csv'"), LoadOptions.guarded())
        errors(again).max() < 0.01
        again.inputs()*.name() == ['measured.csv', 'mine.csv']

        and: 'fitted again from there, the start is the file, and there is little left to do'
        printed.out.reset()
        run('calibrate', folder.resolve('again.groovy'), '--fit', 'per_step', '--folds', '0', '-o', folder.resolve('b.csv')) == 0
        Math.abs((printed.out.toString().readLines().find { it.startsWith('per_step') }.split(' +')[2] as double) / values.per_step - 1) < 0.001
    }

    def "the shipped example finds the constants that its figures were made with, to 5 %, as docs/calibration.md says"() {
        given:
        def shipped = Path.of('../scenarios/04-calibrate-to-my-benchmark.groovy')
        def profile = folder.resolve('mine.csv')

        expect:
        run('calibrate', shipped, '--fit', 'per_step,per_sequence,client_per_request', '--folds', '0', '-o', profile) == 0
        def values = values(profile)
        Math.abs(values.per_step / 1500 - 1) < 0.05
        Math.abs(values.per_sequence / 40 - 1) < 0.05
        Math.abs(values.client_per_request / 25 - 1) < 0.05

        and: 'within the 2 % by which the figures were moved'
        def again = Scenario.load(shipped, [profile: [profile.toString()]], null)
        errors(again).sum() / 20 < 0.02
    }

    def "the same script and seed give the same file, whatever the number of threads"() {
        given:
        measure('per_step: 900')
        def script = scenario('fit', "servingEngine 'vllm'")

        when:
        [1, 2].each { run('calibrate', script, '--fit', 'per_step', '--folds', '2', '--threads', it, '-o', folder.resolve("${it}.csv")) }

        then:
        Files.readString(folder.resolve('1.csv')) == Files.readString(folder.resolve('2.csv'))
        Files.readString(folder.resolve('1.csv')).readLines().find { it.startsWith('vllm,') }.startsWith('vllm,per_step,90')
    }

    def "constants that the figures of one model cannot tell apart are said to be so"() {
        given:
        measure('per_step: 1200')
        def script = scenario('fit', "servingEngine 'vllm'")

        when:
        run('calibrate', script, '--fit', 'per_step,per_layer', '--folds', '0', '-o', folder.resolve('mine.csv'))

        then:
        printed.out.toString().contains('The figures cannot tell apart per_step and per_layer')
        Files.readString(folder.resolve('mine.csv')).contains('# The figures cannot tell apart per_step and per_layer.')
        Files.readString(folder.resolve('mine.csv')).readLines().findAll { it.startsWith('vllm,') }.every { it.endsWith(',low') }
    }

    def "a column left out whole shows that two devices do not share a constant"() {
        given: 'the second device is measured as if each of its steps took far longer'
        measure('per_step: 600', 'h100-sxm5-80gb')
        measure('per_step: 6000', 'a100-sxm4-80gb')
        def script = scenario('fit', "servingEngine 'vllm'")

        when:
        run('calibrate', script, '--fit', 'per_step', '--leave-out', 'device', '-o', folder.resolve('mine.csv'))
        def all = printed.out.toString().readLines().find { it.startsWith('all ') }.split(' +')*.replace('all', '0')*.toDouble()

        then: 'left out, each is predicted with the other one\'s constant'
        all[4] > 1.5 * all[3]
        printed.out.toString().readLines().find { it.startsWith('per_step') } =~ /6\d\d to 6\d\d\d/
    }

    def "#options is refused: #message"() {
        given:
        measure('per_step: 900')
        scenario('fit', "servingEngine 'vllm'")
        scenario('stated', "servingEngine 'vllm', constants: [per_step: 500, per_sequence: 2, memory_factor: 1, client_per_request: 9, compute_factor: 1]")
        Files.writeString(folder.resolve('nothing.groovy'), Files.readString(folder.resolve('fit.groovy')).replaceAll('(?m)^measured.*$', ''))

        expect:
        run('calibrate', folder.resolve(options[0]), '-o', folder.resolve('x.csv'), *options.drop(1)) == 2
        printed.err.toString().contains(message)
        !Files.exists(folder.resolve('x.csv'))

        where:
        options                                                 | message
        ['nothing.groovy']                                      | 'measures nothing, so there is nothing to fit to'
        ['stated.groovy']                                       | 'states all the usual constants itself'
        ['stated.groovy', '--fit', 'per_step']                  | '--fit per_step: the script states per_step in constants: of every deployment'
        ['fit.groovy', '--fit', 'per_stepp']                    | '--fit per_stepp: there is no such constant; did you mean per_step'
        ['fit.groovy', '--fit', 'per_step=9..1,kv_mbuu']        | '--fit per_step=9..1: bounds are two numbers above 0, the smaller one first'
        ['fit.groovy', '--fit', 'per_step=9..1,kv_mbuu']        | '--fit kv_mbuu: there is no such constant'
        ['fit.groovy', '--fit', 'attention_mfu=0.1..3']         | '--fit attention_mfu: it cannot be 3.0'
        ['fit.groovy', '--fit', 'per_step,per_step']            | '--fit names per_step twice'
        ['fit.groovy', '--leave-out', 'colour']                 | '--leave-out colour: no measured point has such a column; there are device, model'
        ['fit.groovy', '--leave-out', 'model']                  | "all measured points have 'llama-3.1-8b' there"
        ['fit.groovy', '--folds', '1']                          | '--folds must be at least 2, but is 1'
        ['fit.groovy', '--folds', '2', '--leave-out', 'device'] | 'give one of them'
        ['fit.groovy', '--isolate']                             | 'calibrate cannot --isolate'
        ['fit.groovy', '--fit', 'expert_half_width']            | 'no figure feels any of these constants'
    }

    /** Rows of figures as a server with such constants makes them. */
    private void measure(String constants, String device = 'h100-sxm5-80gb') {
        def file = folder.resolve('measured.csv')
        if (!Files.exists(file)) {
            Files.writeString(file, 'device,users,tpot_ms,ttft_ms,e2e_ms\n')
        }
        def truth = folder.resolve('truth.groovy')
        Files.writeString(truth, "def users = param('users', 1)\nsweep users: $USERS\n" + body("'$device'", 'users', "servingEngine 'vllm', constants: [$constants]"))
        results(Scenario.load(truth, LoadOptions.guarded())).points().each {
            def said = it.summaries()[0]
            def ms = [said.tpot(), said.ttft(), said.e2e()].collect { figure -> figure.mean().value() * 1000 }
            file.toFile() << "$device,${it.point().values().users},${ms.join(',')}\n"
        }
    }

    private Path scenario(String name, String servingEngine) {
        def script = folder.resolve("${name}.groovy")
        Files.writeString(script, "def row = sweep csv('measured.csv')\n" + body('row.device', 'row.users', servingEngine) + '''
            |measured 'TPOT mean', row.tpot_ms.ms, predicted: { tpot.mean }
            |measured 'TTFT mean', row.ttft_ms.ms, predicted: { ttft.mean }
            |measured 'E2E mean', row.e2e_ms.ms, predicted: { e2e.mean }
            |'''.stripMargin())
        script
    }

    private static String body(String device, String users, String servingEngine) {
        """
        |site 'here', { hardware $device, count: 1 }
        |traffic 'load', { concurrency $users, requests: 2 * $users + 10; prompt fixed(300.tokens); answer fixed(40.tokens) }
        |deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: $device; $servingEngine }
        |route 'load', to: 'bot'
        |""".stripMargin()
    }

    private static results(Scenario scenario) {
        EngineSweep.on(2).run(scenario.experiment(), { int done, int total -> } as headroom.batch.Progress)
    }

    private static List<Double> errors(Scenario scenario) {
        scenario.compare(results(scenario)).collect { Math.abs(it.relativeError()) }
    }

    private static Map<String, Double> values(Path profile) {
        Files.readAllLines(profile).findAll { it.startsWith('vllm,') }*.split(',').collectEntries { [it[1], it[2] as double] }
    }

    private int run(Object... args) {
        def terminal = new Terminal(new PrintStream(printed.out), new PrintStream(printed.err), StandardCharsets.UTF_8, false, 80)
        Main.run(terminal, args*.toString() as String[])
    }
}
