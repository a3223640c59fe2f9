package headroom.reports.tables

import headroom.reports.Fixtures
import spock.lang.Specification

class DeploymentsTableSpec extends Specification {
    def "a deployment's energy parts add up to its total"() {
        when:
        def table = DeploymentsTable.of(Fixtures.sweep(users: [50], precisions: ['fp16'], replications: 3))
        def parts = ['static', 'compute', 'memory', 'link', 'ceiling', 'idle', 'host', 'fan_and_psu', 'facility_overhead']

        then:
        table.rowCount() == 1
        parts.sum { table.doubleColumn("energy_${it}_J").get(0) } == table.doubleColumn('energy_total_J').get(0)
        table.doubleColumn('power_mean_W').get(0) == table.doubleColumn('energy_total_J').get(0) / 1500
        table.doubleColumn('total_usd').get(0) == 6.19d
    }

    def "rent that nobody gave leaves deployment and site without money"() {
        given:
        def sweep = Fixtures.sweep(users: [50], precisions: ['fp16'], priced: false)

        expect:
        DeploymentsTable.of(sweep).doubleColumn('total_usd').isMissing(0)
        SitesTable.of(sweep).doubleColumn('rent_usd').isMissing(0)
        SitesTable.of(sweep).doubleColumn('energy_kWh').get(0) == 1d
    }

    def "points that cannot run have no deployment and no site"() {
        given:
        def sweep = Fixtures.sweep(precisions: ['fp16', 'int8'], refused: ['fp16'])

        expect:
        DeploymentsTable.of(sweep).rowCount() == 5
        SitesTable.of(sweep).rowCount() == 5
    }
}
