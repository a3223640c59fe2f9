package headroom.testing;

import headroom.result.Timeline;
import java.util.ArrayList;
import java.util.List;

/** What each deployment of the plain simulator did over time: everything is written down, and cut into slices at the end. */
final class PlainTimeline {
    private static final int SHOWN = 3;

    private record Span(long fromNanos, long untilNanos, int waiting, int running) {}

    private record Happening(long nanos, int arrived, int finished, int tokens) {}

    private final List<List<Span>> spans = new ArrayList<>();
    private final List<List<Happening>> happenings = new ArrayList<>();

    PlainTimeline(int deployments) {
        for (int i = 0; i < deployments; i++) {
            spans.add(new ArrayList<>());
            happenings.add(new ArrayList<>());
        }
    }

    void passed(int deployment, long fromNanos, long untilNanos, int waiting, int running) {
        if (waiting + running > 0 && untilNanos > fromNanos) {
            spans.get(deployment).add(new Span(fromNanos, untilNanos, waiting, running));
        }
    }

    void arrived(int deployment, long nanos) {
        happenings.get(deployment).add(new Happening(nanos, 1, 0, 0));
    }

    void finished(int deployment, long nanos) {
        happenings.get(deployment).add(new Happening(nanos, 0, 1, 0));
    }

    void delivered(int deployment, long nanos, int tokens) {
        happenings.get(deployment).add(new Happening(nanos, 0, 0, tokens));
    }

    /** What the engine's timelines say otherwise; empty when they agree to the last nanosecond and token. */
    String differences(List<Timeline> engine) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < spans.size(); i++) {
            Timeline timeline = engine.get(i);
            int shown = 0;
            List<String> mine = slices(
                    i,
                    Math.round(timeline.sliceSeconds() * 1e9),
                    timeline.slices().size());
            for (int k = 0; k < mine.size(); k++) {
                Timeline.Slice s = timeline.slices().get(k);
                String theirs = line(
                        s.arrivals(),
                        s.finished(),
                        s.outputTokens(),
                        Math.round(s.runningNanos()),
                        Math.round(s.waitingNanos()));
                if (!mine.get(k).equals(theirs) && shown++ < SHOWN) {
                    text.append(timeline.deployment()).append(", slice ").append(k);
                    text.append("\n  plainly ").append(mine.get(k));
                    text.append("\n  engine  ").append(theirs).append('\n');
                }
            }
        }
        return text.toString();
    }

    private List<String> slices(int deployment, long sliceNanos, int count) {
        long[][] sums = new long[count][5];
        for (Happening each : happenings.get(deployment)) {
            // What happens at the end of a slice belongs to it.
            long slice = each.nanos == 0 ? 0 : (each.nanos - 1) / sliceNanos;
            if (slice < count) {
                sums[(int) slice][0] += each.arrived;
                sums[(int) slice][1] += each.finished;
                sums[(int) slice][2] += each.tokens;
            }
        }
        for (Span span : spans.get(deployment)) {
            for (long slice = span.fromNanos / sliceNanos; slice < count; slice++) {
                long from = Math.max(span.fromNanos, slice * sliceNanos);
                long until = Math.min(span.untilNanos, (slice + 1) * sliceNanos);
                if (until <= from) {
                    break;
                }
                sums[(int) slice][3] += span.running * (until - from);
                sums[(int) slice][4] += span.waiting * (until - from);
            }
        }
        List<String> lines = new ArrayList<>();
        for (long[] slice : sums) {
            lines.add(line(slice[0], slice[1], slice[2], slice[3], slice[4]));
        }
        return lines;
    }

    private static String line(long arrived, long finished, long tokens, long running, long waiting) {
        return arrived + " arrived, " + finished + " finished, " + tokens + " tokens, " + running + " ns running, "
                + waiting + " ns waiting";
    }
}
