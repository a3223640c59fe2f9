package headroom.dsl.catalogue

import spock.lang.Shared
import spock.lang.Specification

import static spock.util.matcher.HamcrestMatchers.closeTo
import static spock.util.matcher.HamcrestSupport.that

class PowerRuleSpec extends Specification {
    @Shared
    Catalogue catalogue = Catalogue.shipped()

    def "#name draws #staticW W static, #idleW W idle, at most #ceilingW W, #flopPj pJ a FLOP and #bytePj pJ a byte"() {
        given:
        def power = catalogue.hardware(name).accelerator().power()

        expect:
        that power.staticWatts(), closeTo(staticW, 0.01)
        that power.idleWatts(), closeTo(idleW, 0.01)
        that power.ceilingWatts(), closeTo(ceilingW, 0.01)
        that power.joulesPerFlop16Bit() * 1e12, closeTo(flopPj, 0.001)
        that power.joulesPerMemoryByte() * 1e12, closeTo(bytePj, 0.5)
        that power.joulesPerLinkByte() * 1e12, closeTo(60, 1e-9)
        power.moeFlopFactor() == 2.5d

        where:
        name              | staticW | idleW | ceilingW | flopPj | bytePj
        'h100'            | 175     | 75    | 679      | 1.026  | 125
        'h200'            | 175     | 77    | 679      | 1.026  | 125
        'a100-sxm4-40gb'  | 100     | 50    | 388      | 1.859  | 125
        'a100'            | 100     | 63    | 388      | 1.859  | 125
        'b200'            | 250     | 110   | 970      | 0.644  | 125
        'mi355x'          | 350     | 154   | 1358     | 0.807  | 125
        'l40s'            | 87.5    | 35    | 339.5    | 1.402  | 284
    }

    def "a cut-down part pays its parent's joules per FLOP"() {
        expect:
        that catalogue.hardware('h20').accelerator().power().joulesPerFlop16Bit() * 1e12, closeTo(1.026, 0.001)
        catalogue.hardware('h20').accelerator().power().staticWatts() == 100d
    }

    def "Llama-3.3-70B on 4 H100 at batch 96 costs 15.6 J a device and step of 28.92 ms"() {
        given:
        def power = catalogue.hardware('h100').accelerator().power()

        expect:
        that power.staticWatts() * 0.02892 + power.joulesPerFlop16Bit() * 5.433e12 + power.joulesPerMemoryByte() * 39.7e9,
                closeTo(15.6, 0.05)
    }

    def "a server of #devices #name draws #hostW W beyond its devices"() {
        given:
        def server = catalogue.hardware(name).server(devices)

        expect:
        server.accelerators() == devices
        that server.hostWatts(), closeTo(hostW, 1e-9)
        that server.hostIdleWatts(), closeTo(hostW * 1000 / 1436, 0.05)
        server.fanShare() == 0.08d
        server.psuEfficiency() == 0.95d

        where:
        name         | devices || hostW
        'h100'       | 8       || 1436
        'h100'       | 4       || 718
        'h100'       | 1       || 493
        'l40s'       | 8       || 1036
        'rtx-4090'   | 2       || 90
        'm4-max'     | 1       || 5
        'epyc-9654'  | 2       || 386
    }

    def "8 B200 at 970 W take 10,522 W at the wall"() {
        given:
        def device = catalogue.hardware('b200')
        def server = device.server()

        expect:
        server.accelerators() == 8
        that((server.hostWatts() + 8 * device.accelerator().power().ceilingWatts()) * server.wallFactor(), closeTo(10522, 1))
    }
}
