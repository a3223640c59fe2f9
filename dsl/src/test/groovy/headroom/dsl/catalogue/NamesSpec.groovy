package headroom.dsl.catalogue

import spock.lang.Shared
import spock.lang.Specification

class NamesSpec extends Specification {
    @Shared
    Catalogue catalogue = Catalogue.shipped()

    def "'#written' finds the #kind #name"() {
        expect:
        catalogue.entry(Kind.of(kind), written).name() == name

        where:
        kind            | written                 || name
        'hardware'      | 'H100'                  || 'h100-sxm5-80gb'
        'hardware'      | 'a100'                  || 'a100-sxm4-80gb'
        'hardware'      | 'A100 SXM4 80GB'        || 'a100-sxm4-80gb'
        'hardware'      | 'h100_sxm5_80gb'        || 'h100-sxm5-80gb'
        'hardware'      | 'l4'                    || 'l4'
        'hardware'      | 'L40S'                  || 'l40s'
        'hardware'      | 'h200'                  || 'h200-sxm-141gb'
        'hardware'      | 'B200'                  || 'b200-sxm-180gb'
        'hardware'      | 'MI300X'                || 'mi300x'
        'hardware'      | 'RTX 4090'              || 'rtx-4090'
        'models'        | 'Llama-3.1-8B'          || 'llama-3.1-8b'
        'models'        | 'llama 3.1 8b instruct' || 'llama-3.1-8b'
        'model'         | 'Qwen2.5-72B-Instruct'  || 'qwen2.5-72b'
        'models'        | 'qwen2_5_72b'           || 'qwen2.5-72b'
        'models'        | 'ResNet50'              || 'resnet50-v1.5'
        'quantizations' | 'fp8'                   || 'fp8-w8a8'
        'quantizations' | 'INT8'                  || 'int8-w8a8'
        'quantizations' | 'int4'                  || 'int4-w4a16-g128'
        'quantizations' | 'int4-awq'              || 'int4-w4a16-g128'
        'quantizations' | 'AWQ'                   || 'int4-w4a16-g128'
        'quantizations' | 'gptq'                  || 'int4-w4a16-g128'
        'quantizations' | 'NVFP4'                 || 'nvfp4-w4a4'
        'quantizations' | 'mxfp4'                 || 'mxfp4-w4a16'
        'quantizations' | 'BF16'                  || 'bf16'
        'quantizations' | 'fp16'                  || 'fp16'
        'engines'       | 'TensorRT-LLM'          || 'tensorrt-llm'
        'engines'       | 'trt-llm'               || 'tensorrt-llm'
    }

    def "no two #kind share a name or an alias"() {
        given:
        def words = catalogue.entries(kind).collectMany { [it.name()] + it.citation().aliases() }
        def normalised = words.collect { NameIndex.normalised(it) }

        expect:
        normalised.every { !it.isEmpty() }
        normalised.countBy { it }.findAll { it.value > 1 }.isEmpty()

        where:
        kind << Kind.values().toList()
    }

    def "an unknown #kind '#written' is refused with the nearest names"() {
        when:
        catalogue.entry(Kind.of(kind), written)

        then:
        def unknown = thrown(UnknownNameException)
        unknown.message == message
        unknown.name() == written

        where:
        kind            | written          || message
        'hardware'      | 'a100-sxm-80g'   || "no hardware 'a100-sxm-80g' in the catalogue; did you mean 'a100-sxm4-80gb', 'a100-sxm4-40gb' or 'h100-sxm5-80gb'?"
        'models'        | 'lama-3.1-8b'    || "no model 'lama-3.1-8b' in the catalogue; did you mean 'llama-3.1-8b' or 'llama-3-8b'?"
        'quantizations' | 'inte8'          || "no quantization 'inte8' in the catalogue; did you mean 'int8-w8a8' or 'int4-w4a16-g128'?"
        'hardware'      | 'abacus-machine' || "no hardware 'abacus-machine' in the catalogue"
    }

    def "an unknown kind is refused with the kinds there are"() {
        when:
        Kind.of('colours')

        then:
        def unknown = thrown(UnknownNameException)
        unknown.message == "no kind 'colours' in the catalogue; did you mean 'models', 'hardware', 'quantizations' or 'engines'?"
    }

    def "at most three names are suggested"() {
        when:
        catalogue.model('qwen')

        then:
        def unknown = thrown(UnknownNameException)
        unknown.suggestions().size() == 3
        unknown.suggestions().every { it.startsWith('qwen') }
    }
}
