// What does it cost an embedding service to wait for larger batches, beside a chat on the same site?
//
//     ./headroom run scenarios/05-embeddings-beside-chat.groovy -o out
//     ./headroom run scenarios/05-embeddings-beside-chat.groovy -P rate=1500 -P delay=0,3 -P instances=2
//
// An embedding model does the same work for every passage, so its requests have no prompt and no answer length. A batch is
// launched when it is full, or when its oldest passage has waited the delay. Each model has an L4 of its own, and the site
// pays for both. Rates are stated, not measured; the shares of peak of embedding models are of low confidence.
// Shows: a card that launches whatever waits is faster at every load, since its batches grow by themselves; waiting saves a
// little energy at low load; and no delay carries more than the card computes, about 500 passages a second.

title    'Embeddings in batches, beside chat'
question 'How long should an embedding service wait for company?'

def rate      = param('rate', 200, 'passages a second')
def delay     = param('delay', 0, 'milliseconds the oldest passage waits for company')
def instances = param('instances', 1, 'batches under way on the card')

site 'here', {
    hardware 'l4', count: 2, rent: 0.70.usd/hour
    electricity price: 0.21.usd/kWh, carbon: 370.gCO2/kWh
    cooling air(pue: 1.35)
}

traffic 'passages', {
    poisson rate.perSecond
    slo { e2e p99: 100.ms }
}
traffic 'chat', {
    closedLoop users: 8, think: exponential(mean: 10.s)
    prompt lognormal(median: 900.tokens, p95: 2200.tokens)
    answer lognormal(median: 120.tokens, p95: 300.tokens)
    slo { e2e p95: 30.s }
}

deploy 'embeddings', {
    model 'bge-base-en-v1.5'
    quantization 'fp16'
    at 'here', on: 'l4'
    batching dynamic(maximum: 32, delay: delay.ms, instances: instances)
    admission queue: 4096
}
deploy 'chat-8b', {
    model 'llama-3.1-8b'
    quantization 'fp8'
    at 'here', on: 'l4'
}
route 'passages', to: 'embeddings'
route 'chat', to: 'chat-8b'

sweep rate: [50, 200, 400, 550], delay: [0, 10, 40]
simulate 10.minutes, warmup: 1.minutes
expect 'who does not wait for company is faster at the slowest percent, at any load that the card carries', {
    at(rate: 50, delay: 0).traffic('passages').e2e.p99 < 0.2 * at(rate: 50, delay: 40).traffic('passages').e2e.p99 &&
            at(rate: 400, delay: 0).traffic('passages').e2e.p99 < at(rate: 400, delay: 10).traffic('passages').e2e.p99
}
expect 'waiting saves busy time, and with it energy, where little comes', {
    at(rate: 50, delay: 40).traffic('passages').busy < 0.9 * at(rate: 50, delay: 0).traffic('passages').busy &&
            at(rate: 50, delay: 40).traffic('passages').energy.total < at(rate: 50, delay: 0).traffic('passages').energy.total
}
expect 'no delay carries 550 passages a second', {
    at(rate: 550, delay: 0).traffic('passages').rejected > 0 && at(rate: 550, delay: 40).traffic('passages').rejected > 0
}
expect 'the chat beside it does not notice', {
    at(rate: 550, delay: 0).traffic('chat').e2e.p95 == at(rate: 50, delay: 0).traffic('chat').e2e.p95
}
report { compare by: 'delay', over: 'rate' }
