package headroom.summary

import spock.lang.Specification

class MserSpec extends Specification {
    /** By hand: sum of squares around the mean / square of the number of values. */
    static final double[] SERIES = [9, 1, 3, 2, 1, 3, 2, 2]

    def "the statistic of the values from #cut on is #squares / #number^2"() {
        expect:
        Math.abs(Mser.statistic(Arrays.copyOfRange(SERIES, cut, 8)) - squares / (number * number)) < 1e-15

        where:
        cut | number | squares
        0   | 8      | 113 - 23 * 23 / 8d
        1   | 7      | 4d
        2   | 6      | 31 - 13 * 13 / 6d
        3   | 5      | 2d
    }

    def "the cut is where the statistic is least: 0.0787 after two values, against 0.7324, 0.0816 and 0.08"() {
        expect:
        Mser.of(SERIES, 4) == new Mser(2, true)
    }

    def "#series: cut #cut"() {
        expect:
        Mser.of(values as double[], 16).cut() == cut

        where:
        series                                    | values                                  | cut
        'always the same'                         | [5] * 32                                | 0
        'one value far off at the start'          | [50] + [1, 2] * 15 + [1]                | 1
        'the same, but below the others'          | [-50] + [1, 2] * 15 + [1]               | 1
        'three values that fall to the others'    | [40, 20, 10] + [1, 2] * 14 + [1]        | 3
        'one value far off at the end'            | [1, 2] * 15 + [1, 50]                   | 0
        'a value that is not there at the start'  | [Double.NaN, 50] + [1, 2] * 15          | 2
    }

    def "a series that rises to its end has no steady part: the cut is the largest allowed, and is not inside"() {
        expect:
        Mser.of((1..32) as double[], 16) == new Mser(16, false)
        Mser.of((1..32).collect { -it } as double[], 16) == new Mser(16, false)
    }

    def "noise alone, correlated by #correlation from slice to slice, loses #mean slices on average, none in #none % and half of them in #half %"() {
        given:
        def random = new Random(1)
        def found = (1..4000).collect {
            double value = random.nextGaussian() / Math.sqrt(1 - correlation * correlation)
            Mser.of((1..32).collect { value = correlation * value + random.nextGaussian() } as double[], 16)
        }

        expect:
        Math.abs(found.sum { it.cut() } / 4000d - mean) < 0.3
        Math.abs(found.count { it.cut() == 0 } / 40d - none) < 3
        Math.abs(found.count { !it.inside() } / 40d - half) < 1

        where:
        correlation | mean | none | half
        0.0d        | 1.5  | 64   | 0.7
        0.8d        | 4.3  | 46   | 6
    }

    def "fewer than five values tell nothing"() {
        expect:
        Mser.of(([1] * 4 + [Double.NaN] * 28) as double[], 16) == new Mser(16, false)
        Mser.of(([1] * 5 + [Double.NaN] * 27) as double[], 16) == new Mser(0, true)
    }
}
