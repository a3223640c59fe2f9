package headroom.dsl

import headroom.plan.model.NumberType
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.DynamicBatchingSpec
import headroom.plan.serving.FixedDeploymentSpec
import headroom.plan.traffic.LengthSpec
import spock.lang.Specification

class FixedWorkWordsSpec extends Specification {

    static final String TRAFFIC = "traffic 'images', { poisson 10.perSecond }\n"
    static final String REST = "site 'here', { hardware 'l4', count: 4 }\nroute 'images', to: 'vision'\nsimulate 1.minutes\n"

    def "a model of fixed work is deployed like any other, and its traffic needs no lengths"() {
        given:
        def plan = Scripts.load(REST + TRAFFIC + "deploy 'vision', { model 'resnet-50'; quantization 'int8'; at 'here', on: 'l4'; replicas 2; " +
                "batching dynamic(maximum: 16, delay: 5.ms, instances: 2); admission queue: 9, timeout: 2.s }").experiment().points()[0].plan()
        FixedDeploymentSpec vision = plan.fixedDeployments()[0]

        expect:
        plan.deployments().empty
        plan.traffics()[0].prompt() == new LengthSpec.NoTokens() && plan.traffics()[0].output() == new LengthSpec.NoTokens()
        vision.batching() == new DynamicBatchingSpec(16, 0.005d, 2)
        vision.admission() == new AdmissionSpec(9, 2d)
        vision.replicas() == 2 && vision.devices() == 2
        vision.model().name() == 'resnet50-v1.5'
        vision.quantization().linear().multiplyType() == NumberType.INT8
    }

    def "without a word it runs in 16 bits, up to 32 at once, as soon as an instance is free"() {
        given:
        def vision = Scripts.load(REST + TRAFFIC + "deploy 'vision', { model 'bert'; at 'here', on: 'l4' }").experiment().points()[0].plan().fixedDeployments()[0]

        expect:
        vision.batching() == new DynamicBatchingSpec(32, 0d, 1)
        vision.quantization().linear().multiplyType() == NumberType.BF16
    }

    def "it stands beside a language model, whichever is declared first"() {
        given:
        def deploys = ["deploy 'vision', { model 'resnet-50'; at 'here', on: 'l4' }\n", "deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'l4' }\n"]
        def rest = REST + TRAFFIC + "traffic 'chat', { poisson 1.perSecond; prompt fixed(5.tokens); answer fixed(5.tokens) }\nroute 'chat', to: 'bot'\n"
        def plans = [deploys.join(), deploys.reverse().join()].collect { Scripts.load(rest + it).experiment().points()[0].plan() }

        expect:
        plans[0] == plans[1]
        plans[0].deployed()*.name() == ['bot', 'vision']
    }

    def "#word says nothing of a model of fixed work: #message"() {
        expect:
        Scripts.mistakes(REST + TRAFFIC + "deploy 'vision', { model 'resnet-50'; at 'here', on: 'l4'; $word }\n") == ["5:60 $message".toString()]

        where:
        word                    | message
        'kvCache paged()'       | "kvCache: 'vision' serves a model of fixed work, which has no KV cache | remove it"
        'prefixCache true'      | "prefixCache: 'vision' serves a model of fixed work, which has no prompts that begin alike | remove it"
        "servingEngine 'vllm'"  | "servingEngine: 'vision' serves a model of fixed work, which runs under a server with dynamic batching, not under an engine for tokens | remove it"
        'batching continuous()' | "continuous() batches tokens, but 'vision' serves a model of fixed work, which does the same work for every request and keeps no tokens | write, for example, dynamic(maximum: 32, delay: 5.ms, instances: 2)"
    }

    def "it is not split over devices, and a model of tokens has no dynamic batches"() {
        expect:
        Scripts.mistakes(REST + TRAFFIC + "deploy 'vision', { model 'resnet-50'; at 'here', on: 'l4', tensorParallel: 2 }\n").any {
            it.contains("'vision' serves a model of fixed work, which is not split over devices | write replicas 4 for four devices, each with the whole model")
        }
        Scripts.mistakes(REST + TRAFFIC + "deploy 'vision', { model 'llama-3.1-8b'; at 'here', on: 'l4'; batching dynamic(maximum: 4) }\n").any {
            it.contains("dynamic() makes batches of a model of fixed work, but 'vision' serves tokens | write continuous(), or leave batching out")
        }
    }

    def "traffic with lengths does not go to it, and traffic without does not go to a model of tokens"() {
        expect:
        Scripts.mistakes(REST + TRAFFIC.replace('perSecond', 'perSecond; prompt fixed(5.tokens); answer fixed(5.tokens)') +
                "deploy 'vision', { model 'resnet-50'; at 'here', on: 'l4' }\n") ==
                ["4:1 'vision' serves resnet50-v1.5, which does the same work for every request: leave out prompt and answer of traffic 'images'"]
        Scripts.mistakes(REST + TRAFFIC + "deploy 'vision', { model 'llama-3.1-8b'; at 'here', on: 'l4' }\n") == [
                "4:1 traffic 'images' does not say how long its prompts are | add, for example, prompt lognormal(median: 600.tokens, p95: 2400.tokens)",
                "4:1 traffic 'images' does not say how long its answers are | add, for example, answer lognormal(median: 600.tokens, p95: 2400.tokens)"]
    }
}
