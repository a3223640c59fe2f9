package headroom.reports.view

import spock.lang.Specification

class NumbersSpec extends Specification {
    def "#value is #exact to a program and #readable to a person"() {
        expect:
        Numbers.exact(value) == exact
        Numbers.readable(value) == readable

        where:
        value                | exact                | readable
        0d                   | '0'                  | '0'
        2d                   | '2'                  | '2.00'
        0.1d + 0.2d          | '0.3'                | '0.300'
        1234567.891d         | '1234567.891'        | '1,234,568'
        123456789012d        | '123456789012'       | '1.23e+11'
        0.000123456789012d   | '0.000123456789'     | '1.23e-04'
        9.996d               | '9.996'              | '10.0'
        1.5e-12d             | '1.5E-12'            | '1.50e-12'
        -0.25d               | '-0.25'              | '-0.250'
        Double.NaN           | ''                   | ''
        Double.POSITIVE_INFINITY | ''               | ''
        null                 | ''                   | ''
    }

    def "exact text is within 1e-9 of the number, for numbers of every size"() {
        given:
        def random = new Random(7)

        expect:
        (1..2000).every {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20)
            Math.abs(Numbers.exact(value).toDouble() - value) <= 1e-9 * Math.abs(value)
        }
    }
}
