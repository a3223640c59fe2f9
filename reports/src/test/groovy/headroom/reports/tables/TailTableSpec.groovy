package headroom.reports.tables

import headroom.reports.Fixtures
import headroom.result.TailBucket
import spock.lang.Specification

class TailTableSpec extends Specification {
    def "a row each for p50, p95 and p99 of a point, whose parts add up to the mean of the requests around it"() {
        given:
        def sweep = Fixtures.sweep(users: [50], precisions: ['fp16'], replications: 3)
        def table = TailTable.of(sweep)
        def parts = table.columnNames().drop(table.columnNames().indexOf('mean_s') + 1)

        expect:
        table.doubleColumn('percentile').asList() == [50d, 95d, 99d]
        table.stringColumn('traffic').asList() == ['support'] * 3
        table.stringColumn('deployment').asList() == ['assistant'] * 3
        (0..2).every { row ->
            Math.abs(parts.sum { table.doubleColumn(it).isMissing(row) ? 0d : table.doubleColumn(it).get(row) } - table.doubleColumn('mean_s').get(row)) < 1e-9
        }

        and: 'the requests around it are those of the three buckets, a sixteenth wide each, of all replications'
        (0..2).every { row ->
            double e2e = table.doubleColumn('e2e_s').get(row)
            long number = TailBucket.number(Math.round(e2e * 1e9d))
            def around = sweep.points()[0].runs().collectMany { it.traffics()[0].tail() }.findAll { Math.abs(TailBucket.number(it.upToNanos()) - number) <= 1 }
            table.doubleColumn('requests').get(row) == around*.requests().sum() &&
                    Math.abs(table.doubleColumn('mean_s').get(row) / e2e - 1) < 0.13
        }
        table.doubleColumn('e2e_s').get(1) == sweep.points()[0].summaries()[0].distributions().e2e().percentileSeconds(95)
    }

    def "what a model that writes tokens cannot spend time on is empty, what it did not spend time on is zero"() {
        given:
        def table = TailTable.of(Fixtures.sweep(users: [50], precisions: ['fp16']))

        expect:
        table.doubleColumn('work_s').isMissing(0)
        table.doubleColumn('batching_delay_s').isMissing(0)
        table.doubleColumn('preemption_s').get(0) == 0
    }

    def "points that cannot run have no row"() {
        expect:
        TailTable.of(Fixtures.sweep(precisions: ['fp16', 'int8'], refused: ['fp16'])).rowCount() == 3 * 5
    }

    def "a bucket holds what is at most a sixteenth longer than its shortest"() {
        expect:
        TailBucket.number(nanos) == number
        TailBucket.upToNanos(number) >= nanos
        number == 0 || TailBucket.upToNanos(number - 1) < nanos

        where:
        nanos          | number
        0              | 0
        15             | 15
        16             | 16
        31             | 31
        32             | 32
        33             | 32
        34             | 33
        63             | 47
        64             | 48
        Long.MAX_VALUE | TailBucket.COUNT - 1
    }
}
