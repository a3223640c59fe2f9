package headroom.testing;

import headroom.engine.run.ObservedRun;
import headroom.plan.Plan;
import headroom.plan.PlanChecks;
import headroom.result.TrafficResult;
import java.util.List;
import java.util.Map;

/**
 * Runs one random plan through the engine and through the plain simulator and says what differs.
 *
 * @param differences empty when both agree on every instant and every histogram
 * @param counts what happened in the plain simulator, by name
 */
public record OracleCheck(Plan plan, String differences, Map<String, Integer> counts) {
    private static final int SHOWN = 3;

    /** Checks the plan of {@code seed}. */
    public static OracleCheck of(long seed) {
        Plan plan = Gen.plan(seed);
        if (!PlanChecks.problems(plan).isEmpty()) {
            throw new IllegalStateException("plan " + seed + ": " + PlanChecks.problems(plan));
        }
        PlainSimulator plain = new PlainSimulator(plan, seed, 0);
        plain.run();
        ObservedRun engine = new ObservedRun(plan, seed, 0);
        StringBuilder text = new StringBuilder();
        compareLives(text, plain.log, engine.log);
        List<TrafficResult> results = engine.result.traffics();
        for (int i = 0; i < results.size(); i++) {
            text.append(plain.meters.get(i).differences(results.get(i)));
        }
        text.append(plain.timeline.differences(engine.result.timelines()));
        return new OracleCheck(plan, text.isEmpty() ? "" : "plan of seed " + seed + ":\n" + text, counts(plain));
    }

    private static Map<String, Integer> counts(PlainSimulator plain) {
        return Map.ofEntries(
                Map.entry("requests", plain.log.lives.size()),
                Map.entry("prefix hits", plain.prefixHits()),
                Map.entry("blocks found while another sequence had them", plain.sharedBlocks()),
                Map.entry("cached blocks that gave way", plain.evictions()),
                Map.entry("cached blocks that went to the host", plain.cachedOnHost()),
                Map.entry("cached blocks that came back from the host", plain.broughtFromHost()),
                Map.entry("cached blocks that a full host forgot", plain.forgottenOnHost()),
                Map.entry("later turns of conversations", plain.laterTurns()),
                Map.entry("conversations that a refusal ended", plain.brokenOff()),
                Map.entry("preemptions", plain.log.preemptions),
                Map.entry("swaps out", plain.swapsOut()),
                Map.entry("swaps in", plain.swapsIn()),
                Map.entry("recomputed because the host was full", plain.hostFull()),
                Map.entry("accepted drafts", plain.accepted()),
                Map.entry("timeouts", plain.log.timeouts),
                Map.entry("turned away", plain.log.turnedAway),
                Map.entry("prompts longer than the token budget", plain.longPrompts()),
                Map.entry("plans with full queues", plain.everFull() ? 1 : 0),
                Map.entry("decodes stalled by prefill", plain.stalls()),
                Map.entry("steps that did not look", plain.unseen()),
                Map.entry("prompts held back whole", plain.heldBackWhole()),
                Map.entry("steps that held prompts back for other ranks", plain.heldForRanks()),
                Map.entry("ranks that had no room for another prompt", plain.fullRanks()),
                Map.entry("steps that held prompts back to fill one", plain.heldToFill()),
                Map.entry("steps that prompts filled", plain.filledSteps()),
                Map.entry("waits to fill a step that timed out", plain.filledInVain()),
                Map.entry("steps with prompts of every rank", plain.gathered()),
                Map.entry("waits for other ranks that timed out", plain.gatheredInVain()),
                Map.entry("prompts for a rank that had nothing else to do", plain.idleRanks()),
                Map.entry("full batches", plain.fullBatches()),
                Map.entry("batches that were not full", plain.partBatches()),
                Map.entry("batches that waited for the device", plain.waitsForTheDevice()),
                Map.entry("KV caches handed over", plain.handovers()),
                Map.entry("instants at which a prefilled prompt found no room", plain.heldUp()),
                Map.entry("KV caches that waited for the link", plain.queuedForLink()),
                Map.entry("KV caches for which room was kept while steps went on", plain.keptMidRun()),
                Map.entry("times that moving KV caches held all blocks", plain.paused()),
                Map.entry("steps that a power cap made longer", plain.cappedSteps()),
                Map.entry("batches that a power cap made longer", plain.cappedBatches()),
                Map.entry("pieces of prompts beside another's", plain.chunksBesideOthers()),
                Map.entry("windows that filled up while their request decoded", plain.windowsFilled()),
                Map.entry("blocks that windows left behind", plain.slidBlocks()),
                Map.entry("tokens of prompts that read a selection", plain.selections()),
                Map.entry("overtakings", plain.overtakings()));
    }

    /** Only the differences, for callers that share no classes with this one. */
    public static String differencesOf(long seed) {
        return of(seed).differences();
    }

    private static void compareLives(StringBuilder text, RequestLog plain, RequestLog engine) {
        int shown = 0;
        if (!plain.lives.keySet().equals(engine.lives.keySet())) {
            text.append("plainly ").append(plain.lives.size()).append(" requests, engine ");
            text.append(engine.lives.size()).append('\n');
        }
        for (RequestLog.Key key : plain.lives.keySet()) {
            String expected = plain.of(key.traffic(), key.index()).toString();
            String actual = engine.of(key.traffic(), key.index()).toString();
            if (!expected.equals(actual) && shown++ < SHOWN) {
                text.append(key)
                        .append("\n  plainly ")
                        .append(expected)
                        .append("\n  engine  ")
                        .append(actual);
                text.append('\n');
            }
        }
    }
}
