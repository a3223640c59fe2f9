package headroom.trace

import com.fasterxml.jackson.databind.DeserializationFeature
import com.fasterxml.jackson.databind.ObjectMapper
import headroom.dsl.Scenario
import headroom.engine.run.Engine
import headroom.plan.Plan
import headroom.result.RunResult
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

class RunTraceSpec extends Specification {
    static final String TOKENS = '''
        prompt lognormal(mean: 300.tokens, cv: 0.6)
        answer lognormal(mean: 60.tokens, cv: 0.6)
    '''

    /** Deployments by what is odd about them; all serve a load that ends by itself, so that all of it counts. */
    static final Map<String, String> KINDS = [
            'two replicas'                       : "model 'llama-3.1-8b'; replicas 2",
            'steps of prompts only'              : "model 'llama-3.1-8b'; servingEngine 'sglang'",
            'preemptions that recompute'         : "model 'llama-3.1-8b'; kvCache paged(blocks: 150); servingEngine 'vllm'",
            'preemptions that swap'              : "model 'llama-3.1-8b'; kvCache paged(blocks: 150, preemption: swapToHost(memory: 64.GB))",
            'drafted tokens'                     : "model 'llama-3.1-8b'; speculative heads: 3.percent, tokens: 3, acceptance: 0.7",
            'a queue limit and a timeout'        : "model 'llama-3.1-8b'; batching continuous(maxSequences: 2); admission queue: 20, timeout: 3.s",
            'a prefix cache'                     : "model 'llama-3.1-8b'; prefixCache true",
            'pools for prefill and decode'       : "model 'llama-3.1-8b'; disaggregate prefill: 1, decode: 2, link: 5.GBps",
            'pools, and preemptions where decoded': "model 'llama-3.1-8b'; kvCache paged(blocks: 150); disaggregate prefill: 1, decode: 1, link: 5.GBps",
            'batches of fixed work'              : "model 'bert'; replicas 2; batching dynamic(maximum: 4, delay: 1.ms, instances: 2)",
    ]

    @TempDir
    @Shared
    Path folder

    @Shared
    Map<String, Map> traced = KINDS.collectEntries { kind, _ -> [kind, trace(plan(kind), RunTrace.MOST_EVENTS)] }

    def "every event has what the Trace Event Format wants of its kind: #kind"() {
        given:
        def needed = [M: ['pid', 'tid', 'args'], X: ['pid', 'tid', 'ts', 'dur'], b: ['pid', 'ts', 'cat', 'id'], e: ['pid', 'ts', 'cat', 'id'],
                      n: ['pid', 'ts', 'cat', 'id'], C: ['pid', 'ts', 'args'], i: ['ts', 's']]
        def file = traced[kind].json

        expect:
        file.displayTimeUnit == 'ms'
        file.traceEvents.every { event -> event.name && needed[event.ph].every { event.containsKey(it) } }
        file.traceEvents.every { (it.ts ?: 0) >= 0 && (it.dur ?: 0) >= 0 }
        file.traceEvents.count { it.ph != 'M' } == file.otherData.events
        file.traceEvents.findAll { it.ph == 'C' }.every { it.args.values().every { it instanceof Number && it >= 0 } }

        where:
        kind << KINDS.keySet()
    }

    def "a replica, and a link, does one thing at a time: #kind"() {
        expect:
        slices(kind).groupBy { [it.pid, it.tid] }.values().every { own ->
            def inOrder = own.toSorted { it.ts }
            [inOrder.dropRight(1), inOrder.drop(1)].transpose().every { a, b -> a.ts + a.dur <= b.ts }
        }

        where:
        kind << KINDS.keySet()
    }

    def "the tokens of all slices are those of the result: #kind"() {
        given:
        RunResult result = traced[kind].result

        expect:
        slices(kind)*.args*.output_tokens.findAll()*.toLong().sum(0) == result.traffics()*.outputTokens().sum()
        kind == 'batches of fixed work' || slices(kind)*.args*.decode_tokens.findAll()*.toLong().sum() > 0
        !(kind in ['two replicas', 'steps of prompts only', 'drafted tokens']) ||
                slices(kind)*.args*.prefill_tokens*.toLong().sum() == result.traffics()*.promptTokens().sum()

        where:
        kind << KINDS.keySet()
    }

    def "what begins for a request ends, one thing after the other, and all of it is the time it was there: #kind"() {
        given:
        RunResult result = traced[kind].result
        def lives = of(kind, 'b', 'e').groupBy { it.id }.values()
        def outer = lives.collect { [it.first(), it.last()] }

        expect:
        lives.every { closesInOrder(it) }
        outer.every { b, e -> b.ph == 'b' && e.ph == 'e' && b.name == e.name }
        lives.size() == result.traffics()*.requests()*.sent().sum()
        Math.abs(outer.sum { b, e -> e.ts - b.ts } / 1e6 - result.traffics()*.presenceSeconds().sum()) < 1e-6 * lives.size()

        and: 'no instant of a life is without a phase'
        lives.every { life ->
            def inner = life.drop(1).dropRight(1)
            inner.findAll { it.ph == 'e' }.sum(0.0) { it.ts } - inner.findAll { it.ph == 'b' }.sum(0.0) { it.ts } == life.last().ts - life.first().ts
        }

        where:
        kind << KINDS.keySet()
    }

    def "waiting is counted as the requests tell it, and nobody waits at the end: #kind"() {
        given:
        def gauges = of(kind, 'C').findAll { it.name == 'waiting' }.groupBy { it.pid }.values()
        def waits = of(kind, 'b', 'e').findAll { it.name == 'waiting' }

        expect:
        gauges.every { it.last().args.requests == 0 }
        gauges.sum { integral(it, traced[kind].endMicros) { it.requests } } ==
                waits.findAll { it.ph == 'e' }.sum(0.0) { it.ts } - waits.findAll { it.ph == 'b' }.sum(0.0) { it.ts }

        where:
        kind << KINDS.keySet()
    }

    def "power over time is the energy of the result: #kind"() {
        given:
        RunResult result = traced[kind].result
        def untilMicros = result.window().endSeconds() * 1e6

        expect:
        result.deployments().eachWithIndex { deployment, i ->
            def joules = of(kind, 'C').findAll { it.pid == i + 1 && it.args.W != null }.groupBy { it.name }.values()
                    .sum { integral(it, untilMicros) { it.W } } / 1e6
            assert Math.abs(joules / deployment.energy().facilityJoules() - 1) < 1e-6
        }

        where:
        kind << KINDS.keySet()
    }

    def "preemptions of the result are instants of their requests: #kind, #least at least"() {
        expect:
        def instants = of(kind, 'n').findAll { it.name == 'preempted' }
        instants.size() == traced[kind].result.deployments()*.preemptions().sum()
        instants.count { it.args.then == 'swapped to the host' } == traced[kind].result.deployments()*.swaps()*.count().sum()
        instants.size() >= least

        where:
        kind                                   | least
        'two replicas'                         | 0
        'preemptions that recompute'           | 10
        'preemptions that swap'                | 10
        'pools, and preemptions where decoded' | 10
    }

    def "who is turned away or gives up ends with its reason"() {
        given:
        def kind = 'a queue limit and a timeout'
        def counts = traced[kind].result.traffics()[0].requests()
        def instants = of(kind, 'n').countBy { it.name }

        expect:
        instants == ['rejected': counts.rejected() as int, 'gave up waiting': counts.failed() as int]
        counts.rejected() > 0
        counts.failed() > 0
    }

    def "caches move over the link one after the other, as many as there are answers of more than a token"() {
        given:
        def kind = 'pools for prefill and decode'
        def moved = slices(kind).findAll { it.name == 'KV cache' }

        expect:
        moved.size() == of(kind, 'b').count { it.name == 'transfer' }
        Math.abs(moved*.args*.bytes*.toLong().sum() / traced[kind].result.deployments()*.handovers().find().movedBytes() - 1) < 1e-9
    }

    def "counters of a replica say what its slices say: #kind"() {
        given:
        def sequences = of(kind, 'C').findAll { it.pid == 1 && it.name == 'running' }

        expect:
        integral(sequences, traced[kind].endMicros) { it.sequences } == slices(kind).findAll { it.pid == 1 }.sum { it.dur.multiply(it.args.sequences as BigDecimal) }

        where:
        kind << ['steps of prompts only', 'preemptions that recompute', 'drafted tokens']
    }

    def "the same run gives the same bytes: #kind"() {
        expect:
        trace(plan(kind), RunTrace.MOST_EVENTS).text == traced[kind].text

        where:
        kind << KINDS.keySet()
    }

    def "a trace that is cut is the beginning of the whole one, and says where it ends: #kind"() {
        given:
        def cut = trace(plan(kind), 300)
        def end = cut.endMicros
        def whole = slices(kind).findAll { it.ts + it.dur < end }
        def lives = cut.json.traceEvents.findAll { it.ph in ['b', 'e'] }.groupBy { it.id }.values()

        expect:
        cut.trace.cut()
        cut.json.otherData.cut
        cut.json.traceEvents.every { it.ph == 'M' || it.ts + (it.dur ?: 0) <= end }
        cut.json.traceEvents.any { it.ph == 'i' && it.name == 'the trace was cut here' && it.ts == end }
        cut.json.traceEvents.findAll { it.ph == 'X' && it.ts + it.dur < end && !it.args.cut_short } .collect { [it.tid, it.ts + it.dur] }.toSet()
                .containsAll(whole.collect { [it.tid, it.ts + it.dur] }.toSet())
        lives.every { closesInOrder(it) }
        traced[kind].trace.cut() == false

        where:
        kind << KINDS.keySet()
    }

    def "a file that was there stays as it is when the new one cannot be finished, and nothing else is left"() {
        given:
        def own = Files.createDirectories(folder.resolve('own'))
        def file = Files.writeString(own.resolve('trace.json'), 'precious')

        when: 'the plan breaks a rule that only the engine finds'
        RunTrace.write(file, new Plan([], [], [], [], [], plan('two replicas').horizon()), 1, 0, [:], 100)

        then:
        thrown(IllegalArgumentException)
        own.toFile().list() == ['trace.json']
        Files.readString(file) == 'precious'
    }

    private static boolean closesInOrder(List<Map> life) {
        def open = []
        def now = 0.0
        life.every { event ->
            def orderly = event.ts >= now && (event.ph == 'b' || !open.isEmpty() && open.removeLast() == event.name)
            if (event.ph == 'b') {
                open << event.name
            }
            now = event.ts
            orderly
        } && open.isEmpty()
    }

    /** Of a counter from zero on, in microseconds of the unit. */
    private static BigDecimal integral(List<Map> counter, Number untilMicros, Closure<Number> value) {
        def until = untilMicros as BigDecimal
        [counter, counter.drop(1) + [[ts: until]]].transpose().sum(0.0) { now, next ->
            value(now.args) * ((next.ts.min(until)) - now.ts.min(until))
        } as BigDecimal
    }

    private List<Map> slices(String kind) {
        of(kind, 'X')
    }

    private List<Map> of(String kind, String... phases) {
        traced[kind].json.traceEvents.findAll { it.ph in phases }
    }

    private Plan plan(String kind) {
        def fixed = KINDS[kind].contains('bert')
        def script = Files.writeString(folder.resolve('s.groovy'), """
            title 'Traced'
            site 'here', { hardware 'h100-sxm', count: 8; cooling air(pue: 1.2) }
            traffic 'chat', { concurrency 40, requests: 120; ${fixed ? '' : TOKENS} }
            deploy 'bot', { at 'here', on: 'h100-sxm'; ${fixed ? '' : "quantization 'bf16'; "} ${KINDS[kind]} }
            route 'chat', to: 'bot'
            simulate untilDone
            """.stripIndent())
        Scenario.load(script, [:], null).experiment().points()[0].plan()
    }

    private Map trace(Plan plan, long mostEvents) {
        def file = folder.resolve('trace.json')
        def trace = RunTrace.write(file, plan, 1, 0, [script: 's.groovy'], mostEvents)
        def text = Files.readString(file)
        def json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readValue(text, Map)
        [trace: trace, text: text, json: json, result: Engine.run(plan, 1, 0), endMicros: json.otherData.end_ns / 1000.0]
    }
}
