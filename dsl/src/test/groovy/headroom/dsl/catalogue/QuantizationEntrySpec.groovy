package headroom.dsl.catalogue

import headroom.plan.model.NumberType
import spock.lang.Shared
import spock.lang.Specification

class QuantizationEntrySpec extends Specification {
    @Shared
    Catalogue catalogue = Catalogue.shipped()

    def "#format on #device stores #bits bits and multiplies in #type"() {
        when:
        def spec = spec(format, 'llama-3.1-70b', device)

        then:
        spec.linear().bits() == bits
        spec.experts() == spec.linear()
        spec.linear().multiplyType() == type

        where:
        format             | device   || bits   | type
        'bf16'             | 'a100'   || 16d    | NumberType.BF16
        'fp16'             | 'a100'   || 16d    | NumberType.FP16
        'int8'             | 'a100'   || 8.004d | NumberType.INT8
        'int8'             | 'h100'   || 8.004d | NumberType.INT8
        'int8'             | 'b300'   || 8.004d | NumberType.BF16
        'int8-weight-only' | 'a100'   || 8.004d | NumberType.BF16
        'int4-awq'         | 'a100'   || 4.156d | NumberType.BF16
        'int4-awq'         | 'h100'   || 4.156d | NumberType.BF16
        'fp8'              | 'h100'   || 8d     | NumberType.FP8
        'fp8'              | 'l40s'   || 8d     | NumberType.FP8
        'fp8'              | 'mi300x' || 8d     | NumberType.FP8
        'fp8'              | 'a100'   || 8d     | NumberType.BF16
        'nvfp4'            | 'b200'   || 4.5d   | NumberType.FP4
        'nvfp4'            | 'h100'   || 4.5d   | NumberType.BF16
        'mxfp4'            | 'mi355x' || 4.25d  | NumberType.FP4
        'kv-fp8'           | 'h100'   || 16d    | NumberType.BF16
    }

    def "gpt-oss stores only its experts small, DeepSeek in NVFP4 keeps attention at 16 bits"() {
        expect:
        with(spec('mxfp4', 'gpt-oss-120b', 'h100')) {
            linear().bits() == 16d
            experts().bits() == 4.25d
            experts().multiplyType() == NumberType.BF16
        }
        with(spec('nvfp4', 'deepseek-r1', 'b200')) {
            linear().bits() == 16d
            experts().bits() == 4.5d
            experts().multiplyType() == NumberType.FP4
        }
        with(spec('nvfp4', 'qwen3-235b-a22b', 'b200')) {
            linear().bits() == 4.5d
        }
    }

    def "a number of the KV cache takes #bits bits under #format"() {
        expect:
        spec(format, 'llama-3.1-8b', 'h100').kvCacheBits() == bits

        where:
        format    || bits
        'fp8'     || 16d
        'int8'    || 16d
        'nvfp4'   || 8d
        'kv-fp8'  || 8d
        'kv-int4' || 4.25d
    }

    def "quality is stated where it was measured for the model's size, and left open elsewhere: #format, #model"() {
        expect:
        spec(format, model, 'b200').qualityRetained() == quality

        where:
        format          | model           || quality
        'bf16'          | 'qwen2.5-0.5b'  || 1d
        'fp8'           | 'llama-3.1-8b'  || 0.992d
        'fp8'           | 'qwen2.5-72b'   || 0.996d
        'int8'          | 'llama-3.1-8b'  || 0.995d
        'int8'          | 'qwen2.5-72b'   || 0.977d
        'int4'          | 'llama-3.1-8b'  || 0.961d
        'int4'          | 'qwen2.5-72b'   || 0.988d
        'int4'          | 'qwen2.5-0.5b'  || null
        'int4'          | 'gemma-2-27b'   || null
        'fp8'           | 'mixtral-8x7b'  || null
        'mxfp8'         | 'llama-3.1-8b'  || null
        'gguf-q4_k_m'   | 'llama-2-7b'    || null
        'fp8-block128'  | 'deepseek-v3'   || 1d
        'fp8-block128'  | 'llama-3.1-70b' || null
        'nvfp4'         | 'deepseek-r1'   || 0.988d
        'mxfp4'         | 'gpt-oss-120b'  || 1d
        'mxfp4'         | 'llama-3.1-70b' || null
    }

    def "fp32 is refused, because plans hold no 32-bit peaks"() {
        when:
        spec('fp32', 'llama-3.1-8b', 'h100')

        then:
        def refused = thrown(UnusableEntryException)
        refused.message == "quantization 'fp32' cannot be simulated: 32-bit arithmetic is not simulated; use bf16 or fp16"
    }

    private def spec(String format, String model, String device) {
        catalogue.quantization(format).specFor(catalogue.model(model).spec(), catalogue.hardware(device).accelerator())
    }
}
