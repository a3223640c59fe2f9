package headroom.trace;

import headroom.engine.observe.Rejection;
import headroom.engine.workload.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The life of each request as nested events: the whole of it, and in it waiting, prefill, transfer and decode. */
final class RequestTracks {
    private static final String WAITING = "waiting";
    private static final String PREFILL = "prefill";
    private static final String TRANSFER = "transfer";
    private static final String DECODE = "decode";
    private static final String BATCH = "batch";

    private final Events events;
    private final String[] traffics;
    private final int firstProcess;
    private final Map<Request, Life> lives = new LinkedHashMap<>();
    private long born;

    private static final class Life {
        final long id;

        @Nullable
        String phase;

        long phaseNanos;
        boolean swapped;

        Life(long id) {
            this.id = id;
        }
    }

    /** Names one process for each traffic class. */
    RequestTracks(Events events, String[] traffics, int firstProcess) {
        this.events = events;
        this.traffics = traffics;
        this.firstProcess = firstProcess;
        for (int i = 0; i < traffics.length; i++) {
            events.process(firstProcess + i, "requests of " + traffics[i]);
        }
    }

    void arrived(Request request, boolean tokens, long now) {
        Life life = new Life(++born);
        lives.put(request, life);
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("number", request.index() & 0xFFFF_FFFFL);
        args.put("user", request.user());
        if (tokens) {
            args.put("prompt_tokens", request.promptTokens());
            args.put("output_tokens", request.outputTokens());
        }
        args.put("counts", request.measured());
        events.begin(process(request), life.id, name(request), now, args);
        enter(request, life, WAITING, now);
    }

    void rejected(Request request, Rejection reason, long now) {
        happened(request, "rejected", "reason", reason.reason(), now);
        leave(request, now);
    }

    void timedOut(Request request, long now) {
        happened(request, "gave up waiting", "", "", now);
        leave(request, now);
    }

    void admitted(Request request, boolean tokens, long now) {
        enter(request, life(request), tokens ? PREFILL : BATCH, now);
    }

    void preempted(Request request, boolean swapped, long now) {
        life(request).swapped = swapped;
        happened(request, "preempted", "then", swapped ? "swapped to the host" : "recomputed", now);
        enter(request, life(request), WAITING, now);
    }

    void rejoined(Request request, long now) {
        Life life = life(request);
        enter(request, life, life.swapped ? DECODE : PREFILL, now);
        life.swapped = false;
    }

    /** Another pool decodes it. */
    void prefilled(Request request, long now) {
        enter(request, life(request), TRANSFER, now);
    }

    void firstToken(Request request, long now) {
        if (request.outputTokens() > 1) {
            enter(request, life(request), DECODE, now);
        }
    }

    void resumed(Request request, long now) {
        Life life = life(request);
        if (PREFILL.equals(life.phase)) {
            enter(request, life, DECODE, now);
        }
    }

    void finished(Request request, long now) {
        leave(request, now);
    }

    /** Ends what has not ended. */
    void close(long now) {
        Map<String, Object> unfinished = Map.of("unfinished", true);
        lives.forEach((request, life) -> end(request, life, now, unfinished));
        lives.clear();
    }

    private void happened(Request request, String what, String key, Object value, long now) {
        Map<String, Object> args = key.isEmpty() ? Map.of() : Map.of(key, value);
        events.instant(process(request), life(request).id, what, now, args);
    }

    private void enter(Request request, Life life, String phase, long now) {
        endPhase(request, life, now);
        life.phase = phase;
        life.phaseNanos = now;
    }

    private void leave(Request request, long now) {
        end(request, life(request), now, Map.of());
        lives.remove(request);
    }

    private void end(Request request, Life life, long now, Map<String, Object> args) {
        endPhase(request, life, now);
        events.end(process(request), life.id, name(request), now, args);
    }

    /** Says the phase that ends now, unless it took no time. */
    private void endPhase(Request request, Life life, long now) {
        if (life.phase != null && life.phaseNanos < now) {
            events.begin(process(request), life.id, life.phase, life.phaseNanos, Map.of());
            events.end(process(request), life.id, life.phase, now, Map.of());
        }
    }

    private Life life(Request request) {
        Life life = lives.get(request);
        if (life == null) {
            throw new IllegalStateException(request + " has not arrived");
        }
        return life;
    }

    private int process(Request request) {
        return firstProcess + request.traffic();
    }

    private String name(Request request) {
        return traffics[request.traffic()];
    }
}
