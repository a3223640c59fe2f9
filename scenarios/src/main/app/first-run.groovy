// The launcher runs this once after a build, so that Java can store the classes that a run loads.
title 'Tiny assistant'
question 'Does one L4 carry it?'

def users = param('users', 2, 'people chatting at once')
def precision = param('precision', 'fp8', 'weight format')

site 'here', {
    hardware 'l4', count: 1, rent: 0.5.usd/hour
    electricity price: 0.21.usd/kWh, carbon: 370.gCO2/kWh
    cooling air(pue: 1.2)
}
traffic 'chat', {
    closedLoop users: users, think: exponential(mean: 1.s)
    prompt lognormal(median: 60.tokens, p95: 240.tokens)
    answer lognormal(median: 20.tokens, p95: 50.tokens)
    slo { e2e p95: 2.s }
}
deploy 'bot', {
    model 'llama-3.1-8b'
    quantization precision
    at 'here', on: 'l4', tensorParallel: 1
    batching continuous(maxSequences: 8, tokenBudget: 512)
    kvCache paged(block: 16)
    servingEngine 'vllm'
}
route 'chat', to: 'bot'

sweep users: [1, 2, 4], precision: ['fp8', 'int8']
replications 2
simulate 60.s, warmup: 10.s

expect 'one user waits less than four', {
    at(users: 1, precision: 'fp8').e2e.p95 < at(users: 4, precision: 'fp8').e2e.p95
}
expect 'INT8 carries at least half as many users', {
    2 * firstWhere(over: 'users', precision: 'int8') { e2e.p95 > 300.ms } >= firstWhere(over: 'users', precision: 'fp8') { e2e.p95 > 300.ms }
}
report { compare by: 'precision', over: 'users'; pareto cost, e2e.p95, energy }
