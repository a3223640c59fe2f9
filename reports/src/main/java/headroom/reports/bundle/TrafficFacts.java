package headroom.reports.bundle;

import headroom.plan.traffic.ArrivalSpec;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.SloSpec;
import headroom.plan.traffic.ThinkSpec;
import headroom.plan.traffic.TrafficSpec;
import headroom.reports.view.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A traffic class in words. */
final class TrafficFacts {
    private static final int LONGEST = 400;
    private static final String MORE = "; and more, which are in the plans";
    private static final Pattern NUMBERED = Pattern.compile("((?:[\\d.]+, )*[\\d.]+)( [a-z].*)");

    private TrafficFacts() {}

    /** Adds what {@code traffic} says to the facts of its class; where points differ, each value is listed once. */
    static void merge(Map<String, Map<String, String>> byName, TrafficSpec traffic) {
        Map<String, String> facts = byName.computeIfAbsent(traffic.name(), name -> new LinkedHashMap<>());
        String arrivals = arrivals(traffic.arrivals());
        add(
                facts,
                "Arrivals",
                traffic.sessions() == null ? arrivals : arrivals.replace("requests/s", "conversations/s"));
        SessionSpec sessions = traffic.sessions();
        if (sessions != null) {
            add(facts, "Conversations", sessions(sessions));
        }
        add(facts, sessions == null ? "Prompt" : "New message", length(traffic.prompt()));
        add(facts, "Answer", length(traffic.output()));
        add(facts, "SLO", slo(traffic.slo()));
    }

    private static void add(Map<String, String> facts, String term, String fact) {
        String known = facts.get(term);
        if (known == null) {
            facts.put(term, fact);
        } else if (known.length() < LONGEST) {
            facts.put(term, joined(known, fact));
        } else if (!known.endsWith(MORE)) {
            facts.put(term, known + MORE);
        }
    }

    /** Facts that differ in their first number only are told at once: {@code 10, 25, 50 users who wait}. */
    private static String joined(String known, String fact) {
        List<String> facts = new ArrayList<>(List.of(known.split("; ", -1)));
        if (facts.contains(fact)) {
            return known;
        }
        Matcher numbered = NUMBERED.matcher(fact);
        for (int i = 0; i < facts.size() && numbered.matches(); i++) {
            Matcher other = NUMBERED.matcher(facts.get(i));
            if (other.matches() && other.group(2).equals(numbered.group(2))) {
                List<String> numbers = List.of(other.group(1).split(", ", -1));
                if (!numbers.contains(numbered.group(1))) {
                    facts.set(i, other.group(1) + ", " + numbered.group(1) + numbered.group(2));
                }
                return String.join("; ", facts);
            }
        }
        return known + "; " + fact;
    }

    private static String arrivals(ArrivalSpec arrivals) {
        if (arrivals instanceof ArrivalSpec.Poisson poisson) {
            return "Poisson, " + Numbers.tick(poisson.ratePerSec()) + " requests/s";
        }
        if (arrivals instanceof ArrivalSpec.Gamma gamma) {
            return "gamma gaps with CV " + Numbers.tick(gamma.cv()) + ", " + Numbers.tick(gamma.ratePerSec())
                    + " requests/s";
        }
        if (arrivals instanceof ArrivalSpec.Deterministic even) {
            return "equal gaps, " + Numbers.tick(even.ratePerSec()) + " requests/s";
        }
        if (arrivals instanceof ArrivalSpec.AllAtOnce queued) {
            return queued.requests() + " requests at once";
        }
        if (arrivals instanceof ArrivalSpec.ClosedLoop loop) {
            return loop.users() + " users who wait for the answer, then think " + think(loop.think());
        }
        if (arrivals instanceof ArrivalSpec.Concurrency concurrency) {
            return concurrency.concurrency() + " requests under way until " + concurrency.requests() + " were sent";
        }
        return "replay of a trace";
    }

    private static String sessions(SessionSpec sessions) {
        String turns = sessions.turns() instanceof SessionSpec.Geometric geometric
                ? Numbers.tick(geometric.mean()) + " turns on average (geometric)"
                : ((SessionSpec.Exactly) sessions.turns()).count() + " turns";
        ThinkSpec think = sessions.think();
        return think == null ? turns : turns + ", whose users think " + think(think);
    }

    private static String think(ThinkSpec think) {
        return think instanceof ThinkSpec.Exponential exponential
                ? Numbers.tick(exponential.meanSeconds()) + " s on average (exponential)"
                : Numbers.tick(((ThinkSpec.Fixed) think).seconds()) + " s";
    }

    private static String length(LengthSpec length) {
        if (length instanceof LengthSpec.Fixed fixed) {
            return fixed.tokens() + " tokens";
        }
        if (length instanceof LengthSpec.Uniform uniform) {
            return uniform.lowTokens() + " to " + uniform.highTokens() + " tokens, uniform";
        }
        if (length instanceof LengthSpec.Lognormal lognormal) {
            return "lognormal, median " + Numbers.tick(lognormal.medianTokens()) + " tokens, sigma "
                    + Numbers.tick(lognormal.sigma());
        }
        if (length instanceof LengthSpec.Geometric geometric) {
            return "geometric, mean " + Numbers.tick(geometric.meanTokens()) + " tokens";
        }
        if (length instanceof LengthSpec.Quantiles quantiles) {
            return quantiles.points().stream()
                    .map(point -> "p" + Numbers.tick(100 * point.probability()) + " " + Numbers.tick(point.tokens()))
                    .collect(Collectors.joining(", ", "by quantiles: ", " tokens"));
        }
        return length instanceof LengthSpec.NoTokens ? "no tokens: fixed work" : "as in the trace";
    }

    private static String slo(SloSpec slo) {
        if (slo.targets().isEmpty()) {
            return "none stated";
        }
        return slo.targets().stream()
                .map(target -> target.metric() + " p" + Numbers.tick(target.percent()) + " within "
                        + Numbers.tick(target.seconds()) + " s")
                .collect(Collectors.joining(", "));
    }
}
