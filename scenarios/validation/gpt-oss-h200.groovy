// gpt-oss-120b on one H200 under vLLM 0.22, closed loop of 1 to 128 users: is the simulated run like the measured one?
//
//     ./headroom run scenarios/validation/gpt-oss-h200.groovy -P data=FOLDER
//
// Reads vllm_gptoss120b_h200_sweep.csv: client percentiles of a public benchmark (about 7,200 tokens in, 900 out, drawn
// evenly between 80 and 100 % of 8,192 and 1,024). Runs with speculative decoding are left out.
// Power is the GPU's own mean while the client ran, so that of runs below a minute also holds seconds before and after (a GPU in use
// for 61 to 85 % of them): those are not compared.

title    'Validation: gpt-oss-120b on one H200, vLLM 0.22'
question 'How far are simulated latencies and throughput from measured ones?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/vllm_gptoss120b_h200_sweep.csv") { it.spec_decode == 'none' && it.tp == 1 }

// Evenly between 80 and 100 % of a nominal length, of which the mean is known.
def around = { mean -> uniform((mean * 8 / 9).intValue().tokens, (mean * 10 / 9).intValue().tokens) }

site 'lab', { hardware 'h200', count: 1 }

traffic 'benchmark', {
    concurrency row.concurrency, requests: row.num_prompts
    prompt around(row.isl_mean_tokens)
    answer around(row.osl_mean_tokens)
}

deploy 'server', {
    model 'gpt-oss-120b'
    quantization 'mxfp4'
    at 'lab', on: 'h200'
    batching continuous(maxSequences: row.max_num_seqs, tokenBudget: row.max_num_batched_tokens)
    servingEngine 'vllm'
}

route 'benchmark', to: 'server'

def group = 'gpt-oss H200'
measured 'output tokens/s', row.output_tok_s.tokens/s, predicted: { tokenRate }, group: group
measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group
measured 'TPOT p99', row.tpot_p99_ms.ms, predicted: { tpot.p99 }, group: group
measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group
measured 'TTFT p50', row.ttft_median_ms.ms, predicted: { ttft.p50 }, group: group
measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group
measured 'E2E mean', row.e2el_mean_ms.ms, predicted: { e2e.mean }, group: group
measured 'E2E p99', row.e2el_p99_ms.ms, predicted: { e2e.p99 }, group: group
measured 'KV cache use mean', row.kv_usage_mean_pct.percent, predicted: { kvUse }, group: group
if (row.duration_s >= 60) {
    measured 'energy per output token', row.gpu_j_per_output_token.J/token, predicted: { energy.devicesPerOutputToken }, group: group
    measured 'power of the device', row.gpu_power_mean_w.W, predicted: { energy.devicesPerOutputToken * tokenRate }, group: group
}
