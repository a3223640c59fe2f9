package headroom.plan

import com.fasterxml.jackson.databind.ObjectMapper
import headroom.testing.Fixtures
import headroom.testing.Gen
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import spock.lang.Specification

class PlanJsonSpec extends Specification {

    def "every plan survives JSON and back, and writes the same bytes again"() {
        expect:
        (1L..200L).every { seed ->
            def plan = Gen.plan(seed)
            def json = PlanJson.canonicalJson(plan)
            PlanJson.read(json) == plan && PlanJson.canonicalJson(PlanJson.read(json)) == json
        }
    }

    def "different plans have different identities"() {
        expect:
        (1L..200L).collect { PlanJson.sha256(Gen.plan(it)) }.toSet().size() == 200
        PlanJson.sha256(Gen.plan(1)) ==~ /[0-9a-f]{64}/
    }

    def "properties stand in alphabetical order, whatever the order of the record"() {
        given:
        def tree = new ObjectMapper().readTree(PlanJson.canonicalJson(lone()))

        expect:
        tree.fieldNames().toList() == ['deployments', 'fixedDeployments', 'horizon', 'routes', 'sites', 'traffics']
        tree.at('/deployments/0').fieldNames().toList() == tree.at('/deployments/0').fieldNames().toList().sort()
        tree.at('/deployments/0/accelerator/bandwidthBytesPerSec').doubleValue() == 3.35e12d
    }

    def "a property that is unknown, missing or out of range is refused by name"() {
        given:
        def json = PlanJson.canonicalJson(lone())

        when:
        PlanJson.read(change(json))

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(name)

        where:
        name             | change
        'colour'         | { String s -> s.replace('"replicas":', '"colour":1,"replicas":') }
        'tensorParallel' | { String s -> s.replaceAll(/,"tensorParallel":\d+/, '') }
        'tensorParallel' | { String s -> s.replaceAll(/"tensorParallel":\d+/, '"tensorParallel":0') }
        'memoryBytes'    | { String s -> s.replaceAll(/"memoryBytes":[^,]+/, '"memoryBytes":"NaN"') }
    }

    private static Plan lone() {
        def traffic = Fixtures.traffic(new ArrivalSpec.Poisson(1), new LengthSpec.Fixed(10), new LengthSpec.Fixed(10))
        def deployment = Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 2)
        return Fixtures.plan(traffic, deployment, new HorizonSpec.Window(60, 10, 600))
    }
}
