package headroom.reports.view;

import headroom.plan.traffic.SloSpec;
import headroom.result.SweepResult;
import headroom.result.TrafficSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer in sentences, made from the numbers: the one that decides first. */
public final class Findings {
    private static final Metric COST = Metric.named("cost_usd_per_1M_output_tokens");
    private static final Metric ENERGY = Metric.named("energy_J_per_output_token");
    private static final Metric SLOWEST = Metric.named("e2e_p95_s");
    private static final Metric ATTAINMENT = Metric.named("slo_attainment");
    private static final int MOST_ALTERNATIVES = 8;

    private Findings() {}

    /** Sentences about every traffic class, then about points that cannot run. */
    public static List<String> of(SweepResult sweep) {
        List<String> sentences = new ArrayList<>();
        List<TrafficView> views = TrafficView.of(sweep);
        for (TrafficView view : views) {
            String start = views.size() > 1 ? "For " + view.name() + ": " : "";
            choice(view).forEach(sentence -> sentences.add(start + sentence));
            if (view.axes().over() != null && view.byAlternative().size() <= MOST_ALTERNATIVES) {
                reach(view).forEach(sentence -> sentences.add(start + sentence));
            }
        }
        sentences.addAll(Verdicts.of(sweep));
        Sensitivities varied = Sensitivities.of(sweep);
        if (varied != null) {
            sentences.addAll(varied.advice());
        }
        long refused = sweep.points().stream()
                .filter(result -> result.point().plan() == null)
                .count();
        if (refused > 0) {
            sentences.add(refused + " of " + sweep.points().size() + " points cannot run; the table says why.");
        }
        sentences.addAll(Warnings.sentences(sweep));
        return sentences;
    }

    private static List<String> choice(TrafficView view) {
        boolean promised = view.rows().stream()
                .anyMatch(row -> row.summary() != null && row.summary().slo().met() != null);
        List<SweepRow> good =
                promised ? view.rows().stream().filter(SweepRow::meetsSlo).toList() : view.rows();
        if (good.isEmpty() && view.rows().size() == 1) {
            SweepRow only = view.rows().get(0);
            return List.of("The SLO is missed" + misses(view, only) + ": " + percent(only.value(ATTAINMENT))
                    + " of requests are within every threshold.");
        }
        if (good.isEmpty()) {
            return view.rows().stream()
                    .max(Comparator.comparing(
                            row -> row.value(ATTAINMENT), Comparator.nullsFirst(Comparator.naturalOrder())))
                    .map(row -> "Nothing that was tried meets the SLO. Closest is " + name(view, row) + ", where "
                            + percent(row.value(ATTAINMENT)) + " of requests are within every threshold"
                            + misses(view, row) + ".")
                    .stream()
                    .toList();
        }
        String among = promised
                ? good.size() + " of " + view.rows().size() + " points meet the SLO; of these, "
                : view.rows().size() > 1 ? "Of " + view.rows().size() + " points, " : "";
        if (view.rows().size() == 1) {
            SweepRow only = view.rows().get(0);
            return List.of((promised ? "The SLO is met: " : "Measured: ") + measured(only) + ".");
        }
        boolean priced = good.stream().anyMatch(row -> row.value(COST) != null);
        Metric decides = priced ? COST : ENERGY;
        String superlative = priced ? " costs least" : " needs the least energy";
        return good.stream()
                .filter(row -> row.value(decides) != null)
                .min(Comparator.comparing(row -> row.value(decides), Comparator.nullsLast(Comparator.naturalOrder())))
                .map(row -> capital(among + name(view, row) + superlative + ": " + measured(row) + "."))
                .stream()
                .toList();
    }

    /** How far each alternative goes along the axis before it misses the SLO. */
    private static List<String> reach(TrafficView view) {
        List<String> sentences = new ArrayList<>();
        for (Map.Entry<String, List<SweepRow>> alternative :
                view.byAlternative().entrySet()) {
            List<SweepRow> rows = alternative.getValue();
            if (rows.stream()
                    .anyMatch(
                            row -> row.summary() == null || row.summary().slo().met() == null)) {
                continue;
            }
            String name = alternative.getKey().equals("all") ? "the system" : alternative.getKey();
            SweepRow last = rows.get(rows.size() - 1);
            SweepRow firstMiss =
                    rows.stream().filter(row -> !row.meetsSlo()).findFirst().orElse(null);
            String sentence;
            if (firstMiss == null) {
                sentence = name + " meets the SLO everywhere, up to " + place(view, last);
            } else if (rows.indexOf(firstMiss) == 0) {
                boolean never = rows.stream().noneMatch(SweepRow::meetsSlo);
                sentence = name + " misses the SLO " + (never ? "everywhere, already" : "first") + " at "
                        + place(view, firstMiss) + misses(view, firstMiss);
            } else {
                SweepRow before = rows.get(rows.indexOf(firstMiss) - 1);
                sentence = name + " meets the SLO up to " + place(view, before) + " and misses it at "
                        + place(view, firstMiss) + misses(view, firstMiss);
            }
            sentences.add(capital(sentence + "."));
        }
        return sentences;
    }

    /** {@code  (E2E p95 2.31 s, promised 2 s)}: the targets that {@code row} misses. */
    private static String misses(TrafficView view, SweepRow row) {
        TrafficSummary summary = row.summary();
        if (summary == null
                || view.targets().size() != summary.slo().targetsMet().size()) {
            return "";
        }
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < view.targets().size(); i++) {
            if (!summary.slo().targetsMet().get(i)) {
                SloSpec.Target target = view.targets().get(i);
                missed.add(target.metric() + " p" + Numbers.tick(target.percent()) + " is "
                        + Numbers.readable(measured(summary, target)) + " s, promised " + Numbers.tick(target.seconds())
                        + " s");
            }
        }
        return missed.isEmpty() ? "" : " (" + String.join("; ", missed) + ")";
    }

    private static double measured(TrafficSummary summary, SloSpec.Target target) {
        return switch (target.metric()) {
            case TTFT -> summary.distributions().ttft().percentileSeconds(target.percent());
            case TPOT -> summary.distributions().tpot().percentileSeconds(target.percent());
            case E2E -> summary.distributions().e2e().percentileSeconds(target.percent());
        };
    }

    private static String measured(SweepRow row) {
        List<String> parts = new ArrayList<>();
        add(parts, row.value(COST), " USD per 1M output tokens", "");
        add(parts, row.value(SLOWEST), " s", "E2E p95 ");
        add(parts, row.value(ENERGY), " J per output token", "");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, @Nullable Double value, String unit, String name) {
        if (value != null) {
            parts.add(name + Numbers.readable(value) + unit);
        }
    }

    private static String name(TrafficView view, SweepRow row) {
        String alternative = view.axes().alternative(row);
        String place = place(view, row);
        if (alternative.equals("all")) {
            return place.isEmpty() ? "the system" : place;
        }
        return place.isEmpty() ? alternative : alternative + " at " + place;
    }

    private static String place(TrafficView view, SweepRow row) {
        return view.axes().place(view.axes().position(row));
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "an unknown share" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A sentence begins with a capital, unless it begins with a name such as int8. */
    private static String capital(String sentence) {
        return sentence.startsWith("the ") ? "T" + sentence.substring(1) : sentence;
    }
}
