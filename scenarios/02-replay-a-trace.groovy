// Which fleet should serve a recorded hour of real chat with an 8-billion-parameter model?
//
//     ./headroom run scenarios/02-replay-a-trace.groovy -P trace=my-requests.csv
//     ./headroom run scenarios/02-replay-a-trace.groovy -P fleet=l40s
//
// With a trace (Azure LLM inference or BurstGPT CSV, columns arrival_us, isl, osl, or Mooncake JSON lines) every request
// comes when it came. Without one, requests come at random at the mean rate of the published conversation trace of
// November 2023 (Azure Public Dataset, CC-BY-4.0; first 40 minutes: 14,176 requests), with its quantiles of lengths.
// Rents are median on-demand prices of GPU clouds in May 2026; power, price and carbon are stated for Frankfurt.
// Shows: for the same money an hour, two H100 answer eight times faster than twelve L4, at half the energy.

title    'An hour of chat on L4, L40S and H100'
question 'Which fleet answers 95 % of real requests within 20 s, and which is the cheapest to run?'

def file  = param('trace', '', 'trace of requests (CSV or JSON lines); without it the published quantiles and rate are used')
def fleet = param('fleet', 'h100', 'kind of device')

def count = [l4: 12, l40s: 6, h100: 2][fleet]
def rent  = [l4: 0.44, l40s: 0.92, h100: 2.40][fleet]
def name  = [l4: 'l4', l40s: 'l40s', h100: 'h100-sxm5-80gb'][fleet]

site 'frankfurt', {
    region 'eu-central'; jurisdiction 'EU'
    hardware name, count: count, rent: rent.usd/hour
    electricity price: 0.21.usd/kWh, carbon: 370.gCO2/kWh
    cooling air(pue: 1.35)
}

traffic 'chat', {
    if (file) {
        trace file
    } else {
        poisson 5.907.perSecond
        prompt quantiles(p0: 2.tokens, p5: 181.tokens, p25: 396.tokens, p50: 1015.tokens, p75: 1204.tokens,
                p90: 4074.tokens, p99: 4122.tokens, p100: 14050.tokens)
        answer quantiles(p0: 7.tokens, p5: 39.tokens, p25: 81.tokens, p50: 115.tokens, p75: 393.tokens,
                p90: 421.tokens, p99: 598.tokens, p100: 1000.tokens)
    }
    slo { ttft p95: 2.s; e2e p95: 20.s }
}

deploy 'chat-8b', {
    model 'llama-3.1-8b'
    quantization 'fp8'
    at 'frankfurt', on: name
    replicas count
    servingEngine 'vllm'
}

route 'chat', to: 'chat-8b', policy: leastLoaded

sweep fleet: ['l4', 'l40s', 'h100']
if (file) {
    simulate untilDone
} else {
    simulate 40.minutes, warmup: 5.minutes
}
expect 'H100 costs less per token than L4, although each costs more per hour', {
    at(fleet: 'h100').cost.per1MOutputTokens < at(fleet: 'l4').cost.per1MOutputTokens
}
report { compare by: 'fleet'; pareto cost, e2e.p95, energy }
