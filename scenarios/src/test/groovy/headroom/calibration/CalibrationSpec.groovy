package headroom.calibration

import spock.lang.Specification

/** Fits to servers whose arithmetic is written out here, so that what a fit must find is known. */
class CalibrationSpec extends Specification {
    static final List<FreeConstant> STEP_AND_SEQUENCE =
            [new FreeConstant('step', 'us', 300, 15, 6000), new FreeConstant('sequence', 'us', 2, 0.1, 40)]

    /** A step of 5 ms of reading, a time of its own, and one for each sequence: ms. */
    static double tpot(Map<String, Double> c, int users, double step = 1200, double sequence = 25) {
        5 + ((c.step ?: step) + users * (c.sequence ?: sequence)) / 1000
    }

    static final Map<String, Integer> USERS = [a: 1, b: 4, c: 16, d: 64, e: 256]

    def asked = [] as Set

    /** Trials against what was measured, by point. */
    Trials against(Map<String, Double> measured, Closure<Double> server = { c, point -> tpot(c, USERS[point], 300, 2) }) {
        return { Map<String, Double> constants, Collection<String> points ->
            asked << constants
            points.collectEntries { point ->
                [point, [Math.log(server(constants, point) / measured[point])] as double[]]
            }
        } as Trials
    }

    def "constants come back from what they made, to a thousandth, from a start four and twelve times off"() {
        given:
        def measured = USERS.collectEntries { point, users -> [point, tpot([:], users)] }

        when:
        def found = calibrate(against(measured))

        then:
        found.constants()*.free()*.name() == ['step', 'sequence']
        Math.abs(found.constants()[0].value() / 1200 - 1) < 0.001
        Math.abs(found.constants()[1].value() / 25 - 1) < 0.001
        LogErrors.mean(found.before().values()) > 0.2
        LogErrors.mean(found.after().values()) < 1e-4
        found.alike() == []
        !found.constants().any { it.atBound() }
    }

    def "one row that was measured wrongly bends nothing"() {
        given:
        def measured = USERS.collectEntries { point, users -> [point, tpot([:], users) * (point == 'c' ? 3 : 1)] }

        when:
        def found = calibrate(against(measured))

        then:
        Math.abs(found.constants()[0].value() / 1200 - 1) < 0.01
        Math.abs(found.constants()[1].value() / 25 - 1) < 0.01
    }

    def "two constants fit two noisy figures exactly, and points left out give it away"() {
        given: 'figures that no such server makes: the load of 256 users takes less time than that of one'
        def measured = [a: 9d, e: 8d]
        def folds = Fold.atRandom(['a', 'e'], 5, 1)
        def server = { c, point -> point == 'a' ? 5 + (c.step ?: 300) / 1000 : 5 + (c.sequence ?: 2) / 10 }

        when:
        def found = new Calibration(against(measured, server), ['a', 'e'], 160, 1).run(STEP_AND_SEQUENCE, true, folds)

        then: 'what it has seen fits'
        folds.size() == 2
        LogErrors.mean(found.after().values()) < 0.001

        and: 'what it has not seen is as far off as with the constants before, since nothing was learnt of it'
        LogErrors.mean(found.leftOut().values()) > 0.4
        Math.abs(LogErrors.mean(found.leftOut().values()) - LogErrors.mean(found.before().values())) < 0.01
    }

    def "a point left out has no say in the fit that predicts it"() {
        given:
        def measured = USERS.collectEntries { point, users -> [point, tpot([:], users)] }
        def spoilt = measured + [e: measured.e * 10]
        def folds = [new Fold('the largest', ['e'])]

        when:
        def leftOut = calibrate(against(measured), folds).leftOut().e[0]
        def spoiltOut = calibrate(against(spoilt), folds).leftOut().e[0]

        then: 'the same prediction, ten times off'
        Math.abs(leftOut) < 0.001
        Math.abs(spoiltOut + Math.log(10)) < 0.001
    }

    def "constants that only add up cannot be told apart; asked for, they are fitted and said to be alike"() {
        given:
        def measured = USERS.collectEntries { point, users -> [point, tpot([:], users)] }
        def server = { c, point -> tpot([step: (c.step ?: 300) + (c.other ?: 300), sequence: 25d], USERS[point]) }
        def free = [STEP_AND_SEQUENCE[0], new FreeConstant('other', 'us', 300, 15, 6000)]

        when:
        def found = new Calibration(against(measured, server), USERS.keySet() as List, 160, 1).run(free, chosen, [])

        then:
        found.constants()*.free()*.name() == fitted
        found.alike() == alike
        found.unasked() == unasked
        LogErrors.mean(found.after().values()) < 1e-3

        where:
        chosen | fitted            | alike                | unasked
        true   | ['step', 'other'] | [['step', 'other']]  | [:]
        false  | ['step']          | []                   | [other: ['step']]
    }

    def "a constant that no figure feels stays, and is not tried"() {
        given:
        def measured = USERS.collectEntries { point, users -> [point, tpot([:], users)] }
        def server = { c, point -> tpot([step: c.step ?: 300d, sequence: 25d], USERS[point]) }

        when:
        def found = new Calibration(against(measured, server), USERS.keySet() as List, 160, 1).run(STEP_AND_SEQUENCE, true, [])

        then:
        found.unfelt() == ['sequence']
        found.constants()*.free()*.name() == ['step']
        Math.abs(found.constants()[0].value() / 1200 - 1) < 0.001
    }

    def "a constant that would have to leave its bounds ends at one, and says so"() {
        given:
        def measured = USERS.collectEntries { point, users -> [point, tpot([:], users)] }
        def free = [new FreeConstant('step', 'us', 300, 200, 600), STEP_AND_SEQUENCE[1]]

        expect:
        new Calibration(against(measured), USERS.keySet() as List, 160, 1).run(free, true, []).constants()[0].atBound()
    }

    def "the same seed asks for the same trials"() {
        given:
        def measured = USERS.collectEntries { point, users -> [point, tpot([:], users) * (1 + users % 3 / 10)] }

        when:
        def runs = (1..2).collect {
            asked = [] as LinkedHashSet
            calibrate(against(measured))
            asked as List
        }

        then:
        runs[0] == runs[1]
        runs[0].size() > 50
    }

    def "folds hold every point once, and differ in size by one at most"() {
        given:
        def points = (1..n).collect { "p$it".toString() }
        def folds = Fold.atRandom(points, k, 3)

        expect:
        folds*.points().flatten().sort() == points.sort()
        folds.size() == Math.min(n, k)
        folds*.points()*.size().max() - folds*.points()*.size().min() <= 1

        where:
        n  | k
        12 | 5
        3  | 5
        10 | 2
    }

    private Calibrated calibrate(Trials trials, List<Fold> folds = []) {
        new Calibration(trials, USERS.keySet() as List, 160, 1).run(STEP_AND_SEQUENCE, true, folds)
    }
}
