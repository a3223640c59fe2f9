package headroom.engine.workload;

import headroom.engine.kernel.Draws;
import headroom.engine.kernel.RandomStreams;
import headroom.plan.traffic.LengthSpec;
import headroom.plan.traffic.SessionSpec;
import headroom.plan.traffic.TrafficSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * The conversations that are going on in one traffic class, by who holds them: each turn's prompt is what was said before and a
 * new message. A turn that is refused, or gives up waiting, is the last.
 */
final class Conversations {
    private final RequestDraws draws;
    private final SharedPrompts shared;
    private final SendWindow window;
    private final Draws turnDraws;
    private final Lengths turns;
    private final Map<Integer, Conversation> byHolder = new HashMap<>();
    private int begun;

    Conversations(TrafficSpec traffic, SessionSpec spec, RequestDraws draws, RandomStreams streams, SendWindow window) {
        this.draws = draws;
        this.shared = new SharedPrompts(traffic, streams);
        this.window = window;
        this.turnDraws = streams.named("turns/" + traffic.name());
        this.turns = Lengths.of(
                spec.turns() instanceof SessionSpec.Geometric geometric
                        ? new LengthSpec.Geometric(geometric.mean())
                        : new LengthSpec.Fixed(((SessionSpec.Exactly) spec.turns()).count()));
    }

    /** The next turn of the conversation that {@code holder} holds, or the first of a new one; its message is drawn by {@code index}. */
    Request request(int traffic, int holder, long index, long nowNanos) {
        int messageTokens = draws.promptTokens(index);
        int answerTokens = draws.outputTokens(index);
        Conversation conversation = byHolder.get(holder);
        if (conversation == null) {
            SharedPrompt prompt = shared.ofConversation(begun++, index, messageTokens);
            conversation = new Conversation(prompt, turns.draw(turnDraws, index));
            byHolder.put(holder, conversation);
        }
        int promptTokens = conversation.saidTokens + messageTokens;
        conversation.saidTokens = promptTokens + answerTokens;
        conversation.turnsLeft--;
        conversation.turnsHad++;
        return new Request(
                traffic,
                holder,
                index,
                window.measures(nowNanos),
                nowNanos,
                promptTokens,
                answerTokens,
                conversation.prompt);
    }

    /** Whether the conversation of {@code request} goes on after its answer or refusal. */
    boolean answered(Request request, boolean refused) {
        Conversation conversation = byHolder.get(request.user());
        if (conversation == null) {
            throw new IllegalStateException("an answer to a conversation that is over");
        }
        boolean goesOn = !refused && conversation.turnsLeft > 0;
        if (!goesOn) {
            byHolder.remove(request.user());
        }
        return goesOn;
    }

    /** Turns that the conversation of {@code holder} has had; 0 before its first. */
    int turnsOf(int holder) {
        Conversation conversation = byHolder.get(holder);
        return conversation == null ? 0 : conversation.turnsHad;
    }

    private static final class Conversation {
        final SharedPrompt prompt;
        int turnsLeft;
        int turnsHad;
        int saidTokens;

        Conversation(SharedPrompt prompt, int turnsLeft) {
            this.prompt = prompt;
            this.turnsLeft = turnsLeft;
        }
    }
}
