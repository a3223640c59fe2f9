package headroom.testing;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.RandomStreams;
import headroom.engine.workload.SharedPrompt;
import headroom.engine.workload.SharedPrompts;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The conversations of one traffic class, each a list of all that was said. */
final class PlainSessions {
    private final SessionSpec spec;
    private final SharedPrompts shared;
    private final Draws turnDraws;
    private final Map<Integer, Talk> talks = new HashMap<>();
    private int begun;

    int laterTurns;
    int brokenOff;

    private static final class Talk {
        final List<Integer> prompts = new ArrayList<>();
        final List<Integer> messages = new ArrayList<>();
        final List<Integer> answers = new ArrayList<>();
        int name;
        long first;
        int turns;
    }

    PlainSessions(TrafficSpec traffic, SessionSpec spec, RandomStreams streams) {
        this.spec = spec;
        this.shared = new SharedPrompts(traffic, streams);
        this.turnDraws = streams.named("turns/" + traffic.name());
    }

    /** Turns of the talk that {@code holder} is in. */
    int turnsHad(int holder) {
        return talks.containsKey(holder) ? talk(holder).prompts.size() : 0;
    }

    /** The prompt of the next turn, with that message and answer. */
    int prompt(int holder, long index, int message, int answer) {
        if (!talks.containsKey(holder)) {
            Talk talk = new Talk();
            talk.name = begun++;
            talk.first = index;
            talk.turns = turns(turnDraws.uniform(index));
            talks.put(holder, talk);
        } else {
            laterTurns++;
        }
        Talk talk = talk(holder);
        talk.messages.add(message);
        int prompt = talk.messages.stream().mapToInt(Integer::intValue).sum()
                + talk.answers.stream().mapToInt(Integer::intValue).sum();
        talk.prompts.add(prompt);
        talk.answers.add(answer);
        return prompt;
    }

    SharedPrompt shared(int holder) {
        Talk talk = talk(holder);
        return shared.ofConversation(talk.name, talk.first, talk.messages.get(0));
    }

    /** Whether the talk goes on after its latest turn. */
    boolean goesOn(int holder, boolean refused) {
        Talk talk = talk(holder);
        boolean goesOn = !refused && talk.prompts.size() < talk.turns;
        if (!goesOn) {
            brokenOff += refused && talk.prompts.size() > 1 ? 1 : 0;
            talks.remove(holder);
        }
        return goesOn;
    }

    /** Walks along the geometric distribution instead of inverting it. */
    private int turns(double uniform) {
        if (spec.turns() instanceof SessionSpec.Exactly exactly) {
            return exactly.count();
        }
        double mean = ((SessionSpec.Geometric) spec.turns()).mean();
        double goesOn = 1 - 1 / mean;
        int turns = 1;
        for (double beyond = goesOn; beyond > 1 - uniform; beyond *= goesOn) {
            turns++;
        }
        return turns;
    }

    private Talk talk(int holder) {
        return Objects.requireNonNull(talks.get(holder));
    }
}
