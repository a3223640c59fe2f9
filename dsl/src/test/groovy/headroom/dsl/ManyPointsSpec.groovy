package headroom.dsl

import java.lang.management.ManagementFactory
import spock.lang.Specification

class ManyPointsSpec extends Specification {
    def "ten thousand points are evaluated in less than 10 s of one core, in the best of three tries"() {
        given:
        def script = Scripts.EXAMPLE.replaceFirst(/(?m)^sweep .*$/, 'sweep users: (1..10000).toList()').replaceFirst(/(?s)expect .*/, '')
        def threads = ManagementFactory.threadMXBean
        List points = null

        when: 'machines are noisy: one of three tries has to be fast enough'
        boolean fast = (1..3).any {
            long before = threads.currentThreadCpuTime
            points = Scripts.load(script).experiment().points()
            threads.currentThreadCpuTime - before < 10e9
        }

        then:
        points.size() == 10_000
        points.every { it.plan() != null }
        points[9_999].plan().traffics()[0].arrivals().users() == 10_000
        fast
    }
}
