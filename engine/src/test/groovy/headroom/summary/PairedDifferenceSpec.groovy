package headroom.summary

import spock.lang.Specification

/** Worked examples of the literature; the data of Student's paper are those that R ships as {@code sleep}. */
class PairedDifferenceSpec extends Specification {

    static final double[] FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    static final double[] SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

    def "Student (1908), The probable error of a mean: ten patients sleep 1.58 h longer, 0.70 to 2.46 h at 95 %"() {
        given:
        def paired = PairedDifference.of(1.58, SECOND, FIRST)

        expect:
        Math.abs(1.58 - paired.halfWidth95() - 0.7001142) < 1e-6
        Math.abs(1.58 + paired.halfWidth95() - 2.4598858) < 1e-6
        paired.verdict() == PairedDifference.Verdict.HIGHER
        PairedDifference.of(-1.58, FIRST, SECOND).verdict() == PairedDifference.Verdict.LOWER
    }

    def "pairing tells apart what two single intervals do not: each mean of Student's patients is within the other's interval or nearly"() {
        expect: 'the intervals 0.75 +- 1.28 and 2.33 +- 1.43 overlap, the interval of the difference does not hold 0'
        Math.abs(StudentT.halfWidth95(FIRST) - 1.27980) < 1e-4
        Math.abs(StudentT.halfWidth95(SECOND) - 1.43232) < 1e-4
        0.75 + StudentT.halfWidth95(FIRST) > 2.33 - StudentT.halfWidth95(SECOND)
    }

    def "no difference is shown when the interval of the pairs holds zero"() {
        expect:
        PairedDifference.of(0.25, [1.0, 2.0, 3.0, 2.0] as double[], [1.5, 1.0, 2.5, 2.0] as double[]).verdict() == PairedDifference.Verdict.NONE_SHOWN
        PairedDifference.of(0, [1.0, 2.0] as double[], [1.0, 2.0] as double[]).verdict() == PairedDifference.Verdict.NONE_SHOWN
        PairedDifference.withoutInterval(0.25, 'why').verdict() == PairedDifference.Verdict.UNKNOWN
    }

    def "an interval of one value is refused"() {
        when:
        StudentT.halfWidth95([1.0] as double[])

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'an interval needs two values, but there are 1'
    }
}
