package headroom.dsl

import headroom.plan.PlanJson
import spock.lang.Shared
import spock.lang.Specification

class ExplainSpec extends Specification {
    @Shared
    Scenario scenario = Scripts.load(Scripts.EXAMPLE, [precision: ['int8']])

    def "#path is #value, from #origin"() {
        given:
        def found = scenario.explain('users=50').find { it.path() == path }

        expect:
        found.value() == value
        found.origin().startsWith(origin)

        where:
        path                                     | value            | origin
        'param users'                            | '50'             | 'sweep'
        'param precision'                        | 'int8'           | 'command line'
        'sites[0].region'                        | 'eu-central'     | 'line 8'
        'sites[0].pools[0].count'                | '8'              | 'line 9'
        'sites[0].grid.usdPerKwh'                | '0.21'           | 'line 10'
        'sites[0].pue'                           | '1.35'           | 'line 11'
        'traffics[0].arrivals.users'             | '50'             | 'line 15'
        'traffics[0].slo.targets[0].metric'      | 'TTFT'           | 'line 18'
        'deployments[0].model.layers'            | '80'             | "line 22: catalogue 'qwen2.5-72b' ("
        'deployments[0].quantization.name'       | 'int8-w8a8'      | "line 23: catalogue 'int8-w8a8' ("
        'deployments[0].accelerator.name'        | 'a100-sxm4-80gb' | "line 24: catalogue 'a100-sxm4-80gb' ("
        'deployments[0].parallelism.tensorParallel' | '8'              | 'line 24'
        'deployments[0].parallelism.expertParallel' | '1'            | 'default'
        'deployments[0].replicas'                | '1'              | 'default'
        'deployments[0].batching.maxSequences'   | '256'            | 'line 25'
        'deployments[0].batching.scheduler.kind' | 'decodeFirst'    | "line 27: catalogue 'vllm' ("
        'deployments[0].kvCache.allocation.kind' | 'onDemand'       | "line 27: catalogue 'vllm' ("
        'deployments[0].admission.queueLimit'    | 'not stated'     | 'default'
        'deployments[0].profile.kernels.linearMbu' | scenario.explain('users=50').find { it.path() == 'deployments[0].profile.kernels.linearMbu' }.value() | "line 27: catalogue 'vllm' ("
        'routes[0].policy'                       | 'ROUND_ROBIN'    | 'line 30'
        'horizon.totalSeconds'                   | '1800.0'         | 'line 34'
    }

    def "every value of the plan is told once, with source, date and confidence where the catalogue has it"() {
        given:
        def told = scenario.explain('users=50')
        def leaves = leaves(new com.fasterxml.jackson.databind.ObjectMapper().readValue(PlanJson.canonicalJson(scenario.experiment().points()[2].plan()), Object))

        expect:
        told.count { !it.path().startsWith('param ') } == leaves
        told*.path().toUnique().size() == told.size()
        told.findAll { it.origin().contains('catalogue') }.every { it.origin() ==~ /.*; read \d{4}-\d\d-\d\d; (high|medium|low) confidence\)/ }
    }

    def "every entry of the catalogue that a script names is told once, with source, date and confidence"() {
        when:
        def sources = scenario.sources()

        then:
        sources.collect { [it.kind(), it.name()] }.toSet() ==
                [['model', 'qwen2.5-72b'], ['hardware', 'a100-sxm4-80gb'], ['quantization', 'int8-w8a8'], ['serving engine', 'vllm']] as Set
        sources.size() == 4
        sources.every { !it.published().empty && it.readOn() ==~ /\d{4}-\d\d-\d\d/ && it.confidence() in ['high', 'medium', 'low'] }
    }

    def "a point that does not exist is refused"() {
        when:
        scenario.explain('users=51')

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "there is no point 'users=51'"
    }

    def "checking tells weights, blocks, tokens of cache and rent of a point by arithmetic"() {
        when:
        def check = scenario.check()[2]
        def memory = check.memory()[0]

        then:
        check.label() == 'users=50'
        Math.abs(check.rentUsdPerHour() - 8 * 1.80) < 1e-9
        memory.devices() == 8
        memory.cacheTokens() == memory.kvBlocks() * 16
        memory.kvBlocks() > 1000
        Math.abs(memory.usableBytes() - 8 * 0.9 * scenario.experiment().points()[2].plan().deployments()[0].accelerator().memoryBytes()) < 1
        Math.abs(memory.weightBytes() - 75e9) < 2e9
        check.refusals() == []
    }

    def "rent is not told where a price is missing, and a point that cannot run has its reason"() {
        given:
        def script = MistakesSpec.SITE + MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME + '''\
            def size = param('size', 'llama-3.1-8b')
            deploy 'bot', { model size; at 'here', on: 'l4' }
            sweep size: ['llama-3.1-8b', 'qwen2.5-72b']
            '''.stripIndent()

        when:
        def checks = Scripts.load(script).check()

        then:
        checks[0].rentUsdPerHour() == null
        checks[0].memory().size() == 1
        checks[1].memory() == []
        checks[1].refusals()[0].contains('do not fit')
    }

    private static int leaves(Object node) {
        node instanceof Map ? node.values().sum(0) { leaves(it) } : node instanceof List ? node.sum(0) { leaves(it) } : 1
    }
}
