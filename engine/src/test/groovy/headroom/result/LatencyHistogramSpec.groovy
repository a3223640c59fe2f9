package headroom.result

import org.HdrHistogram.Histogram
import spock.lang.Specification

class LatencyHistogramSpec extends Specification {

    def "a percentile is never below the true one and at most 0.1 % above it"() {
        given:
        def random = new SplittableRandom(1)
        def values = (1..10_000).collect { (long) Math.exp(random.nextDouble() * 20) + 1 }
        def histogram = of(values)
        def sorted = values.sort(false)

        expect:
        [0.01d, 1d, 50d, 90d, 99d, 99.9d, 100d].every { p ->
            double truth = sorted[Math.max(1, (int) Math.ceil(p * sorted.size() / 100)) - 1] / 1e9
            double shown = histogram.percentileSeconds(p)
            shown >= truth && shown <= truth * 1.001
        }
    }

    def "mean and extremes are exact"() {
        given:
        def histogram = of([1_234_567_891L, 1_234_567_893L])

        expect:
        histogram.meanSeconds() == 1.234567892d
        histogram.maxSeconds() == 1.234567893d
        histogram.percentileSeconds(100) == 1.234567893d
    }

    def "merging two histograms is recording everything into one"() {
        given:
        def random = new SplittableRandom(2)
        def a = (1..500).collect { (long) random.nextInt(100_000_000) }
        def b = (1..700).collect { (long) random.nextInt(1_000_000_000) }

        expect:
        of(a) + of(b) == of(a + b)
        of(a) + LatencyHistogram.empty() == of(a)
        LatencyHistogram.empty() + of(b) == of(b)
    }

    def "an empty histogram tells nothing but zeros"() {
        expect:
        LatencyHistogram.empty().count() == 0
        LatencyHistogram.empty().percentileSeconds(99) == 0
        LatencyHistogram.empty().observationsBeyond(99) == 0
    }

    private static LatencyHistogram of(List<Long> values) {
        def histogram = new Histogram(LatencyHistogram.SIGNIFICANT_DIGITS)
        histogram.autoResize = true
        values.each { histogram.recordValue(it) }
        return LatencyHistogram.of(histogram, values.sum() as double, values.min(), values.max())
    }

    def "two of 2,000 observations lie beyond p99.9, twenty beyond p99"() {
        given:
        def histogram = new LatencyHistogram([1000L, 2000L] as long[], [1998L, 2L] as long[], 2_002_000, 1000L, 2000L)

        expect:
        histogram.observationsBeyond(99.9) == 2
        histogram.observationsBeyond(99) == 20
        histogram.percentileSeconds(99.9) == 1e-6d
    }
}
