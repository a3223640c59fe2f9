package headroom.dsl

import headroom.dsl.catalogue.Catalogue
import headroom.plan.HorizonSpec
import headroom.plan.Plan
import headroom.plan.ReportSpec
import headroom.plan.RouteSpec
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.RoutingPolicy
import headroom.plan.site.GridSpec
import headroom.plan.site.HardwarePool
import headroom.plan.site.SiteSpec
import headroom.plan.traffic.ArrivalSpec
import headroom.plan.traffic.LengthSpec
import headroom.plan.traffic.SloSpec
import headroom.plan.traffic.ThinkSpec
import headroom.plan.traffic.TrafficSpec
import spock.lang.Shared
import spock.lang.Specification

class ExampleSpec extends Specification {
    static final double Z95 = 1.6448536269514722

    @Shared
    Scenario scenario = Scripts.load(Scripts.EXAMPLE)

    def "the example makes fifteen points whose first axis turns slowest"() {
        expect:
        scenario.experiment().points()*.label().take(4) == [
                'users=10 precision=fp16', 'users=10 precision=int8', 'users=10 precision=int4-awq', 'users=25 precision=fp16']
        scenario.experiment().points().size() == 15
        scenario.experiment().points().every { it.plan() != null && it.variant() == '' }
        scenario.experiment().points()[4].values() == [users: 25, precision: 'int8']
    }

    def "the experiment is what the example says about itself"() {
        given:
        def experiment = scenario.experiment()

        expect:
        experiment.title() == 'Support assistant on 8 x A100: which precision?'
        experiment.question() == 'Which precision holds p95 < 2 s at 50 users, and what does an answer cost?'
        experiment.replications() == 5
        experiment.seed() == 1
        experiment.claims() == ['INT8 answers faster than FP16 at 50 users']
        experiment.report() == new ReportSpec('precision', 'users',
                ['cost_usd_per_1M_output_tokens', 'e2e_p95_s', 'energy_J_per_output_token'], null)
        experiment.parameters()*.name() == ['users', 'precision']
        experiment.parameters()*.description() == ['people chatting at once', 'weight format']
        experiment.parameters()*.defaultValue() == [50, 'fp16']
        experiment.parameters()*.swept() == [[10, 25, 50, 100, 200], ['fp16', 'int8', 'int4-awq']]
    }

    def "the plan of a point equals the one that the records' constructors make"() {
        given:
        def catalogue = Catalogue.shipped()
        def model = catalogue.model('qwen2.5-72b').spec()
        def device = catalogue.hardware('a100-sxm4-80gb')
        def format = catalogue.quantization('int8').specFor(model, device.accelerator())
        def site = new SiteSpec('frankfurt', 'eu-central', 'EU', [new HardwarePool('a100-sxm4-80gb', 8, 1.8d)],
                new GridSpec(0.21d, 370d), 1.35d)
        def traffic = new TrafficSpec('support', new ArrivalSpec.ClosedLoop(50, new ThinkSpec.Exponential(8)),
                new LengthSpec.Lognormal(600, StrictMath.log(4) / Z95),
                new LengthSpec.Lognormal(60, StrictMath.log(110d / 60) / Z95),
                new SloSpec([new SloSpec.Target(SloSpec.Metric.TTFT, 95, 0.5), new SloSpec.Target(SloSpec.Metric.E2E, 95, 2)]))
        def deployment = new DeploymentSpec('assistant', model, format, 'frankfurt', device.accelerator(), device.server(), ParallelismSpec.tensor(8), 1,
                new BatchingSpec(256, 8192, 1), new KvCacheSpec(16, 0.9, 1.5e9, 0.01),
                catalogue.profile('vllm', device, model, format, ParallelismSpec.tensor(8)))

        expect:
        scenario.experiment().points()[7].plan() == new Plan([site], [traffic], [deployment],
                [new RouteSpec('support', 'assistant', RoutingPolicy.ROUND_ROBIN)], new HorizonSpec.Window(1800, 300, 3600))
        scenario.experiment().points()[7].label() == 'users=50 precision=int8'
    }

    def "the source is kept as written, and no file was read"() {
        expect:
        scenario.source() == Scripts.EXAMPLE
        scenario.inputs() == []
    }
}
