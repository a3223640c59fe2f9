package headroom.reports.plots

import java.awt.Color
import spock.lang.Specification

class ThemeSpec extends Specification {
    def "neighbouring parts of a bar differ on grey paper, by lightness or by hatching"() {
        expect:
        (1..<count).every { i ->
            def a = Theme.part(i - 1, count)
            def b = Theme.part(i, count)
            a.hatched() != b.hatched() || contrast(a.color(), b.color()) > 1.4
        }

        where:
        count << [2, 3, 6]
    }

    def "numbers in cells can be read, whatever the shade"() {
        expect:
        (0..<Theme.HEAT.size()).every { contrast(Theme.HEAT[it], Theme.onHeat(it)) >= 4.5 }
    }

    def "cells get darker, so that grey paper shows the order"() {
        expect:
        Theme.HEAT.collect { luminance(it) } == Theme.HEAT.collect { luminance(it) }.toSorted { -it }
    }

    def "no two lines of a plot look alike without their colours"() {
        expect:
        (0..<Figures.MOST_SERIES).collect { [Theme.marker(it), Theme.line(it).dashArray as List] }.toSet().size() == Figures.MOST_SERIES
    }

    def "ticks are round and within the axis"() {
        expect:
        Ticks.of(logarithmic, new Span(least, most)) == ticks

        where:
        logarithmic | least  | most | ticks
        false       | -0.006 | 1.06 | [0d, 0.2d, 0.4d, 0.6000000000000001d, 0.8d, 1d]
        false       | 0      | 17   | [0d, 5d, 10d, 15d]
        true        | 0.9    | 12   | [1d, 2d, 5d, 10d]
        true        | 0.05   | 90   | [0.1d, 1d, 10d]
    }

    private static double contrast(Color a, Color b) {
        def (low, high) = [luminance(a), luminance(b)].toSorted()
        (high + 0.05) / (low + 0.05)
    }

    /** WCAG 2.1's relative luminance. */
    private static double luminance(Color color) {
        def (r, g, b) = [color.red, color.green, color.blue].collect {
            double share = it / 255d
            share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4)
        }
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}
