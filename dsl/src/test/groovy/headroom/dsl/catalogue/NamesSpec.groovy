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
        'hardware'      | 'a100-sxm-80g'          || 'a100-sxm4-80gb'
        'models'        | 'Llama-3.1-8B'          || 'llama-3.1-8b'
        'models'        | 'llama 3.1 8b instruct' || 'llama-3.1-8b'
        'model'         | 'Qwen2.5-72B-Instruct'  || 'qwen2.5-72b'
        'models'        | 'qwen2_5_72b'           || 'qwen2.5-72b'
        'models'        | 'ResNet50'              || 'resnet50-v1.5'
        'models'        | 'RedHatAI/Llama-4-Scout-17B-16E-Instruct-FP8-dynamic' || 'llama-4-scout'
        'models'        | 'nvidia/DeepSeek-R1-0528-NVFP4-v2' || 'deepseek-r1'
        'models'        | 'moonshotai/Kimi-K2.5'  || 'kimi-k2'
        'models'        | 'Qwen/Qwen3-235B-A22B-Thinking-2507-FP8' || 'qwen3-235b-a22b'
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
        'hardware'      | 'a100-sxn-80gb'  || "no hardware 'a100-sxn-80gb' in the catalogue; did you mean 'a100-sxm4-80gb', 'a100-sxm4-40gb' or 'h100-sxm5-80gb'?"
        'models'        | 'lama-3.1-8b'    || "no model 'lama-3.1-8b' in the catalogue; did you mean 'llama-3.1-8b' or 'llama-3-8b'?"
        'quantizations' | 'inte8'          || "no quantization 'inte8' in the catalogue; did you mean 'int8-w8a8' or 'int4-w4a16-g128'?"
        'hardware'      | 'abacus-machine' || "no hardware 'abacus-machine' in the catalogue"
    }

    def "'#written', as benchmarks write it, finds the device #name"() {
        expect:
        catalogue.hardware(written).name() == name

        where:
        written                                      || name
        'NVIDIA L40S'                                || 'l40s'
        'L40S-48GB'                                  || 'l40s'
        'NVIDIA L40S-PCIe-48GB'                      || 'l40s'
        'NVIDIA L4-PCIe-24GB'                        || 'l4'
        'NVIDIA H100-PCIe-80GB'                      || 'h100-pcie-80gb'
        'NVIDIA H100-SXM-80GB'                       || 'h100-sxm5-80gb'
        'NVIDIA B300-SXM-270GB'                      || 'b300-sxm-288gb'
        'NVIDIA GeForce RTX 4090'                    || 'rtx-4090'
        'NVIDIA RTX PRO 6000 Blackwell Server Edition' || 'rtx-pro-6000-server'
        'NVIDIA Jetson AGX Orin 64G'                 || 'jetson-agx-orin-64gb'
        'Nvidia GH200 GPU'                           || 'gh200-144gb'
        'NVIDIA GH200 Grace Hopper Superchip 96GB'   || 'gh200-96gb'
        'AMD Instinct MI325X 256GB HBM3e'            || 'mi325x'
        'AMD MI250 GPU'                              || 'mi250'
        'Habana Gaudi2'                              || 'gaudi2'
        'Tesla T4'                                   || 't4'
    }

    def "'#written' is not the device that is called nearly so"() {
        when:
        catalogue.hardware(written)

        then:
        thrown(UnknownNameException)

        where:
        written << ['L40S-24GB', 'NVIDIA H200-NVL-141GB', 'NVIDIA B200-PCIe-180GB', 'NVIDIA', 'AMD Instinct',
                    'AMD Instinct MI355X 288GB HBM3e (Power Cap 1000 W)']
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
