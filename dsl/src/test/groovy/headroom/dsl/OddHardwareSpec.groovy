package headroom.dsl

import spock.lang.Specification

class OddHardwareSpec extends Specification {

    static final List<String> LINES = [
            "hardware 'light', {",
            "    memory 96.GB, stacked: true",
            "    bandwidth 3.TBps",
            "    peaks bf16: 1000.TFLOPS, int8: 1000.TFLOPS",
            "    tdp 300.W",
            "    hostLink 25.GBps",
            "    CONVERSION",
            "}",
            "site 'lab', { hardware 'light', count: 8 }",
            "traffic 'chat', { poisson 1.perSecond; prompt fixed(100.tokens); answer fixed(10.tokens) }",
            "deploy 'd', {",
            "    model 'llama-3.1-8b'",
            "    quantization 'int8'",
            "    at 'lab', on: 'light'",
            "    WORD",
            "}",
            "route 'chat', to: 'd'",
            "simulate 1.minute",
    ]

    def "an optical core's conversions reach the plan in SI units, and its losses the quality"() {
        when:
        def plan = Scripts.load(script("conversion tile: 64, rate: 2e12.perSecond, energy: 2.pJ, latency: 100.ns, load: 1.ns, loss: 0.01.percent", '')).experiment().points()[0].plan()
        def conversion = plan.deployments()[0].accelerator().conversion()

        then:
        conversion.tile() == 64
        [conversion.numbersPerSec(), conversion.joulesPerNumber(), conversion.latencySeconds(), conversion.tileLoadSeconds(), conversion.lossPerProduct()]
                .withIndex().every { value, i -> Math.abs(value / [2e12d, 2e-12d, 1e-7d, 1e-9d, 1e-4d][i] - 1) < 1e-12 }
        Math.abs(plan.deployments()[0].quantization().qualityRetained() - 0.995d * Math.pow(0.9999d, 128)) < 1e-12
    }

    def "#word reaches the plan"(String word, Closure<Boolean> holds) {
        expect:
        holds(Scripts.load(script('', word)).experiment().points()[0].plan().deployments()[0])

        where:
        word                           | holds
        'offload weights: 40.percent'  | { it.parallelism().hostWeightShare() == 0.4d }
        'powerCap device: 200.W'       | { it.accelerator().power().capWatts() == 200d }
        'powerCap device: 400.W'       | { it.accelerator().power().capWatts() == null }
        'powerCap server: 3.kW'        | { Math.abs(it.accelerator().power().capWatts() - (3000 * 0.92 * 0.95 - it.server().hostWatts()) / 8) < 1e-9 }
    }

    def "#word is refused: #message"(String word, String message) {
        expect:
        Scripts.mistakes(script('', word)).any { it.contains(message) }

        where:
        word                                      | message
        'powerCap device: 300.W, server: 3.kW'    | 'powerCap needs either device: or server:'
        'offload weights: 100.percent'            | 'offload weights: must be at least 0 and below 99.9 percent'
        'powerCap device: 60.W'                   | 'a power cap of 60.0 W a device cannot be kept'
    }

    private static String script(String conversion, String word) {
        return LINES.join('\n').replace('CONVERSION', conversion).replace('WORD', word)
    }
}
