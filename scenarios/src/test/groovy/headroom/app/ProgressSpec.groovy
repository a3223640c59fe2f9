package headroom.app

import spock.lang.Specification
import spock.util.concurrent.PollingConditions

class ProgressSpec extends Specification {
    static final long SECOND = 1_000_000_000L

    def "a log gets a line at most every five seconds, with rate and time left"() {
        given:
        def printed = new Printed()
        long now = 0
        def progress = new ProgressLines(printed.terminal.err(), { now })

        when:
        (1..40).each {
            now += SECOND
            progress.ended(it, 40)
        }

        then:
        printed.err.readLines() == [
                '5 of 40 runs done, 1.00 runs/s, about 35 s left',
                '10 of 40 runs done, 1.00 runs/s, about 30 s left',
                '15 of 40 runs done, 1.00 runs/s, about 25 s left',
                '20 of 40 runs done, 1.00 runs/s, about 20 s left',
                '25 of 40 runs done, 1.00 runs/s, about 15 s left',
                '30 of 40 runs done, 1.00 runs/s, about 10 s left',
                '35 of 40 runs done, 1.00 runs/s, about 5.0 s left',
        ]
    }

    def "a sweep that ends within five seconds says nothing"() {
        given:
        def printed = new Printed()
        long now = 0
        def progress = new ProgressLines(printed.terminal.err(), { now })

        when:
        (1..400).each {
            now += SECOND.intdiv(100)
            progress.ended(it, 400)
        }

        then:
        printed.err.isEmpty()
    }

    def "a fast sweep shows whole runs a second, and long times in minutes"() {
        given:
        def printed = new Printed()
        long now = 0
        def progress = new ProgressLines(printed.terminal.err(), { now })

        when:
        now = 5 * SECOND
        progress.ended(61_725, 10_000_000)

        then:
        printed.err == '61,725 of 10,000,000 runs done, 12,345 runs/s, about 13 min left\n'
    }

    def "a terminal gets one line that is gone at the end"() {
        given:
        def printed = new Printed()

        when:
        def progress = new ProgressLine(printed.terminal, 4)
        progress.ended(3, 4)

        then:
        new PollingConditions(timeout: 20).eventually {
            assert printed.err.contains('Simulating  75%')
            assert printed.err.contains('3/4 runs')
        }

        when:
        progress.close()
        def last = printed.err.substring(printed.err.lastIndexOf('\r', printed.err.length() - 2))

        then:
        !printed.err.contains('\n')
        last.isBlank()
    }
}
