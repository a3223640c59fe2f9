// A scenario to start from. See what it would run with 'headroom check', run it with 'headroom run', look up names of
// models, devices and number formats with 'headroom catalog'.

title    'Chat on one H100'
question 'How many people does one H100 carry, and is FP8 worth it?'

// What may change from run to run: -P users=40 sets it, 'sweep' below tries several.
def users     = param('users', 20, 'people chatting at once')
def precision = param('precision', 'fp16', 'weight format')

// Where it runs, and what that costs.
site 'here', {
    hardware 'h100-sxm5-80gb', count: 1, rent: 2.50.usd/hour
    electricity price: 0.15.usd/kWh, carbon: 300.gCO2/kWh
    cooling air(pue: 1.3)
}

// Who asks, how long questions and answers are, and what was promised.
traffic 'chat', {
    closedLoop users: users, think: exponential(mean: 10.s)
    prompt lognormal(median: 500.tokens, p95: 2000.tokens)
    answer lognormal(median: 150.tokens, p95: 400.tokens)
    slo { ttft p95: 1.s; e2e p95: 5.s }
}

// What answers.
deploy 'assistant', {
    model 'llama-3.1-8b'
    quantization precision
    at 'here', on: 'h100-sxm5-80gb', tensorParallel: 1
    batching continuous(maxSequences: 128, tokenBudget: 4096)
    kvCache paged(block: 16)
    servingEngine 'vllm'
}

route 'chat', to: 'assistant'

sweep users: [20, 50, 100, 200], precision: ['fp16', 'fp8']
simulate 10.minutes, warmup: 1.minute

// What you believe: the run says whether it holds.
expect 'FP8 answers faster at 100 users', {
    at(users: 100, precision: 'fp8').e2e.p95 < at(users: 100, precision: 'fp16').e2e.p95
}
report { compare by: 'precision', over: 'users'; pareto cost, e2e.p95, energy }
