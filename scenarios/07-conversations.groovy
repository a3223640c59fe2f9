// What does a prefix cache win when chats have memory, and when does it stop winning?
//
//     ./headroom run scenarios/07-conversations.groovy -o out
//     ./headroom run scenarios/07-conversations.groovy -P think=300 -P device=h100-sxm5-80gb
//
// Each question of a conversation sends everything said before with it, behind one system prompt of 500 tokens. A prefix cache
// keeps the KV blocks of it in the memory that running requests leave over; the longer users think, the more conversations
// push each other out before their next question. Lengths and numbers of turns are stated, not measured.
// Shows: with 20 s of thinking a prefix cache makes p95 of TTFT a hundred times as short; with a minute it helps little, since three
// quarters of what it held are gone.

title    'Chats with memory: what a prefix cache wins'
question 'Should the prefix cache be on, and how long do conversations survive in it?'

def think  = param('think', 20, 'seconds that users think between an answer and their next question, on average')
def cache  = param('cache', true, 'whether there is a prefix cache')
def device = param('device', 'a100-sxm4-80gb', 'the card')

site 'here', {
    hardware device, count: 1
}

traffic 'chat', {
    poisson 0.5.perSecond
    turns mean: 6, think: exponential(mean: think.s)
    sharedPrefix 500.tokens
    prompt lognormal(median: 650.tokens, p95: 1000.tokens)
    answer lognormal(median: 200.tokens, p95: 500.tokens)
    slo { ttft p95: 1.s }
}

deploy 'chat-8b', {
    model 'llama-3.1-8b'
    quantization 'bf16'
    at 'here', on: device
    prefixCache cache
    servingEngine 'vllm'
}

route 'chat', to: 'chat-8b'

sweep think: [5, 20, 60, 180, 600], cache: [false, true]
simulate 60.minutes, warmup: 20.minutes

expect 'with at most 20 s of thinking, only a prefix cache keeps TTFT p95 within 1 s', {
    [5, 20].every { at(think: it, cache: true).ttft.p95 < 1.s && at(think: it, cache: false).ttft.p95 > 100.s }
}
expect 'at 20 s it finds more than three quarters of all prompt tokens, at 60 s less than a quarter', {
    at(think: 20, cache: true).prefixHitRate > 75.percent && at(think: 60, cache: true).prefixHitRate < 25.percent
}
expect 'what it finds needs no prefill: a quarter fewer joules for each token answered at 20 s', {
    at(think: 20, cache: true).energy.perOutputToken < 0.75 * at(think: 20, cache: false).energy.perOutputToken
}
report { compare by: 'cache', over: 'think' }
