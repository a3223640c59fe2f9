// Six models on H100 under vLLM with random arrivals at two rates, from a public study that compares simulators with
// measurements; the rates of its A100 runs are not known.
//
//     ./headroom run scenarios/validation/sim-to-real.groovy -P data=FOLDER
//
// Reads vllm_multi_gpu_sim2real_truth.csv: stages with a known or assumed rate; each is taken to last ten minutes.
// A prefix cache is on, and prompts repeat: there are 44 different ones in the runs of this benchmark that were recorded.

title    'Validation: vLLM at two rates'
question 'How far are simulated latencies from measured ones?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/vllm_multi_gpu_sim2real_truth.csv") {
    it.stage >= 0 && it.stage_rate_req_s.toBigDecimal() > 0 && listed('model', it.model) && listed('hardware', it.gpu)
}

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'benchmark', {
    poisson row.stage_rate_req_s.toBigDecimal().perSecond
    prompt fixed((row.system_prompt_tokens + row.question_tokens).tokens)
    answer fixed(row.target_output_tokens.tokens)
    sharedPrefix (row.system_prompt_tokens + row.question_tokens).tokens, groups: 44
}

deploy 'server', {
    model row.model
    quantization row.precision
    at 'lab', on: row.gpu, tensorParallel: row.tp
    batching continuous(maxSequences: 256, tokenBudget: row.max_num_batched_tokens)
    prefixCache true
    servingEngine 'vllm'
}

route 'benchmark', to: 'server'
simulate 10.minutes, warmup: 0.s

def group = 'vLLM at two rates'
measured 'TPOT mean', row.tpot_mean_from_target_output_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group
measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group
measured 'E2E mean', row.e2e_mean_ms.ms, predicted: { e2e.mean }, group: group
measured 'E2E p99', row.e2e_p99_ms.ms, predicted: { e2e.p99 }, group: group
