package headroom.dsl.claims;

import headroom.dsl.build.Claim;
import headroom.dsl.build.Outline;
import headroom.dsl.build.Pass;
import headroom.dsl.claims.Answers.PointAnswer;
import headroom.dsl.script.Findings;
import headroom.dsl.script.Guard;
import headroom.result.ClaimOutcome;
import headroom.result.ClaimOutcome.Verdict;
import headroom.result.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges the claims of a script on the results of its run. */
public final class Judge {
    private final Pass discovery;
    private final Outline outline;

    public Judge(Pass discovery, Outline outline) {
        this.discovery = discovery;
        this.outline = outline;
    }

    /** What became of each claim, in the script's order. */
    public List<ClaimOutcome> outcomes(SweepResult results) {
        boolean several = results.points().size() > 1;
        List<PointAnswer> points = results.points().stream()
                .map(result -> new PointAnswer(
                        result.point().label(),
                        several ? result.point().label() : "",
                        values(result.point().variant(), result.point().values()),
                        result.summaries(),
                        String.join("; ", result.point().refusals()),
                        false,
                        true))
                .toList();
        Answers answers = new Answers(points, outline, false);
        List<ClaimOutcome> outcomes = new ArrayList<>();
        for (Claim claim : discovery.claims()) {
            outcomes.add(outcome(claim, answers));
        }
        return outcomes;
    }

    /** Values of the parameters, and the variant where there are several. */
    static Map<String, Object> values(String variant, Map<String, Object> parameters) {
        if (variant.isEmpty()) {
            return parameters;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("variant", variant);
        values.putAll(parameters);
        return values;
    }

    private ClaimOutcome outcome(Claim claim, Answers answers) {
        Guard guard = discovery.guard();
        long metBefore = guard.findings().met();
        Doubts doubts = new Doubts();
        Evidence evidence = new Evidence();
        ClaimWords words = new ClaimWords(guard, answers, doubts, evidence);
        Object value = guard.evaluate("expect", words, claim.body(), evidence::compared);
        String skipped = doubts.skipped();
        String unknown = doubts.unknown();
        if (skipped != null) {
            return outcome(claim, Verdict.SKIPPED, skipped);
        } else if (unknown != null) {
            return outcome(claim, Verdict.FAILED, unknown);
        } else if (guard.findings().met() > metBefore) {
            return outcome(claim, Verdict.FAILED, guard.findings().lastMessage());
        } else if (Boolean.TRUE.equals(value)) {
            return outcome(claim, Verdict.HELD, "");
        }
        return outcome(claim, Verdict.FAILED, "does not hold: " + evidence.text());
    }

    private ClaimOutcome outcome(Claim claim, Verdict verdict, String detail) {
        Findings findings = discovery.guard().findings();
        return new ClaimOutcome(
                claim.text(), verdict, detail, findings.file(claim.place()), findings.line(claim.place()));
    }
}
