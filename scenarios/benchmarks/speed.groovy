// How fast does Headroom simulate? The workload on which simulators are compared.
//
//     ./headroom run scenarios/benchmarks/speed.groovy
//     ./headroom run scenarios/benchmarks/speed.groovy -P size=20000000
//     ./headroom run scenarios/benchmarks/speed.groovy -P trace=requests.csv
//
// Llama-3.1-8B in BF16 on eight A100-80GB, each a replica of its own; least-loaded routing; ten requests a second and
// replica; prompts and answers lognormal with means of 512 and 128 tokens and a coefficient of variation of 0.6; chunked
// prefill, paged KV cache, every histogram, energy and cost. With -P trace=FILE (columns arrival_us, isl, osl) it replays
// the very request file that another simulator is given.

title    'Speed: 8 replicas of Llama-3.1-8B on A100'
question 'How long does it take to simulate these requests?'

def file   = param('trace', '', 'requests to replay (CSV: arrival_us, isl, osl)')
def size   = param('size', 1000000, 'requests to simulate when there is no trace, about')
def copies = param('copies', 8, 'replicas; the load grows with them')

def rate = 10 * copies

site 'lab', {
    hardware 'a100-sxm4-80gb', count: copies, rent: 1.80.usd/hour
    electricity price: 0.12.usd/kWh, carbon: 370.gCO2/kWh
    cooling air(pue: 1.25)
}

traffic 'chat', {
    if (file) {
        trace file
    } else {
        poisson rate.perSecond
        prompt lognormal(mean: 512.tokens, cv: 0.6)
        answer lognormal(mean: 128.tokens, cv: 0.6)
    }
    slo { ttft p95: 500.ms }
}

deploy 'llama', {
    model 'llama-3.1-8b'
    quantization 'bf16'
    at 'lab', on: 'a100-sxm4-80gb'
    replicas copies
    batching continuous(maxSequences: 256, tokenBudget: 2048)
    kvCache paged(block: 16)
    servingEngine 'vllm'
}

route 'chat', to: 'llama', policy: leastLoaded

if (file) {
    simulate untilDone
} else {
    simulate (size / rate).s, warmup: 0.s
}
