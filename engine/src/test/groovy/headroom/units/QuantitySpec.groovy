package headroom.units

import spock.lang.Specification

class QuantitySpec extends Specification {
    def "#amount #name is #si in SI, and prints as written"() {
        given:
        def quantity = new Quantity(amount, Units.find(name))

        expect:
        quantity.si() == si
        quantity.dimension().toString() == measures
        quantity.toString() == "$amount $name"

        where:
        amount | name        | si         | measures
        5      | 'ns'        | 5e-9d      | 'time'
        5      | 'us'        | 5e-6d      | 'time'
        110    | 'ms'        | 0.11d      | 'time'
        8      | 's'         | 8d         | 'time'
        30     | 'minutes'   | 1800d      | 'time'
        2      | 'hours'     | 7200d      | 'time'
        1      | 'month'     | 2_629_800d | 'time'
        1      | 'year'      | 31_557_600d | 'time'
        90     | 'perMinute' | 1.5d       | 'rate'
        80     | 'GB'        | 80e9d      | 'memory'
        40     | 'GiB'       | 42_949_672_960d | 'memory'
        3.35   | 'TBps'      | 3.35e12d   | 'bandwidth'
        400    | 'Gbps'      | 50e9d      | 'bandwidth'
        989    | 'TFLOPS'    | 989e12d    | 'compute rate'
        2      | 'kWh'       | 7.2e6d     | 'energy'
        700    | 'W'         | 700d       | 'power'
        600    | 'tokens'    | 600d       | 'tokens'
        2      | 'usd'       | 2d         | 'money'
        3      | 'kgCO2'     | 3000d      | 'carbon'
        5      | 'litres'    | 5d         | 'volume'
        2.1    | 'percent'   | 0.021d     | 'number'
    }

    def "every unit is found by the name it prints"() {
        expect:
        Units.names().size() > 60
        Units.names().every { Units.find(it).symbol() == it }
        Units.names().every { new Quantity(2, Units.find(it)).toString() == "2 $it" }
        Units.find('kwh') == null
        Units.find('S') == null
    }

    def "a price keeps the amount as written, and is read back exactly"() {
        given:
        def price = new Quantity(0.21, Units.USD).div(new Quantity(1, Units.KILOWATT_HOUR))

        expect:
        price.in(Units.USD_PER_KWH) == 0.21d
        price.toString() == '0.21 usd/kWh'
        price.dimension().toString() == 'price of energy'
        new Quantity(1.8, Units.USD_PER_HOUR).in(Units.USD_PER_HOUR) == 1.8d
    }

    def "sums, products and order follow dimensions"() {
        expect:
        new Quantity(2, Units.SECOND) + new Quantity(500, Units.MILLISECOND) == new Quantity(2.5, Units.SECOND)
        new Quantity(2, Units.SECOND) - new Quantity(500, Units.MILLISECOND) == new Quantity(1500, Units.MILLISECOND)
        -new Quantity(2, Units.SECOND) == new Quantity(-2, Units.SECOND)
        new Quantity(700, Units.WATT) * new Quantity(2, Units.SECOND) == new Quantity(1400, Units.JOULE)
        new Quantity(2, Units.SECOND) / new Quantity(500, Units.MILLISECOND) == new Quantity(4, Unit.NONE)
        new Quantity(2, Units.SECOND) > new Quantity(500, Units.MILLISECOND)
        [new Quantity(1, Units.SECOND), new Quantity(2, Units.SECOND)].sum() == new Quantity(3, Units.SECOND)
        [new Quantity(1, Units.SECOND), new Quantity(200, Units.MILLISECOND)].min().toString() == '200 ms'
    }

    def "#what is refused with both sides in the message"() {
        when:
        work()

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        what           | work                                                            || message
        'a sum'        | { new Quantity(2, Units.SECOND) + new Quantity(1, Units.WATT) } || 'cannot add 2 s (time) and 1 W (power)'
        'a comparison' | { new Quantity(2, Units.SECOND) < new Quantity(1, Units.WATT) } || 'cannot compare 2 s (time) and 1 W (power)'
        'infinity'     | { new Quantity(Double.POSITIVE_INFINITY, Units.SECOND) }        || 'a quantity must be finite, but is Infinity s'
    }

    def "#amount prints as #text"() {
        expect:
        new Quantity(amount, Units.SECOND).toString() == text

        where:
        amount       | text
        2            | '2 s'
        0.1d + 0.2d  | '0.3 s'
        2.3456789d   | '2.34568 s'
        1234567      | '1234567 s'
        1e-9d        | '1E-9 s'
        0            | '0 s'
    }
}
