// At which rate does the slowest percent of first tokens fall off the cliff, and what moves the edge?
//
//     ./headroom run scenarios/03-p99-cliff.groovy -o out
//     ./headroom run scenarios/03-p99-cliff.groovy -P rate=2.0 -P cache=swap -P hostMemory=8
//
// An 8-billion-parameter model leaves a 24 GB card about 5 GB for the KV cache. Long answers fill it: up to 1.65 requests a
// second 99 % of first tokens come within 0.25 s; a fifth more, and blocks run out. Who is preempted then is either
// recomputed, work that makes the next preemption likelier, or moved to the host over PCIe and back. In 8 bits a token takes
// half of the room, and the edge lies far away. Lengths are stated, not measured.
// Shows: +20 % of load multiplies p99 of TTFT by more than 50; swapping softens the fall; an FP8 cache carries 1.7 times the rate.

title    'When KV blocks run out: the cliff of p99 TTFT'
question 'How near to the edge are we, and does it help to swap or to store the cache in 8 bits?'

def rate       = param('rate', 1.65, 'requests a second')
def cache      = param('cache', 'recompute', 'recompute, swap or fp8')
def hostMemory = param('hostMemory', 64, 'GB of the host for swapped blocks')

quantization 'bf16-kv8', { basedOn 'bf16'; kvCacheBits 8 }

site 'here', {
    hardware 'rtx-4090', count: 1
}

traffic 'chat', {
    poisson rate.perSecond
    prompt lognormal(median: 200.tokens, p95: 600.tokens)
    answer lognormal(median: 600.tokens, p95: 1500.tokens)
    slo { ttft p99: 2.s }
}

deploy 'chat-8b', {
    model 'llama-3.1-8b'
    quantization cache == 'fp8' ? 'bf16-kv8' : 'bf16'
    at 'here', on: 'rtx-4090'
    kvCache paged(preemption: cache == 'swap' ? swapToHost(memory: hostMemory.GB) : recompute)
    servingEngine 'vllm'
}

route 'chat', to: 'chat-8b'

sweep rate: [1.4, 1.65, 1.98, 2.4, 2.9, 3.4], cache: ['recompute', 'swap', 'fp8']
simulate 60.minutes, warmup: 10.minutes

expect 'a fifth more load multiplies p99 of TTFT by more than 50 when caches are recomputed', {
    at(rate: 1.98, cache: 'recompute').ttft.p99 > 50 * at(rate: 1.65, cache: 'recompute').ttft.p99
}
expect 'swapping softens the fall, but does not prevent it', {
    at(rate: 1.98, cache: 'swap').ttft.p99 < 0.5 * at(rate: 1.98, cache: 'recompute').ttft.p99 &&
            at(rate: 1.98, cache: 'swap').ttft.p99 > 10 * at(rate: 1.65, cache: 'swap').ttft.p99
}
expect 'a cache in 8 bits carries at least 1.7 times the rate before p99 misses 2 s', {
    firstWhere(over: 'rate', cache: 'fp8') { ttft.p99 > 2.s } >= 1.7 * firstWhere(over: 'rate', cache: 'recompute') { ttft.p99 > 2.s }
}
report { compare by: 'cache', over: 'rate' }
