// Which precision holds p95 < 2 s at 50 users on 8 x A100, and what does an answer cost?
//
//     ./headroom run scenarios/00-example.groovy -o out
//     ./headroom run scenarios/00-example.groovy -P users=50,60,70 -P precision=int8
//
// The example to read first: one site, one class of requests, one deployment, two parameters that are swept.
// Shows: at 50 users no precision holds 2 s (INT8 2.95 s, INT4 4.12 s, FP16 4.92 s); a million answer tokens cost 12.9, 13.4
// and 14.4 USD. At 25 users INT8 holds it.

title    'Support assistant on 8 x A100: which precision?'
question 'Which precision holds p95 < 2 s at 50 users, and what does an answer cost?'

def users     = param('users', 50, 'people chatting at once')
def precision = param('precision', 'fp16', 'weight format')

site 'frankfurt', {
    region 'eu-central'; jurisdiction 'EU'
    hardware 'a100-sxm4-80gb', count: 8, rent: 1.80.usd/hour
    electricity price: 0.21.usd/kWh, carbon: 370.gCO2/kWh
    cooling air(pue: 1.35)
}

traffic 'support', {
    closedLoop users: users, think: exponential(mean: 8.s)
    prompt lognormal(median: 600.tokens, p95: 2400.tokens)
    answer lognormal(median: 60.tokens, p95: 110.tokens)
    slo { ttft p95: 500.ms; e2e p95: 2.s }
}

deploy 'assistant', {
    model 'qwen2.5-72b'
    quantization precision
    at 'frankfurt', on: 'a100-sxm4-80gb', tensorParallel: 8
    batching continuous(maxSequences: 256, tokenBudget: 8192)
    kvCache paged(block: 16)
    servingEngine 'vllm'
}

route 'support', to: 'assistant'

sweep users: [10, 25, 50, 100, 200], precision: ['fp16', 'int8', 'int4-awq']
replications 5
simulate 30.minutes, warmup: 5.minutes

expect 'INT8 answers faster than FP16 at 50 users', {
    at(users: 50, precision: 'int8').e2e.p95 < at(users: 50, precision: 'fp16').e2e.p95
}
report { compare by: 'precision', over: 'users'; pareto cost, e2e.p95, energy }
