package headroom.dsl

import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.ProfileSpec
import spock.lang.Specification

/** How a script spreads a replica over devices, and what cannot be spread so. */
class SpreadSpec extends Specification {
    static final String REST = "site 'here', { hardware 'h200-sxm-141gb', count: 64 }\n" + MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME

    def "#words spreads a replica as #parallelism over #devices devices"() {
        when:
        def deployment = Scripts.load(deploy('deepseek-r1', words)).experiment().points()[0].plan().deployments()[0]

        then:
        deployment.parallelism() == parallelism
        deployment.devices() == devices

        where:
        words                                                                || parallelism                        | devices
        'tensorParallel: 8'                                                  || new ParallelismSpec(8, 1, false, 1)   | 8
        'tensorParallel: 8, expertParallel: 8'                               || new ParallelismSpec(8, 8, false, 1)   | 8
        'tensorParallel: 8, expertParallel: 4, dataParallelAttention: true'  || new ParallelismSpec(8, 4, true, 1)    | 8
        'tensorParallel: 8, dataParallelAttention: false'                    || new ParallelismSpec(8, 1, false, 1)   | 8
    }

    def "a pipeline takes its share of the layers, and a hop from server to server when the stages need two"() {
        when:
        def one = Scripts.load(deploy('llama-3.1-8b', 'tensorParallel: 4, pipelineParallel: 2')).experiment().points()[0].plan().deployments()[0]
        def two = Scripts.load(deploy('llama-3.1-8b', 'tensorParallel: 8, pipelineParallel: 2')).experiment().points()[0].plan().deployments()[0]

        then:
        one.parallelism() == new ParallelismSpec(4, 1, false, 2)
        one.devices() == 8
        one.profile().hop() == new ProfileSpec.Hop(8e-6, 0.7 * 450e9)
        two.devices() == 16
        two.profile().hop() == new ProfileSpec.Hop(20e-6, 0.7 * 50e9)
    }

    def "tensor parallelism reaches as far as one link joins devices, beyond their server: #words on #device"() {
        given:
        def script = deploy('deepseek-r1', words).replace('h200-sxm-141gb', device)

        expect:
        refusal == null ? Scripts.load(script).experiment().points()[0].plan().deployments()[0].devices() == 8 : Scripts.mistakes(script).any { it.contains(refusal) }

        where:
        device           | words                                       | refusal
        'gb200-nvl72'    | 'tensorParallel: 8, expertParallel: 8'      | null
        'gb200-nvl72'    | 'tensorParallel: 128, expertParallel: 128'  | 'tensorParallel 128 is more than the 72 gb200-nvl72 that one link joins'
        'h200-sxm-141gb' | 'tensorParallel: 16, expertParallel: 16'    | 'tensorParallel 16 is more than the 8 h200-sxm-141gb of one server'
    }

    def "#model, #words is refused: #sentence"() {
        expect:
        Scripts.mistakes(deploy(model, words)) == ["5:1 $sentence".toString()]

        where:
        model           | words                                            | sentence
        'deepseek-r1'   | 'tensorParallel: 8, expertParallel: 3'           | 'expertParallel 3 does not divide tensorParallel 8: each part of the experts needs as many devices as the others'
        'llama-3.1-8b'  | 'tensorParallel: 7'                              | 'tensorParallel 7 does not divide the 32 attention heads of llama-3.1-8b'
        'llama-3.1-8b' | 'pipelineParallel: 33' | 'pipelineParallel 33 is more than the 32 layers of llama-3.1-8b'
        'llama-3.1-8b' | 'tensorParallel: 2, expertParallel: 2'           | 'expertParallel 2 needs experts, but llama-3.1-8b has none: leave it out'
        'llama-3.1-8b' | 'tensorParallel: 2, dataParallelAttention: true' | 'dataParallelAttention leaves only experts to split, but llama-3.1-8b has none: use replicas for independent copies'
        'gpt-oss-120b'  | 'tensorParallel: 7, expertParallel: 7, dataParallelAttention: true' | 'expertParallel 7 does not divide the 128 experts of gpt-oss-120b'
        'gpt-oss-120b'  | 'tensorParallel: 7, dataParallelAttention: true' | 'tensorParallel 7 / expertParallel 1 = 7 devices do not divide the 2880 columns of an expert of gpt-oss-120b'
        'deepseek-r1'   | 'tensorParallel: 2, expertParallel: 2'           | '674.0 GB of weights do not fit 2 x 150.1 GB of h200-sxm-141gb; it needs tensorParallel: 8, expertParallel: 8'
    }

    def "a width of 0 is refused at its line"() {
        expect:
        Scripts.mistakes(deploy('deepseek-r1', 'tensorParallel: 8, expertParallel: 0')).first().startsWith('5:')
    }

    private static String deploy(String model, String words) {
        String format = model.startsWith('deepseek') ? 'fp8-block128' : 'bf16'
        return REST + "deploy 'bot', { model '$model'; quantization '$format'; at 'here', on: 'h200-sxm-141gb', $words }\n"
    }
}
