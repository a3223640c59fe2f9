package headroom.dsl.catalogue

import headroom.plan.hardware.AcceleratorSpec
import headroom.plan.model.AttentionSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.StateSpec
import headroom.plan.model.ParameterCount
import spock.lang.Shared
import spock.lang.Specification

import java.time.LocalDate

class EntriesSpec extends Specification {
    @Shared
    Catalogue catalogue = Catalogue.shipped()

    def "every one of the #kind has source, date and confidence"() {
        expect:
        catalogue.entries(kind).every {
            !it.citation().source().blank && it.citation().asOf() >= LocalDate.of(2026, 1, 1) && it.citation().confidence() != null && !it.facts().isEmpty()
        }

        where:
        kind << Kind.values().toList()
    }

    def "every row of #file has source, date and confidence"() {
        expect:
        Table.read(file).every { !it.source().blank && it.asOf() != null && it.confidence() != null }

        where:
        file << ['efficiencies.csv', 'allreduce.csv', 'profiles.csv', 'energy.csv']
    }

    def "the parameters of #name counted from its dimensions agree with the published ones within 1 %"() {
        given:
        double published = catalogue.model(name).row().needed('parameters_B') * 1e9

        expect:
        Math.abs(ParameterCount.of(catalogue.model(name).spec()).total() / published - 1) < 0.01

        where:
        name << Catalogue.shipped().entries(Kind.MODELS).findAll { !it.fixedWork() }*.name()
    }

    def "every language model names a native format that the catalogue knows"() {
        expect:
        catalogue.entries(Kind.MODELS).findAll { !it.fixedWork() }.every {
            catalogue.quantization(it.nativeFormat()).name() == it.nativeFormat()
        }
    }

    def "a model of fixed work is listed, and has work instead of tokens"() {
        given:
        def resnet = catalogue.model('ResNet-50').fixedSpec()
        def dlrm = catalogue.model('dlrm').fixedSpec()

        expect:
        [Math.round(resnet.flopPerSample()), resnet.weights(), resnet.readWeights(), resnet.activationBytes16(), resnet.passes()] == [8_200_000_000L, 25.6e6d, 25.6e6d, 44e6d, 1]
        dlrm.weights() == 25.5e9d && dlrm.readWeights() == 16e6d
        catalogue.entries(Kind.MODELS).findAll { it.fixedWork() }.every { catalogue.fixedProfile(it.task()).mfu() > 0 }
    }

    def "nobody reads tokens with a model of fixed work"() {
        when:
        catalogue.model('resnet50').spec()

        then:
        def refused = thrown(UnusableEntryException)
        refused.message == "model 'resnet50-v1.5' cannot be simulated: a model of fixed work (image classification) has no tokens"
        catalogue.list(Kind.MODELS).readLines().any { it.startsWith('resnet50-v1.5') && it.contains('fixed work') }
    }

    def "a device makes a plan's device or says every fact that nobody published"() {
        expect:
        catalogue.entries(Kind.HARDWARE).every { device ->
            try {
                device.accelerator() instanceof AcceleratorSpec && device.missing().isEmpty()
            } catch (UnusableEntryException refused) {
                !device.missing().isEmpty() && device.missing().every { refused.message.contains(it) }
            }
        }
        catalogue.hardware('tpu-v5e').missing() == ['power (TDP)']
        catalogue.hardware('hailo-8').missing() == ['memory', 'memory bandwidth', '16-bit peak']
    }

    def "a device that cannot be simulated is refused with what is missing"() {
        when:
        catalogue.hardware('TPU v5e').accelerator()

        then:
        def refused = thrown(UnusableEntryException)
        refused.message == "hardware 'tpu-v5e' cannot be simulated: the catalogue holds no power (TDP) for it; choose another device (headroom catalog hardware lists them)"
    }

    def "#name simulates with the memory that its driver reports: #bytes bytes"() {
        expect:
        catalogue.hardware(name).accelerator().memoryBytes() == bytes

        where:
        name        | bytes
        'a100'      | 85.0e9d
        'h100'      | 85.0e9d
        'h200'      | 150.1e9d
        'b200'      | 191.5e9d
        'gb200'     | 198.6e9d
        'b300'      | 287.0e9d
        'mi300x'    | 206.0e9d
        'mi355x'    | 309.0e9d
        'l40s'      | 47.8e9d
        'rtx-4090'  | 25.2e9d
        'l4'        | 24e9d
    }

    def "what shows a device names its numbers, its source and its derived power"() {
        when:
        def text = catalogue.show(Kind.HARDWARE, 'H100')

        then:
        text.startsWith('hardware h100-sxm5-80gb\n')
        text.contains('NVIDIA H100 datasheet')
        text.readLines().any { it ==~ /  TDP +700 W/ }
        text.readLines().any { it =~ /  energy of a 16-bit FLOP +1\.026 pJ/ }
        text.readLines().any { it ==~ /  as of +2026-11-22/ }
        text.readLines().any { it ==~ /  confidence +high/ }
    }

    def "the list of #kind has a heading and a line for each name"() {
        given:
        def lines = catalogue.list(kind).readLines()

        expect:
        lines.size() == catalogue.names(kind).size() + 1
        lines.tail().collect { it.split(' ')[0] } == catalogue.names(kind)

        where:
        kind << Kind.values().toList()
    }

    def "Llama-3.1-8B and DeepSeek-V3 become the specs that their configuration files describe"() {
        when:
        ModelSpec llama = catalogue.model('llama-3.1-8b').spec()
        ModelSpec deepseek = catalogue.model('deepseek-v3').spec()

        then:
        llama.layers() == 32 && llama.hidden() == 4096 && llama.vocabulary() == 128256 && llama.contextLimitTokens() == 131072
        llama.attention().kvHeads() == 8
        llama.feedForward().intermediate() == 14336
        deepseek.attention().kvRank() == 512
        deepseek.attention().queryRank() == 1536
        deepseek.feedForward().experts() == 256
        deepseek.feedForward().moeLayers() == 58
        catalogue.model('gpt-oss-120b').spec().attention().windowTokens() == 128
        catalogue.model('mistral-7b-v0.1').spec().attention().windowedLayers() == 32
    }

    def "Nemotron-Nano-9B-v2 keeps states in 27 of 31 layers, and has the published 8.9 billion weights"() {
        when:
        def spec = catalogue.model('nvidia/NVIDIA-Nemotron-Nano-9B-v2').spec()

        then:
        spec.attention() == new AttentionSpec.Linear(40, 8, 128, false, 27, new StateSpec(StateSpec.Rule.MAMBA_2, 8, 128, 128, 80, 4, 32))
        Math.abs(ParameterCount.of(spec).total() / 8.89e9 - 1) < 0.01
    }

    def "Qwen3.5-397B-A17B and Nemotron-3-Nano keep states in 45 of 60 and 23 of 29 layers"() {
        when:
        def qwen = catalogue.model('Qwen/Qwen3.5-397B-A17B').spec().attention()
        def nemotron = catalogue.model('nemotron-3-nano').spec().attention()

        then:
        qwen == new AttentionSpec.Linear(32, 2, 256, true, 45, new StateSpec(StateSpec.Rule.GATED_DELTA, 16, 64, 128, 128, 4, 32))
        nemotron == new AttentionSpec.Linear(32, 2, 128, false, 23, new StateSpec(StateSpec.Rule.MAMBA_2, 8, 64, 128, 64, 4, 32))
    }

    def "FP4 leaves all but the experts of Qwen3.5-397B-A17B at 16 bits, as its published checkpoint does"() {
        given:
        def b200 = catalogue.hardware('b200').accelerator()
        def bits = { name -> catalogue.quantization('nvfp4').specFor(catalogue.model(name).spec(), b200).with { [it.linear().bits(), it.experts().bits()] } }

        expect:
        bits('qwen3.5-397b-a17b') == [16d, 4.5d]
        bits('qwen3.5-27b') == [4.5d, 4.5d]
        bits('deepseek-v3') == [16d, 4.5d]
        bits('qwen3-235b-a22b') == [4.5d, 4.5d]
    }

    def "a model's KV cache is shown by token and for a long context, with and without what left the windows"() {
        given:
        def facts = { name -> catalogue.model(name).facts().takeRight(count(name))*.with { [it.label(), it.value(), it.unit()] } }

        expect: 'gpt-oss-120b: 36 x 2,048 bytes; 18 x 2,048 x (32,768 + 128) bytes'
        facts('gpt-oss-120b') == [['KV cache in 16 bits', '73730', 'B/token'], ['of 32768 tokens', '2.416', 'GB'],
                                  ['without what left the windows', '1.213', 'GB']]
        facts('qwen3-next-80b-a3b') == [['KV cache in 16 bits', '24580', 'B/token'], ['of 32768 tokens', '0.8053', 'GB'],
                                        ['states of a sequence', '0.03952', 'GB']]
        facts('llama-2-7b') == [['KV cache in 16 bits', '524300', 'B/token'], ['of 4096 tokens', '2.147', 'GB']]
    }

    private static int count(String name) {
        return name.startsWith('gpt-oss') || name.startsWith('qwen3-next') ? 3 : 2
    }
}
