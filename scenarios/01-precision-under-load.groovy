// Which precision should an internal support assistant of 73 billion parameters use?
//
//     ./headroom run scenarios/01-precision-under-load.groovy -o out
//     ./headroom run scenarios/01-precision-under-load.groovy -P users=110,120,130 -P precision=int8
//
// One server of eight A100-80GB in Frankfurt, ten to two hundred people chatting. Fewer bits are fewer bytes that every
// token waits for, but INT8 also multiplies faster, and INT4 is unpacked to 16 bits first: which one carries more people
// changes with the load.
// Shows: FP16 misses 2 s from 50 users on, INT4 from 75, INT8 from 100.

title    'Support assistant on 8 x A100: which precision?'
question 'From how many users does p95 miss 2 s, and what does an answer cost?'

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
    prompt lognormal(median: 400.tokens, p95: 1200.tokens)
    answer lognormal(median: 45.tokens, p95: 80.tokens)
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

sweep users: [10, 25, 50, 75, 100, 150, 200], precision: ['fp16', 'int8', 'int4-awq']
simulate 30.minutes, warmup: 5.minutes

expect 'INT8 answers faster than FP16 at 50 users', {
    at(users: 50, precision: 'int8').e2e.p95 < at(users: 50, precision: 'fp16').e2e.p95
}
expect 'INT8 holds p95 < 2 s for at least twice as many users as FP16', {
    firstWhere(over: 'users', precision: 'int8') { e2e.p95 > 2.s } >= 2 * firstWhere(over: 'users', precision: 'fp16') { e2e.p95 > 2.s }
}
expect 'INT8 is the cheapest that holds the SLO', {
    best(where: { meetsSlo }) { cost.per1MOutputTokens }.precision == 'int8'
}
expect 'INT8 overtakes INT4 below 50 users', {
    crossover(over: 'users', of: [precision: 'int8'], below: [precision: 'int4-awq']) { e2e.p95 } < 50
}
report { compare by: 'precision', over: 'users'; pareto cost, e2e.p95, energy }
