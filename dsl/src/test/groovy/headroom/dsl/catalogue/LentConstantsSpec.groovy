package headroom.dsl.catalogue

import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.ProfileSpec
import spock.lang.Shared
import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

class LentConstantsSpec extends Specification {
    @Shared
    Catalogue catalogue = Catalogue.shipped()

    def "TensorRT-LLM of 2024 has its own all-reduce, passes over the hidden vector of later versions and padding rows common to all"() {
        given:
        def profile = profile('tensorrt-llm-2024', 'h100', 'mixtral-8x7b', 4)

        expect:
        that profile.collectives().latencySeconds() * 1e6, closeTo(3.0 * 7, 1e-6)
        profile.kernels().hiddenPasses() == 19.9d
        profile.experts().paddingRows() == 64d
    }

    def "llama.cpp of 2024 borrows from llama.cpp before vLLM"() {
        given:
        def kernels = profile('llama.cpp-2024', 'h100', 'llama-2-7b', 1).kernels()

        expect:
        kernels.attentionMfu() == 0.3d
        that kernels.linearMbu(), closeTo(0.828 * 0.43, 1e-9)
    }

    def "4-bit weights are read at #mbu of bandwidth under #engine: only its 16-bit kernel was replaced"() {
        expect:
        that profile(engine, 'h100', 'llama-2-7b', 1, 'int4-g128').kernels().linearMbu(), closeTo(mbu, 0.001)

        where:
        engine           || mbu
        'llama.cpp'      || 0.828 * 1.1 * 0.95
        'llama.cpp-2024' || 0.828 * 1.1 * 0.95
    }

    def "#engine on #device multiplies 16-bit weights at #mfu of peak: what is said of a family holds for all its generations"() {
        expect:
        that profile(engine, device, 'llama-3.1-8b', 1).kernels().linearMfu(), closeTo(mfu, 1e-9)

        where:
        engine      | device   || mfu
        'vllm-2024' | 'mi210'  || 0.70 * 0.092
        'vllm-2024' | 'mi250x' || 0.70 * 0.092
        'vllm-2024' | 'mi300x' || 0.70 * 0.092
        'vllm-2024' | 'mi325x' || 0.70 * 0.092
        'vllm-2024' | 'mi355x' || 0.70 * 0.092
        'vllm-2024' | 'h100'   || 0.8087 * 0.882
        'vllm'      | 'mi325x' || 0.70 * 0.67
        'vllm'      | 'mi250x' || 0.70
        'sglang'    | 'mi325x' || 0.70
    }

    def "#model over #devices #device under #engine reads its KV cache at #mbu: heads that share a KV head may read it apart"() {
        expect:
        that profile(engine, device, model, devices).kernels().kvMbu(), closeTo(mbu, 1e-9)

        where:
        engine              | device   | model          | devices || mbu
        'vllm-2024'         | 'mi300x' | 'llama-2-7b'   | 1       || 0.52
        'vllm-2024'         | 'mi300x' | 'llama-3-8b'   | 1       || 0.52 / 4
        'vllm-2024'         | 'mi300x' | 'llama-3-8b'   | 2       || 0.52 / 4
        'vllm-2024'         | 'mi300x' | 'llama-3-70b'  | 8       || 0.52 / 8
        'vllm-2024'         | 'mi300x' | 'llama-3-70b'  | 16      || 0.52 / 4
        'vllm-2024'         | 'mi300x' | 'deepseek-v3'  | 8       || 0.52
        'vllm-2024'         | 'h100'   | 'llama-3-70b'  | 8       || 0.95
        'vllm'              | 'mi300x' | 'llama-3-70b'  | 8       || 0.95
        'tensorrt-llm-2024' | 'h100'   | 'llama-3-70b'  | 4       || 0.95 / 2.05
        'tensorrt-llm-2024' | 'h100'   | 'llama-2-7b'   | 4       || 0.95
        'tensorrt-llm'      | 'h100'   | 'llama-3-70b'  | 4       || 0.85
    }

    def "experts of gpt-oss on MI355X reach #factor of dense kernels under #engine, whose own constants go before those that vLLM has of the family"() {
        expect:
        that profile(engine, 'mi355x', 'gpt-oss-120b', 1, 'mxfp4').experts().mfu(), closeTo(0.40 * factor, 1e-9)

        where:
        engine   || factor
        'vllm'   || 0.286
        'sglang' || 0.762
    }

    private ProfileSpec profile(String engine, String device, String model, int devices, String format = 'bf16') {
        def hardware = catalogue.hardware(device)
        def spec = catalogue.model(model).spec()
        catalogue.profile(engine, hardware, spec, catalogue.quantization(format).specFor(spec, hardware.accelerator()), ParallelismSpec.tensor(devices))
    }
}
