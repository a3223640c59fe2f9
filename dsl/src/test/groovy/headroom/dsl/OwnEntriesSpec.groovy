package headroom.dsl

import headroom.dsl.catalogue.Catalogue
import headroom.plan.model.NumberType
import spock.lang.Specification

/** Devices, number formats and sites that a script declares by what is different about them. */
class OwnEntriesSpec extends Specification {
    static final String REST = MistakesSpec.TRAFFIC + MistakesSpec.ROUTE + MistakesSpec.TIME

    def "an H100 with 96 GB at 4 TB per second is the catalogue's but for these two values"() {
        given:
        def whole = plan(device("basedOn 'h100-sxm5-80gb'; memory 96.GB; bandwidth 4.TBps"))
        def known = Catalogue.shipped().hardware('h100-sxm5-80gb')
        def mine = whole.deployments()[0].accelerator()

        expect:
        mine.name() == 'mine'
        mine.memoryBytes() == 96e9
        mine.bandwidthBytesPerSec() == 4e12
        mine.peaks() == known.accelerator().peaks()
        mine.power() == known.accelerator().power()
        whole.deployments()[0].server() == known.server()
        whole.deployments()[0].profile().kernels() == plan(device("basedOn 'h100-sxm5-80gb'")).deployments()[0].profile().kernels()
        whole.sites()[0].pools()[0].accelerator() == 'mine'
    }

    def "#words of a device changes #field in the plan to #value"() {
        given:
        def changed = told(device("basedOn 'h100-sxm5-80gb'; $words"), "deployments[0].$field")
        def before = told(device("basedOn 'h100-sxm5-80gb'"), "deployments[0].$field")

        expect:
        changed.value() == value
        before.value() != value
        changed.origin() == origin

        where:
        words                     | field                                    | value      | origin
        'memory 96.GB'            | 'accelerator.memoryBytes'                | '9.6E10'   | 'line 4'
        'bandwidth 4.TBps'        | 'accelerator.bandwidthBytesPerSec'       | '4.0E12'   | 'line 4'
        'peaks bf16: 500.TFLOPS'  | 'accelerator.peaks.bits16FlopPerSec'     | '5.0E14'   | 'line 4'
        'peaks int4: 4000.TFLOPS' | 'accelerator.peaks.int4FlopPerSec'       | '4.0E15'   | 'line 4'
        'tdp 1000.W'              | 'accelerator.power.staticWatts'          | '250.0'    | 'the energy model, from tdp, line 4'
        'tdp 1000.W'              | 'accelerator.power.ceilingWatts'         | '970.0'    | 'the energy model, from tdp, line 4'
        'idle 33.W'               | 'accelerator.power.idleWatts'            | '33.0'     | 'line 4'
        'devicesPerServer 4'      | 'server.accelerators'                    | '4'        | 'line 4'
    }

    def "a slower link makes collectives slower in proportion"() {
        given:
        def bus = { words -> told(device("basedOn 'h100-sxm5-80gb'; $words", 8), 'deployments[0].profile.collectives.busBytesPerSec').value() as double }

        expect:
        Math.abs(bus('link 225.GBps, joins: 8') / bus('') - 0.5) < 1e-12
    }

    def "a device of which the catalogue knows nothing is declared by all its values"() {
        given:
        def mine = plan(device('memory 96.GB, stacked: true; bandwidth 4.TBps; peaks bf16: 1000.TFLOPS; tdp 700.W')).deployments()[0].accelerator()

        expect:
        mine.memoryBytes() == 96e9
        mine.peaks().bits16FlopPerSec() == 1e15
        mine.peaks().fp8FlopPerSec() == null
        mine.power().staticWatts() == 175
    }

    def "INT4 with 5 % less quality is INT4 but for what it keeps of the score"() {
        given:
        def mine = plan(format("basedOn 'int4-awq'; qualityRetained 95.percent")).deployments()[0]
        def known = plan(format("basedOn 'int4-awq'")).deployments()[0]

        expect:
        mine.quantization().name() == 'mine'
        mine.quantization().qualityRetained() == 0.95d
        mine.quantization().linear() == known.quantization().linear()
        mine.profile().kernels() == known.profile().kernels()
        known.quantization().qualityRetained() == Catalogue.shipped().quantization('int4-awq')
                .specFor(mine.model(), mine.accelerator()).qualityRetained()
    }

    def "#words of a number format changes what the plan holds: #expected"() {
        given:
        def mine = plan(format("basedOn 'int4-awq'; $words")).deployments()[0].quantization()

        expect:
        [mine.linear().bits(), mine.linear().multiplyType(), mine.kvCacheBits(), mine.qualityRetained()] == expected

        where:
        words                                   | expected
        'weightBits 3.25'                       | [3.25d, NumberType.BF16, 16d, null]
        'kvCacheBits 8'                         | [4.156d, NumberType.BF16, 8d, null]
        "multiplyIn 'fp8'"                      | [4.156d, NumberType.FP8, 16d, null]
        'kvCacheBits 8; qualityRetained 90.percent' | [4.156d, NumberType.BF16, 8d, 0.9d]
    }

    def "a site in Norway takes what it does not say from another one, and a price at a stated rate"() {
        given:
        def script = """\
            site 'frankfurt', { region 'eu'; jurisdiction 'EU'; hardware 'l4', count: 2, rent: 0.8.usd/hour; electricity price: 0.21.usd/kWh, carbon: 370.gCO2/kWh; cooling air(pue: 1.35) }
            def eur = param('usdPerEur', 1.10).usd
            site 'here', { basedOn 'frankfurt'; region 'norway'; electricity price: 0.04 * eur / kWh; hardware 'l4', count: 6 }
            """.stripIndent() + REST + MistakesSpec.DEPLOY
        def site = plan(script).sites()[1]

        expect:
        [site.name(), site.region(), site.jurisdiction(), site.pue()] == ['here', 'norway', 'EU', 1.35d]
        Math.abs(site.grid().usdPerKwh() - 0.044) < 1e-12
        site.grid().gCo2PerKwh() == 370
        site.pools()*.count() == [6]
        told(script, 'sites[1].region').origin() == 'line 3'
        told(script, 'sites[1].jurisdiction').origin() == 'line 1'
        told(script, 'sites[1].grid.usdPerKwh').origin() == 'line 3'
        told(script, 'sites[1].grid.gCo2PerKwh').origin() == 'line 1'
        told(script, 'sites[1].pools[0].count').origin() == 'line 3'
    }

    def "what an own entry does not say keeps the catalogue's source, with the way there"() {
        expect:
        told(device("basedOn 'h100-sxm5-80gb'; memory 96.GB"), 'deployments[0].accelerator.bandwidthBytesPerSec').origin() ==~
                /line 5: hardware 'mine' of line 4, from catalogue 'h100-sxm5-80gb' \(.*; read \d{4}-\d\d-\d\d; \w+ confidence\)/
    }

    def "Llama with twice the context, and with #words, has #value for #field"() {
        given:
        def model = told(REST + MistakesSpec.SITE + "model 'mine', { basedOn 'llama-3.1-8b'; $words }\ndeploy 'bot', { model 'mine'; quantization 'fp8'; at 'here', on: 'l4' }\n", "deployments[0].model.$field")

        expect:
        model.value() == value
        model.origin().startsWith('line 5')

        where:
        words                                        | field                       | value
        'contextLimit 262144.tokens'                 | 'contextLimitTokens'        | '262144'
        'layers 16'                                  | 'layers'                    | '16'
        'vocabulary 64000'                           | 'vocabulary'                | '64000'
        'tiedEmbeddings true'                        | 'tiedEmbeddings'            | 'true'
        'attention kvHeads: 4'                       | 'attention.kvHeads'         | '4'
        'attention window: 4096.tokens, windowedLayers: 16' | 'attention.windowTokens' | '4096'
        'feedForward width: 8192'                    | 'feedForward.intermediate'  | '8192'
        'experts count: 4, perToken: 1, width: 1024' | 'feedForward.experts'       | '4'
    }

    def "#script is answered by: #message"() {
        expect:
        Scripts.mistakes(script).first() == message

        where:
        script                                                              | message
        "hardware 'h100', { basedOn 'l4' }"                                 | "1:10 there is a hardware 'h100' in the catalogue already | choose another name; basedOn 'h100' takes its values"
        "quantization 'int8', { basedOn 'fp8' }"                            | "1:14 there is a quantization 'int8' in the catalogue already | choose another name; basedOn 'int8' takes its values"
        "model 'qwen2.5-72b', { basedOn 'llama-3.1-8b' }"                   | "1:7 there is a model 'qwen2.5-72b' in the catalogue already | choose another name; basedOn 'qwen2.5-72b' takes its values"
        "hardware 'a', { memory 80.GB }"                                    | "1:1 hardware 'a' has no memory bandwidth, no 16-bit peak, no power (TDP) | say memory, bandwidth, peaks bf16: and tdp, or start with basedOn 'h100-sxm5-80gb'"
        "hardware 'a', { basedOn 'l4'; memory 0.GB }"                       | "1:38 memory must be above 0, got 0 GB"
        "hardware 'a', { basedOn 'l4'; memory 700.W }"                      | "1:38 memory needs an amount of memory such as 96.GB, got 700 W (power)"
        "hardware 'a', { basedOn 'l4'; bandwidth 4 }"                       | "1:41 bandwidth needs bandwidth such as 4.TBps, got the plain number 4 | give it a unit: 4.TBps"
        "hardware 'a', { basedOn 'l4'; idle 500.W }"                        | "1:31 hardware 'a' draws 500 W when idle, more than the 69.84 W that it may draw in a step | a step draws at most 97 % of tdp"
        "hardware 'a', { basedOn 'l44' }"                                   | "1:25 no hardware 'l44' in the catalogue | did you mean 'l4' or 'l40s' or 't4'?"
        "quantization 'a', { kvCacheBits 8 }"                               | "1:1 quantization 'a' does not say how many bits a weight has | add weightBits 4.25, or start with basedOn 'int4-awq'"
        "quantization 'a', { basedOn 'int8'; weightBits 99 }"               | "1:48 weightBits must be from 0.5 to 64, got 99.0"
        "site 'a', { basedOn 'b' }"                                         | "1:21 there is no site 'b' above | declare the site that others are based on first"
        "memory 96.GB"                                                      | "1:1 unknown word 'memory' | 'memory' belongs in hardware"
    }

    private static String device(String words, int split = 1) {
        REST + "hardware 'mine', { $words }\nsite 'here', { hardware 'mine', count: 8 }; deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'mine', tensorParallel: $split }\n"
    }

    private static String format(String words) {
        REST + "quantization 'mine', { $words }\nsite 'here', { hardware 'h100-sxm5-80gb', count: 8 }; deploy 'bot', { model 'llama-3.1-8b'; quantization 'mine'; at 'here', on: 'h100-sxm5-80gb' }\n"
    }

    private static plan(String script) {
        Scripts.load(script).experiment().points()[0].plan()
    }

    private static Explained told(String script, String path) {
        Scripts.load(script).explain(Scripts.load(script).experiment().points()[0].label()).find { it.path() == path }
    }
}
