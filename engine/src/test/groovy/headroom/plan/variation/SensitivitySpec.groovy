package headroom.plan.variation

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import groovy.transform.CompileStatic
import headroom.plan.Experiment
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.PlanJson
import headroom.plan.ReportSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.site.GridSpec
import headroom.plan.site.HardwarePool
import headroom.plan.site.SiteSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.TraceRows
import headroom.testing.Fixtures
import headroom.testing.Gen
import spock.lang.Specification

class SensitivitySpec extends Specification {
    private static final ObjectMapper JSON = new ObjectMapper()

    /** Where in the plan's JSON a resource may change something. */
    static final Map<String, String> PLACES = [
            'device bandwidth'             : /\/(deployments|fixedDeployments)\/\d+\/accelerator\/bandwidthBytesPerSec/,
            'peak FLOP/s'                  : /\/(deployments|fixedDeployments)\/\d+\/accelerator\/peaks\/\w+/,
            'device memory'                : /\/(deployments|fixedDeployments)\/\d+\/accelerator\/memoryBytes/,
            'rate of links between devices': /\/deployments\/\d+\/profile\/(collectives\/busBytesPerSec|hop\/bytesPerSec)/,
            'rate of the link to the host' : /\/(deployments|fixedDeployments)\/\d+\/accelerator\/hostLinkBytesPerSec/,
            'rate of the KV link between pools': /\/deployments\/\d+\/handover\/linkBytesPerSec/,
            'replicas'                     : /\/((deployments|fixedDeployments)\/\d+\/replicas|sites\/\d+\/pools\/\d+\/count)/,
            'overhead of a step'           : /\/(deployments\/\d+\/profile\/overheads\/\w+|fixedDeployments\/\d+\/profile\/(ramp|host)Seconds)/,
            'maxSequences'                 : /\/deployments\/\d+\/batching\/maxSequences/,
            'tokenBudget'                  : /\/deployments\/\d+\/batching\/tokenBudget/,
            'largest batch of fixed work'  : /\/fixedDeployments\/\d+\/batching\/maximumSamples/,
            'load'                         : /\/traffics\/\d+\/arrivals\/(ratePerSec|users|concurrency|requests|rows\/arrivalNanos\/\d+)/,
            'prompt length'                : /\/traffics\/\d+\/(prompt\/.*|arrivals\/rows\/promptTokens\/\d+)/,
            'answer length'                : /\/traffics\/\d+\/(output\/.*|arrivals\/rows\/outputTokens\/\d+)/,
            'PUE'                          : /\/sites\/\d+\/pue/,
            'electricity price'            : /\/sites\/\d+\/grid\/usdPerKwh/,
            'rent of devices'              : /\/sites\/\d+\/pools\/\d+\/rentUsdPerDeviceHour/]

    def "each variation of 60 random plans changes its own numbers, by a tenth or to the nearest other whole number, and nothing else"() {
        expect:
        (1..60).every { seed ->
            def plan = Gen.plan(seed)
            def before = leaves(plan)
            Sensitivity.of(plan).every { variation ->
                if (variation.plan() == null) {
                    assert variation.refusals().every { !it.isBlank() } && !variation.refusals().isEmpty()
                    return true
                }
                def after = leaves(variation.plan())
                def changed = differing(before, after)
                assert before.keySet().containsAll(after.keySet())
                if (variation.resource().startsWith('replicas') && !variation.more() && after.size() < before.size()) {
                    // One of several lines of the same device had no more than what is given back, so it is gone.
                    return true
                }
                assert after.keySet().containsAll(before.keySet())
                assert !changed.isEmpty() || variation.resource() =~ /overhead|length|load/
                changed.each { path ->
                    assert path ==~ PLACES[variation.resource().replaceFirst(/^replicas of .*/, 'replicas')]
                    double old = before[path] as double
                    double now = after[path] as double
                    boolean more = path.contains('arrivalNanos') ? !variation.more() : variation.more()
                    assert more ? now > old : now < old
                    if (!(variation.resource().startsWith('replicas') || path ==~ /.*(Tokens|tokens|users|concurrency|requests|maxSequences|tokenBudget|maximumSamples|arrivalNanos).*/)) {
                        assert Math.abs(now / old - (variation.more() ? 1.1 : 0.9)) < 1e-12
                    } else if (!path.contains('arrivalNanos') && !variation.resource().startsWith('replicas')) {
                        assert Math.abs(now - old * (variation.more() ? 1.1 : 0.9)) <= 1
                    }
                }
                true
            }
        }
    }

    def "one replica more is bought with its devices, and one fewer gives them back"() {
        given:
        def plan = plan(Fixtures.deployment(Fixtures.llama70b(), Fixtures.h100(), Fixtures.vllmH100(), 4, 2))

        expect:
        named(plan, 'replicas', true).change() == '2 to 3'
        named(plan, 'replicas', true).plan().with { [it.deployments()[0].replicas(), it.sites()[0].pools()[0].count()] } == [3, 12]
        named(plan, 'replicas', false).plan().with { [it.deployments()[0].replicas(), it.sites()[0].pools()[0].count()] } == [1, 4]
    }

    def "what cannot be varied says why: #reason"() {
        given:
        def one = Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1)
        def tight = Fixtures.with(one, new BatchingSpec(64, 64, 0), new KvCacheSpec(16, 0.9, 1e9, 0, blocks as Long, headroom.plan.serving.AllocationSpec.onDemand()))

        expect:
        named(plan(tight), resource, more).with { [it.plan(), it.change(), it.refusals()] } == [null, said, [reason]]

        where:
        resource                        | more  | blocks | said    || reason
        'replicas'                      | false | null   | '-1'    || 'there is only one replica'
        'rate of links between devices' | true  | null   | '+10 %' || 'each replica is on one device'
        'rate of the link to the host'  | true  | null   | '+10 %' || 'neither weights nor KV blocks cross the link to the host'
        'rate of the KV link between pools' | true | null | '+10 %' || 'no deployment prefills in a pool of its own, so no KV cache moves'
        'device memory'                 | true  | 9L     | '+10 %' || 'the number of KV blocks is stated, so memory decides nothing'
        'electricity price'             | true  | null   | '+10 %' || 'nobody stated a price of electricity'
        'PUE'                           | false | null   | '-10 %' || 'site.pue must be from 1.0 to 10.0, but is 0.9'
        'maxSequences'                  | true  | null   | '+10 %' || 'batching.tokenBudget must be at least batching.maxSequences (70), but is 64'
    }

    def "of few users, copies or tokens the nearest other whole number is taken, and the change says which"() {
        expect:
        [[1, Step.MORE], [3, Step.MORE], [3, Step.LESS], [50, Step.LESS], [256, Step.MORE]].collect { n, step -> step.of(n as int) } == [2, 4, 2, 45, 282]
        named(plan(Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1), new ArrivalSpec.ClosedLoop(3, new headroom.plan.traffic.ThinkSpec.Fixed(1))), 'load', true).change() == '3 to 4'
    }

    def "a trace a tenth heavier comes a tenth faster, its prompts and answers the same"() {
        given:
        def rows = new TraceRows([0, 1100, 2200] as long[], [10, 20, 30] as int[], [1, 2, 3] as int[], [4, 4, 5] as int[])
        def replayed = plan(Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1),
                new ArrivalSpec.Replay(rows), new LengthSpec.Traced())

        expect:
        named(replayed, 'load', true).plan().traffics()[0].arrivals().rows() ==
                new TraceRows([0, 1000, 2000] as long[], [10, 20, 30] as int[], [1, 2, 3] as int[], [4, 4, 5] as int[])
        named(replayed, 'prompt length', true).plan().traffics()[0].arrivals().rows() ==
                new TraceRows([0, 1100, 2200] as long[], [11, 22, 33] as int[], [1, 2, 3] as int[], [4, 4, 5] as int[])
    }

    def "an experiment that names no point has no variations, and one that names a point that cannot run is refused"() {
        given:
        def plan = plan(Fixtures.deployment(Fixtures.llama8b(), Fixtures.h100(), Fixtures.vllmH100(), 1, 1))
        def points = [new Experiment.Point('a', '', [:], null, ['too large']), new Experiment.Point('b', '', [:], plan, [])]
        def asked = { String at -> new Experiment('t', '', [], points, 1, 1, [], new ReportSpec(null, null, [], null, at)) }

        when:
        Sensitivity.of(asked('a'))

        then:
        thrown(IllegalArgumentException)
        Sensitivity.of(asked(null)) == []
        Sensitivity.of(asked('b')) == Sensitivity.of(plan)
    }

    private static Variation named(Plan plan, String resource, boolean more) {
        Sensitivity.of(plan).find { it.resource() == resource && it.more() == more }
    }

    private static Plan plan(deployment, arrivals = new ArrivalSpec.Poisson(1), LengthSpec lengths = new LengthSpec.Fixed(100)) {
        def plan = Fixtures.plan(Fixtures.traffic(arrivals, lengths, lengths), deployment, new HorizonSpec.Window(60, 0, 60))
        def pool = new HardwarePool(deployment.accelerator().name(), deployment.devices(), 2.0d)
        new Plan([new SiteSpec(plan.sites()[0].name(), null, null, [pool], new GridSpec(null, null), 1.0d)],
                plan.traffics(), plan.deployments(), plan.routes(), plan.horizon())
    }

    /** Every value of a plan's JSON by its path. */
    private static Map<String, Object> leaves(Plan plan) {
        def all = [:] as Map<String, Object>
        collect('', JSON.readTree(PlanJson.canonicalJson(plan)), all)
        all
    }

    // A plan has thousands of values, and each of 60 some 30 variations: read dynamically they took a minute.
    @CompileStatic
    private static void collect(String path, JsonNode node, Map<String, Object> all) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                collect(path + '/' + each.key, each.value, all)
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + '/' + i, node.get(i), all)
            }
        } else {
            all[path] = node.isNumber() ? node.decimalValue() : node.asText()
        }
    }

    @CompileStatic
    private static List<String> differing(Map<String, Object> before, Map<String, Object> after) {
        def paths = [] as List<String>
        for (Map.Entry<String, Object> each : before.entrySet()) {
            if (each.value != after[each.key]) {
                paths << each.key
            }
        }
        paths
    }
}
