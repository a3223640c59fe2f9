package headroom.dsl

import headroom.dsl.catalogue.Catalogue
import headroom.plan.model.FixedModelSpec
import headroom.plan.model.NumberType
import headroom.plan.serving.AdmissionSpec
import headroom.plan.serving.DynamicBatchingSpec
import headroom.plan.serving.FixedDeploymentSpec
import headroom.plan.serving.FixedProfileSpec
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
        vision.admission() == new AdmissionSpec(9, 2d, 0)
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

    static final String DEPLOY = "deploy 'vision', { model 'mine'; quantization 'fp16'; at 'here', on: 'l4' }\n"

    def "a model of a script's own does the work that it says, at the shares of peak of its task"() {
        when:
        def mine = own("fixedWork flop: 45e9, weights: 110e6, readWeights: 22e6, activations: 30.MB, passes: 2, task: 'reranker'")

        then:
        mine.model() == new FixedModelSpec('mine', 45e9d, 110e6d, 22e6d, 30e6d, 2)
        mine.profile() == Catalogue.shipped().fixedProfile('transformer')
    }

    def "what it does not say is its base's: #said"() {
        given:
        def base = Catalogue.shipped().model('resnet-50').fixedSpec()

        when:
        def mine = own("basedOn 'resnet-50'; $said")

        then:
        mine.model() == new FixedModelSpec('mine', flop ?: base.flopPerSample(), weights, weights, base.activationBytes16(), 1)
        mine.profile().mfu() == mfu
        mine.profile().rampSeconds() == Catalogue.shipped().fixedProfile('image-classification').rampSeconds()

        where:
        said                      | flop   | weights | mfu
        ''                        | null   | 25.6e6d | 0.46d
        'fixedWork flop: 16e9'    | 16e9d  | 25.6e6d | 0.46d
        'fixedWork weights: 50e6' | null   | 50e6d   | 0.46d
        'reaches mfu: 30.percent' | null   | 25.6e6d | 0.3d
    }

    def "it states the shares of peak itself, and another one may start from it"() {
        when:
        def plan = Scripts.load("model 'first', { fixedWork flop: 1e9, weights: 1e6; reaches mfu: 40.percent, mbu: 60.percent, host: 50.us }\n" +
                "model 'mine', { basedOn 'first'; reaches ramp: 200.us }\n" + REST + TRAFFIC + DEPLOY).experiment().points()[0].plan()

        then:
        plan.fixedDeployments()[0].profile() == new FixedProfileSpec("dynamic batching, shares of 'mine'", 0.4d, 0.6d, 200e-6d, 50e-6d)
    }

    def "a model with #what is a mistake: #message"() {
        expect:
        Scripts.mistakes("model 'mine', { $block }\n" + REST + TRAFFIC + DEPLOY) == ["1:$column $message".toString()]

        where:
        what                   | block                                                        | column | message
        'no weights'           | "fixedWork flop: 45e9, task: 'reranker'"                     | 1      | "model 'mine' does not say how much work it is | write, for example, fixedWork flop: 45e9, weights: 110e6, task: 'reranker', or start with basedOn 'resnet50-v1.5'"
        'no task'              | 'fixedWork flop: 45e9, weights: 110e6'                       | 1      | "model 'mine' does not say what share of a device's peak it reaches | name what it is for, for example fixedWork task: 'reranker', or write reaches mfu: 40.percent, mbu: 60.percent"
        'work below 0'         | "fixedWork flop: -1, weights: 110e6, task: 'reranker'"       | 33     | 'flop must be above 0, got -1.0'
        'a share above 1'      | "basedOn 'resnet-50'; reaches mfu: 130.percent"              | 1      | 'profile.mfu must be above 0 and at most 1, but is 1.3'
        'an unknown task'      | "fixedWork flop: 45e9, weights: 110e6, task: 'cooking'"      | 61     | "there is no task 'cooking', but image-classification, object-detection, medical-segmentation, text-to-image, transformer, question-answering, embedding, reranker, image-embedding, speech-to-text, text-generation, recommendation"
        'tokens as well'       | "basedOn 'llama-3.1-8b'; fixedWork flop: 45e9, weights: 1e6, task: 'reranker'" | 1 | "model 'mine' has both fixed work and the dimensions of a language model | keep one of them: fixedWork and reaches go with basedOn a model of fixed work only"
        'layers on fixed work' | "basedOn 'resnet-50'; layers 3"                              | 1      | "model 'mine' has both fixed work and the dimensions of a language model | keep one of them: fixedWork and reaches go with basedOn a model of fixed work only"
    }

    def "#cap caps its device, by what a server at the wall leaves to each"() {
        given:
        def vision = Scripts.load(onH100(cap)).experiment().points()[0].plan().fixedDeployments()[0]

        expect:
        Math.abs(vision.accelerator().power().capWatts() - watts(vision.server())) < 1e-9

        where:
        cap                      | watts
        'powerCap device: 300.W' | { 300d }
        'powerCap server: 5.kW'  | { (5000 * 0.92 * 0.95 - it.hostWatts()) / 8 }
    }

    def "a cap that no batch can keep is a mistake"() {
        expect:
        Scripts.mistakes(onH100('powerCap device: 10.W')).any { it.contains('a power cap of 10.0 W a device cannot be kept') }
    }

    def "explain tells where its values come from"() {
        given:
        def lines = Scripts.load("model 'mine', { basedOn 'resnet-50'; fixedWork flop: 16e9; reaches mfu: 30.percent }\n" + REST + TRAFFIC + DEPLOY)
                .explain('all').collectEntries { [it.path() - 'fixedDeployments[0].', it] }

        expect:
        lines['model.flopPerSample'].origin().contains('line 1')
        lines['model.weights'].origin().contains('resnet50-v1.5')
        lines['profile.mfu'].origin().contains('line 1')
        lines['profile.mbu'].origin().contains('fitted by task')
    }

    private static FixedDeploymentSpec own(String block) {
        Scripts.load("model 'mine', { $block }\n" + REST + TRAFFIC + DEPLOY).experiment().points()[0].plan().fixedDeployments()[0]
    }

    private static String onH100(String word) {
        (REST + TRAFFIC + "deploy 'vision', { model 'resnet-50'; at 'here', on: 'l4'; $word }\n").replace("'l4'", "'h100'")
    }
}
