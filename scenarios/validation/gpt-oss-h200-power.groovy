// Power and energy of gpt-oss-120b on one H200 under vLLM 0.22, closed loop of 4 to 128 users.
//
//     ./headroom run scenarios/validation/gpt-oss-h200-power.groovy -P data=FOLDER
//
// Reads vllm_gptoss120b_h200_sweep.csv: the runs of gpt-oss-h200.groovy that last a minute or more. Power is the GPU's own mean while
// the client ran, so that of shorter runs also holds seconds before and after (a GPU in use for 61 to 85 % of them).

title    'Validation: power of gpt-oss-120b on one H200'
question 'How far are simulated power and energy from measured ones?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/vllm_gptoss120b_h200_sweep.csv") { it.spec_decode == 'none' && it.tp == 1 && it.duration_s >= 60 }

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

measured 'energy per output token', row.gpu_j_per_output_token.J/token, predicted: { energy.devicesPerOutputToken }, group: 'gpt-oss H200'
measured 'power of the device', row.gpu_power_mean_w.W, predicted: { energy.devicesPerOutputToken * tokenRate }, group: 'gpt-oss H200'
