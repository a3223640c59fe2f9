package headroom.dsl.catalogue

import headroom.engine.physics.FixedTime
import headroom.engine.physics.StepTimes
import headroom.plan.serving.BatchingSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.KvCacheSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.ProfileSpec
import spock.lang.Shared
import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

class ProfileResolverSpec extends Specification {
    @Shared
    Catalogue catalogue = Catalogue.shipped()

    def "vLLM on H100 reads bf16 weights at 0.863 of bandwidth and multiplies at 0.809 of peak"() {
        given:
        def kernels = profile('vllm', 'h100', 'llama-3.1-70b', 'bf16', 4).kernels()

        expect:
        that kernels.linearMbu(), closeTo(0.863, 0.0005)
        that kernels.linearMfu(), closeTo(0.809, 0.0005)
        kernels.headMbu() == kernels.linearMbu()
        kernels.headMfu() == kernels.linearMfu()
        kernels.kvMbu() == 0.95d
        kernels.attentionMfu() == 0.564d
        kernels.attentionHalfTokens() == 500d
        kernels.latentMfu() == 0.6d
        kernels.hiddenPasses() == 50d
    }

    def "the Grace of a #superchip takes 1.3 times as long as an x86 host of a #usual for sequences and prompts, and as long for a step"() {
        given:
        def slower = profile('tensorrt-llm', superchip, 'gpt-oss-120b', 'mxfp4', 1).overheads()
        def faster = profile('tensorrt-llm', usual, 'gpt-oss-120b', 'mxfp4', 1).overheads()

        expect:
        ['perSequenceSeconds', 'perPrefillStepSeconds', 'perPrefillSequenceSeconds', 'perPrefillLayerSeconds'].every {
            Math.abs(slower."$it"() / faster."$it"() - 1.3) < 1e-12
        }
        slower.perStepSeconds() == faster.perStepSeconds()
        slower.perLayerSeconds() == faster.perLayerSeconds()

        where:
        superchip    | usual
        'gb200'      | 'b200'
        'gb300'      | 'b300'
        'gh200-96gb' | 'h100'
    }

    def "heads of #numbers numbers are read at #kvMbu of bandwidth and multiplied at #attentionMfu of peak on #device under #engine"() {
        given:
        def kernels = profile(engine, device, model, model == 'gpt-oss-120b' ? 'mxfp4' : 'fp8', 1).kernels()

        expect:
        that kernels.kvMbu(), closeTo(kvMbu, 1e-12)
        that kernels.attentionMfu(), closeTo(attentionMfu, 1e-12)

        where:
        numbers | engine         | device | model           || kvMbu       | attentionMfu
        128     | 'tensorrt-llm' | 'b200' | 'llama-3.1-70b' || 0.85        | 0.58
        64      | 'tensorrt-llm' | 'b200' | 'gpt-oss-120b'  || 0.85 * 0.6  | 0.58 * 0.6
        64      | 'tensorrt-llm' | 'h200' | 'gpt-oss-120b'  || 0.85 * 0.75 | 0.8 * 0.75
        64      | 'vllm'         | 'h200' | 'gpt-oss-120b'  || 0.95        | 0.564
    }

    def "an all-reduce over 4 H100 under #engine takes #us us, #more us more in two passes, and moves #GBps GB/s, as measured"() {
        given:
        def collectives = profile(engine, 'h100', 'llama-3.1-70b', 'bf16', 4).collectives()

        expect:
        that collectives.latencySeconds() * 1e6, closeTo(us, 1e-6)
        that collectives.twoPassSeconds() * 1e6, closeTo(more, 1e-6)
        that collectives.busBytesPerSec() / 1e9, closeTo(GBps, 1e-6)
        collectives.gatherScatterSeconds() == 0d && collectives.allToAllSeconds() == 0d

        where:
        engine         | us  | more | GBps
        'vllm'         | 4.6 | 10   | 333.2
        'sglang'       | 4.6 | 25   | 333.2
        'tensorrt-llm' | 3.0 | 30   | 331.6
    }

    def "ranks of #devices #device under #engine gather and scatter in #gather us and send each other tokens in #send"() {
        given:
        def collectives = profile(engine, device, 'deepseek-r1', 'fp8-block', devices, new ParallelismSpec(devices, devices, true, 1)).collectives()

        expect:
        that collectives.gatherScatterSeconds() * 1e6, closeTo(gather, 1e-6)
        that collectives.allToAllSeconds() * 1e6, closeTo(send, 1e-6)

        where: 'nobody measured 16 devices'
        engine         | device  | devices | gather | send
        'tensorrt-llm' | 'b200'  | 8       | 36.7   | 45
        'tensorrt-llm' | 'gb200' | 16      | 37     | 45
        'sglang'       | 'h200'  | 8       | 25.9   | 35
    }

    def "#devices GB200, of which nobody measured more than four, take #us us and move #GBps GB/s as four do"() {
        given:
        def collectives = profile('tensorrt-llm', 'gb200', 'llama-3.1-70b', 'fp8', devices).collectives()

        expect:
        that collectives.latencySeconds() * 1e6, closeTo(us, 1e-6)
        that collectives.busBytesPerSec() / 1e9, closeTo(GBps, 1e-6)

        where:
        devices | us  | GBps
        2       | 3.9 | 486.5
        4       | 4.8 | 556.5
        8       | 4.8 | 556.5
        16      | 4.8 | 556.5
    }

    def "a scan of linear attention under #engine on #device reaches #mfu of peak, and takes a prompt #ns ns a token and layer"() {
        given:
        def scan = profile(engine, device, 'qwen3-next-80b-a3b', 'bf16', 4).kernels().scan()

        expect:
        scan.mfu() == mfu
        that scan.tokenSeconds() * 1e9, closeTo(ns, 1e-9)

        where:
        engine         | device | mfu    | ns
        'vllm'         | 'h100' | 0.35d  | 45
        'vllm'         | 'b200' | 0.2d   | 38
        'sglang'       | 'h200' | 0.054d | 45
        'sglang'       | 'b300' | 0.038d | 38
        'tensorrt-llm' | 'h100' | 0.079d | 45
        'tensorrt-llm' | 'b200' | 0.042d | 38
    }

    def "inputs of a product in #format under #engine are quantised in #us us, in a kernel of its own"() {
        expect:
        that profile(engine, device, model, format, 8).overheads().perQuantizedProductSeconds() * 1e6, closeTo(us, 1e-9)

        where: 'TensorRT-LLM does it on the way where one scale serves a tensor, and in DeepSeek; experts have their own time'
        engine         | device | model             | format      || us
        'vllm'         | 'h100' | 'llama-3.1-70b'   | 'bf16'      || 0
        'vllm'         | 'h100' | 'llama-3.1-70b'   | 'fp8'       || 3
        'vllm'         | 'b200' | 'llama-3.1-70b'   | 'nvfp4'     || 3
        'vllm'         | 'h100' | 'llama-3.1-70b'   | 'int4'      || 0
        'vllm'         | 'b200' | 'gpt-oss-120b'    | 'mxfp4'     || 0
        'sglang'       | 'b200' | 'deepseek-r1'     | 'fp8-block' || 3
        'sglang'       | 'b200' | 'deepseek-r1'     | 'nvfp4'     || 0
        'tensorrt-llm' | 'h100' | 'llama-3.1-70b'   | 'fp8'       || 0
        'tensorrt-llm' | 'b200' | 'llama-3.1-70b'   | 'nvfp4'     || 3
        'tensorrt-llm' | 'h100' | 'qwen3-32b'       | 'fp8-block' || 3
        'tensorrt-llm' | 'b200' | 'deepseek-r1'     | 'fp8-block' || 0
    }

    def "queries and keys of #model under #engine are normalised in #us us a layer"() {
        expect:
        that profile(engine, 'h100', model, 'bf16', 8).overheads().perQueryKeyNormSeconds() * 1e6, closeTo(us, 1e-9)

        where:
        engine         | model           || us
        'vllm'         | 'qwen3-32b'     || 9
        'vllm'         | 'gemma-3-27b'   || 9
        'vllm'         | 'qwen2.5-32b'   || 0
        'tensorrt-llm' | 'qwen3-32b'     || 9
        'sglang'       | 'qwen3-32b'     || 0
    }

    def "one device needs no all-reduce"() {
        expect:
        profile('vllm', 'h100', 'llama-3.1-8b', 'bf16', 1).collectives().latencySeconds() == 0d
    }

    def "where no all-reduce was measured it takes 8 us and 0.7 of the link, or 15 GB/s of PCIe: #device"() {
        given:
        def collectives = profile('vllm', device, 'llama-3.1-8b', 'bf16', devices).collectives()

        expect:
        that collectives.latencySeconds() * 1e6, closeTo(8, 1e-6)
        that collectives.busBytesPerSec() / 1e9, closeTo(GBps, 1e-6)

        where:
        device           | devices || GBps
        'mi300x'         | 4       || 0.7 * 448
        'a100-pcie-80gb' | 2       || 0.7 * 300
        'a100-pcie-80gb' | 4       || 15
        'l4'             | 2       || 15
    }

    def "#engine on #device: host #stepUs us a step, #seqUs us a sequence and #promptUs us a prompt, #layerUs us a layer, client #clientMs ms"() {
        given:
        def overheads = profile(engine, device, 'llama-3.1-70b', 'bf16', 4).overheads()
        def client = profile(engine, device, 'llama-3.1-70b', 'bf16', 4).client()

        expect:
        that overheads.perStepSeconds() * 1e6, closeTo(stepUs, 1e-6)
        that overheads.perSequenceSeconds() * 1e6, closeTo(seqUs, 1e-6)
        that overheads.perLayerSeconds() * 1e6, closeTo(layerUs, 1e-6)
        that overheads.perPrefillSequenceSeconds() * 1e6, closeTo(promptUs, 1e-6)
        that client.perRequestSeconds() * 1e3, closeTo(clientMs, 1e-6)

        where:
        engine              | device || stepUs | seqUs | promptUs | layerUs | clientMs
        'vllm'              | 'h100' || 465    | 1.81  | 100      | 37      | 8.98
        'vllm'              | 'b200' || 465    | 1.81  | 100      | 25.8    | 8.98
        'sglang'            | 'h200' || 2630   | 3.89  | 100      | 13      | 0
        'sglang'            | 'b200' || 2630   | 3.89  | 100      | 13      | 60
        'tensorrt-llm'      | 'h100' || 441    | 5     | 2500     | 32.2    | 13
        'tensorrt-llm'      | 'b200' || 441    | 5     | 2500     | 26      | 13
        'tensorrt-llm-2024' | 'h100' || 441    | 5     | 100      | 32.2    | 13
        'vllm-2024'         | 'h100' || 3030   | 84.7  | 100      | 6.42    | 0
        'vllm-2023'         | 'a100' || 14500  | 410   | 100      | 37      | 0
    }

    def "#engine launches a layer of #model in a step with prompts in #us us"() {
        expect:
        that profile(engine, 'h100', model, 'fp8', 8).overheads().perPrefillLayerSeconds() * 1e6, closeTo(us, 1e-6)

        where:
        engine              | model           || us
        'tensorrt-llm'      | 'llama-3.1-70b' || 500
        'tensorrt-llm'      | 'deepseek-r1'   || 1500
        'tensorrt-llm-2024' | 'llama-3.1-70b' || 0
        'vllm'              | 'llama-3.1-70b' || 0
    }

    def "#format on #device under vLLM reads at #mbu of bandwidth and multiplies at #mfu of peak"() {
        given:
        def kernels = profile('vllm', device, 'llama-3.1-70b', format, 2).kernels()

        expect:
        that kernels.linearMbu(), closeTo(mbu, 0.0006)
        that kernels.linearMfu(), closeTo(mfu, 0.0006)

        where:
        device           | format     || mbu                   | mfu
        'a100'           | 'int8'     || 0.708 * 1.042 * 0.973 | 0.8585
        'a100'           | 'int4-awq' || 0.708 * 1.042 * 0.8   | 0.8073
        'a100-sxm4-40gb' | 'bf16'     || 0.708 * 1.042         | 0.8945
        'h100'           | 'fp8'      || 0.828 * 1.042 * 0.973 | 0.6103
        'gh200'          | 'bf16'     || 0.7625 * 1.042        | 0.791
        'b200'           | 'nvfp4'    || 0.756 * 1.042 * 0.7   | catalogueShare('b200-sxm-180gb', 'nvfp4')
        'mi300x'         | 'bf16'     || 0.78 * 1.042          | 0.70 * 0.67
        'mi300x'         | 'fp8'      || 0.78 * 1.042 * 0.973  | 0.55 * 0.67
        'mi355x'         | 'mxfp4'    || 0.78 * 1.042 * 0.7    | 0.40 * 1.3
    }

    def "no share of a peak exceeds 0.95 under #engine in #format"() {
        expect:
        ['a100', 'h100', 'b200', 'l40s', 'rtx-pro-6000', 'arc-pro-b60', 'mi355x'].every { device ->
            ['llama-3.1-70b', 'deepseek-v3'].every { model ->
                def kernels = profile(engine, device, model, format, 8).kernels()
                [kernels.linearMbu(), kernels.linearMfu(), kernels.headMbu(), kernels.headMfu(), kernels.kvMbu()].max() <= 0.95d
            }
        }

        where:
        [engine, format] << [['vllm', 'sglang', 'tensorrt-llm', 'vllm-2023'], ['bf16', 'fp8-block128', 'int8', 'nvfp4']].combinations()
    }

    def "8 tokens of gpt-oss-120b read their experts on one H200 in about 3.9 ms"() {
        given:
        def experts = profile('vllm', 'h200', 'gpt-oss-120b', 'mxfp4', 1).experts()
        double squared = experts.visitCorrelation() * (128 / 4d - 1)
        double touched = 1 - Math.pow(1 - squared * 8 * Math.log1p(-4 / 128d), -1 / squared)
        double weights = 36 * 128 * 3d * 2880 * 2880
        double read = touched * weights * 0.53125 / (4.8e12 * experts.mbu())
        double own = 8 * 4, empty = experts.paddingRows() * touched * 128
        double rows = own + own * empty / (own + empty)
        double shard = 2880 / (2880 + experts.halfWidthColumns())
        double multiply = 2 * 36 * 3d * 2880 * 2880 * rows / (989.4e12 * experts.mfu() * shard)

        expect:
        that Math.hypot(read, multiply) * 1e3, closeTo(3.9, 0.05)
    }

    def "a decode step of 50 sequences of Llama-3.1-70B on 4 H100 under vLLM takes 19.8 ms"() {
        given:
        def device = catalogue.hardware('h100')
        def model = catalogue.model('llama-3.1-70b').spec()
        def format = catalogue.quantization('bf16').specFor(model, device.accelerator())
        def deployment = new DeploymentSpec('d', model, format, 'here', device.accelerator(), device.server(), ParallelismSpec.tensor(4), 1,
                new BatchingSpec(256, 2048, 1), new KvCacheSpec(16, 0.9, 1.5e9, 0.01),
                catalogue.profile('vllm', device, model, format, ParallelismSpec.tensor(4)))

        expect:
        that FixedTime.seconds(new StepTimes(deployment).stepTicks(50, 35_000, 0, 0, 0)) * 1e3, closeTo(19.77, 0.1)
    }

    def "constants fitted to DeepSeek on AMD serve latent attention only"() {
        expect:
        profile('sglang', 'mi355x', 'deepseek-r1', 'fp8-block128', 8).kernels().linearMbu() < 0.4
        profile('sglang', 'mi355x', 'llama-3.1-70b', 'fp8', 8).kernels().linearMbu() > 0.6
    }

    def "TensorRT-LLM multiplies MXFP4 experts on Hopper in FP8"() {
        given:
        def experts = profile('tensorrt-llm', 'h200', 'gpt-oss-120b', 'mxfp4', 1).experts()

        expect:
        that experts.mfu(), closeTo(catalogueShare('h200-sxm-141gb', 'fp8', 'tensorrt-llm') * 2 * 0.3, 0.001)
    }

    def "dense kernels in FP4 reach 1.3 times what was measured under TensorRT-LLM on Blackwell, those of experts do not"() {
        given:
        def dense = profile('tensorrt-llm', 'b200', 'llama-3.1-70b', 'nvfp4', 1)
        def sparse = profile('tensorrt-llm', 'b200', 'qwen3-30b-a3b', 'nvfp4', 1)

        expect:
        that dense.kernels().linearMfu(), closeTo(1.3 * 0.3905, 1e-9)
        that sparse.experts().mfu(), closeTo(0.843 * 0.3905, 1e-9)
        that profile('vllm', 'b200', 'llama-3.1-70b', 'nvfp4', 1).kernels().linearMfu(), closeTo(0.4457, 1e-9)
    }

    def "every number of a profile says where it came from"() {
        given:
        def device = catalogue.hardware('h100')
        def model = catalogue.model('llama-3.1-70b').spec()
        def format = catalogue.quantization('fp8').specFor(model, device.accelerator())
        def origins = catalogue.resolve('vllm', device, model, format, ParallelismSpec.tensor(4)).origins()

        expect:
        origins.every { !it.origin().blank }
        origins.any { it.label() == 'all-reduce latency' && it.value() == '4.6' && it.origin().startsWith('vLLM 0.24.0 on h100-sxm5-80gb') }
        origins.any { it.label() == 'per layer' && it.value() == '37' && it.unit() == 'us' }
        origins.first().value() == 'device family seen'
        catalogue.resolve('vllm', catalogue.hardware('mi300x'), model, format, ParallelismSpec.tensor(4)).origins().first().value() == 'device family not seen'
        origins*.label().countBy { it }.every { it.value == 1 }
    }

    def "a device that a script describes by itself takes the stated defaults"() {
        given:
        def device = catalogue.ownHardware('mine', '', [simulated_memory_GB: '80', memory_bandwidth_GBps: '3000', peak_bf16_TFLOPs: '900', peak_fp8_TFLOPs: '1800', tdp_W: '700'])
        def model = catalogue.model('llama-3.1-8b').spec()
        def format = catalogue.quantization('fp8').specFor(model, device.accelerator())
        def kernels = catalogue.profile('vllm', device, model, format, ParallelismSpec.tensor(1)).kernels()

        expect:
        that kernels.linearMbu(), closeTo(0.78 * 1.042 * 0.973, 1e-9)
        that kernels.linearMfu(), closeTo(0.55, 1e-9)
    }

    def "a serving engine that nobody fitted is refused"() {
        when:
        profile('vlm', 'h100', 'llama-3.1-8b', 'bf16', 1)

        then:
        def unknown = thrown(UnknownNameException)
        unknown.message.startsWith("no serving engine 'vlm' in the catalogue; did you mean 'vllm'")
    }

    private ProfileSpec profile(String engine, String device, String model, String format, int devices,
            ParallelismSpec parallelism = ParallelismSpec.tensor(devices)) {
        def hardware = catalogue.hardware(device)
        def spec = catalogue.model(model).spec()
        catalogue.profile(engine, hardware, spec, catalogue.quantization(format).specFor(spec, hardware.accelerator()), parallelism)
    }

    private static double catalogueShare(String device, String format, String engine = 'vllm') {
        Table.read('efficiencies.csv').find {
            it.text('device') == device && it.text('format') == format && it.text('serving_engine') == engine
        }.needed('arithmetic_share')
    }
}
