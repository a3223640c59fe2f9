package headroom.engine.run

import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.RoutingPolicy
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.testing.OracleCheck
import headroom.testing.PlantedBug
import spock.lang.Shared
import spock.lang.Specification

class FastForwardOracleSpec extends Specification {

    static final int PLANS = 600

    @Shared
    List<OracleCheck> checks = (1L..PLANS).collect { OracleCheck.of(it) }

    def "jumping over steps changes no instant and no histogram of any request"() {
        expect:
        checks*.differences().findAll().take(3).join('\n') == ''
    }

    def "the random plans reach what they are meant to reach"() {
        given:
        int preemptions = checks*.preemptions().sum()
        int longPrompts = checks*.longPrompts().sum()
        int full = checks.count { it.full() }
        println "oracle: $PLANS plans, ${checks*.requests().sum()} requests, $preemptions preemptions, " +
                "$longPrompts prompts longer than the token budget, $full plans with full queues"

        expect:
        preemptions >= 1000
        longPrompts >= 1000
        full >= 100
    }

    def "at least 50 random plans have #kind"(Object kind, Closure<Boolean> has) {
        given:
        int plans = checks.count { has(it.plan()) }
        println "oracle: $plans plans with $kind"

        expect:
        plans >= 50

        where:
        [kind, has] << RoutingPolicy.values().collect { policy ->
            [policy, { plan -> plan.routes().any { it.policy() == policy } }]
        } + ArrivalSpec.permittedSubclasses.collect { type ->
            [type.simpleName, { plan -> plan.traffics().any { type.isInstance(it.arrivals()) } }]
        } + LengthSpec.permittedSubclasses.collect { type ->
            [type.simpleName, { plan -> plan.traffics().any { type.isInstance(it.prompt()) || type.isInstance(it.output()) } }]
        } + [
            'tensor parallelism'     : { ParallelismSpec it -> it.shards() > 1 },
            'expert parallelism'     : { ParallelismSpec it -> it.expertParallel() > 1 },
            'pipeline parallelism'   : { ParallelismSpec it -> it.pipelineParallel() > 1 },
            'data-parallel attention': { ParallelismSpec it -> it.attentionRanks() > 1 },
        ].collect { way, drawn ->
            [way, { plan -> plan.deployments().any { drawn(it.parallelism()) } }]
        }
    }

    def "the oracle catches #bug"(String bug, String file, String right, String wrong) {
        given:
        def mutant = new PlantedBug("headroom/engine/$file", right, wrong)

        when:
        def caught = (1L..PLANS).find { mutant.isCaughtBy(it) }
        println "oracle: $bug is first caught by plan $caught"

        then:
        caught != null

        cleanup:
        mutant?.close()

        where:
        bug                        | file                       | right                                                | wrong
        'an off-by-one block'      | 'serving/DecodingSet.java' | '(sequence.cachedTokens(step) + blockTokens - 1)'    | '(sequence.cachedTokens(step) + blockTokens)'
        'a lost remainder'         | 'serving/Replica.java'     | 'nowTicks = run.boundaryTicks(run.steps);'           | 'nowTicks = 0;'
        'a wrong tie order'        | 'kernel/Priority.java'     | 'int ARRIVAL = 1;'                                   | 'int ARRIVAL = 3;'
    }
}
