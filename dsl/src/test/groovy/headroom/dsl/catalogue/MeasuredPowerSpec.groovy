package headroom.dsl.catalogue

import headroom.plan.hardware.PowerSpec
import spock.lang.Shared
import spock.lang.Specification

/**
 * Mean draw of one H100 SXM, read from its energy counter over three seconds each on 2026-11-26, while it multiplied
 * random bf16 or fp8 matrices (rows x 8192 by 8192 x 28672, cuBLAS), copied or summed 1 GiB, or idled. Bytes are those
 * that have to come from memory. No constant was fitted to these rows.
 */
class MeasuredPowerSpec extends Specification {
    @Shared
    List<Map<String, String>> rows = read()

    @Shared
    PowerSpec power = Catalogue.shipped().hardware('h100').accelerator().power()

    def "an H100 draws what the energy model says, within #most %, for: #work of #row.rows rows"() {
        expect:
        Math.abs(predicted(row) / (row.power_W as double) - 1) <= most / 100

        where:
        row << rows.findAll { it.work != 'bf16 product from L2' }
        work = row.work
        most = work == 'copy' ? 9 : 6.5 // a copy writes as much as it reads
    }

    def "half of them are within 3 %"() {
        given:
        def errors = rows.findAll { it.work != 'bf16 product from L2' }.collect { Math.abs(predicted(it) / (it.power_W as double) - 1) }.sort()

        expect:
        errors.size() == 21
        errors[10] < 0.03d
    }

    def "weights that stay in the L2 cache are not free, which the model takes them to be: it says too little"() {
        expect:
        predicted(rows.find { it.work == 'bf16 product from L2' }) < 0.65d * 347.2d
    }

    private double predicted(Map<String, String> row) {
        double seconds = (row.step_us as double) * 1e-6
        if (seconds == 0) {
            return power.idleWatts()
        }
        double perFlop = power.joulesPerFlop16Bit() / (row.work.startsWith('fp8') ? Math.sqrt(2d) : 1d)
        double joules = perFlop * (row.flop as double) + power.joulesPerMemoryByte() * (row.bytes as double)
        Math.min(power.ceilingWatts(), power.staticWatts() + joules / seconds)
    }

    private List<Map<String, String>> read() {
        def lines = getClass().getResourceAsStream('h100-power.csv').readLines('UTF-8')
        lines.tail().collect { [lines.head().split(','), it.split(',')].transpose().collectEntries() }
    }
}
