package headroom.dsl

import java.lang.management.ManagementFactory
import spock.lang.Isolated
import spock.lang.Specification

@Isolated('measures time')
class ManyPointsSpec extends Specification {
    /**
     * A ratio within one run, since machines are noisy: in proportion it is 10, were each point to look at all others 100, and 32
     * lies between. Memory that others use makes it 13 to 21.
     */
    def "the time of ten thousand points, to that of a thousand, is nearer to ten than to a hundred"() {
        given:
        double thousand = (1..3).collect { seconds(1000) }.min()

        when:
        double tenThousand = seconds(10_000)
        println "many points: 1,000 in $thousand s, 10,000 in $tenThousand s"

        then:
        tenThousand < 32 * thousand
    }

    private static double seconds(int count) {
        def script = Scripts.EXAMPLE.replaceFirst(/(?m)^sweep .*$/, "sweep users: (1..$count).toList()").replaceFirst(/(?s)expect .*/, '')
        def threads = ManagementFactory.threadMXBean
        long before = threads.currentThreadCpuTime
        def points = Scripts.load(script).experiment().points()
        double spent = (threads.currentThreadCpuTime - before) / 1e9d
        assert points.size() == count
        assert points.every { it.plan() != null }
        assert points.last().plan().traffics()[0].arrivals().users() == count
        spent
    }
}
