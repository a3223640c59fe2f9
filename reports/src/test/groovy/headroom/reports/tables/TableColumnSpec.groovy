package headroom.reports.tables

import spock.lang.Specification

class TableColumnSpec extends Specification {
    def "a parameter that is called as a column of the table is, whatever its case, gives way to it and keeps its values"() {
        given:
        def columns = [TableColumn.text('model', { it[0] }), TableColumn.text('deployment', { 'bot' }), TableColumn.text('Model', { it[1] })]

        when:
        def table = TableColumn.table('deployments', columns, [['swept', 'told']])

        then:
        table.columnNames() == ['model (parameter)', 'deployment', 'Model']
        table.stringColumn(0).asList() == ['swept']
        table.stringColumn(2).asList() == ['told']
    }
}
