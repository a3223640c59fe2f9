// gpt-oss-120b on one H200 under vLLM 0.22 with a draft head (EAGLE-3), closed loop of 1 to 128 users.
//
//     ./headroom run scenarios/validation/speculative-h200.groovy -P data=FOLDER
//
// Reads the runs of vllm_gptoss120b_h200_sweep.csv that draft. Seven tokens are drafted a step; how many of each position are accepted
// is what the server counted in each run (GloriaXimingLu/inferencex-profiling, results_spec): 1.05 to 1.34 a step. The head,
// nvidia/gpt-oss-120b-Eagle3-v3, is one dense layer with an LM head of its own, by dimensions as recalled, in bf16.
//
// The gap between the pieces of a stream is that of steps, so it judges drafting and verifying by themselves.
//
// Known: a step of one to eight users is 9 to 15 % too long, as if drafted tokens visited the same experts more than is charged (a
// correlation of 0.06 instead of 0.015 left 7 % of 16; a trace of this model's routing has 0.048, docs/physics.md), and one of 32 and
// more 6 to 10 % too short, some 0.1 ms for each sequence: what accepting and rejecting costs its host is not charged. So drafting is
// said to lose 7 % of the throughput of one user and win 3 % of that of 32, where measured it wins 8 % and loses 6 %. Of some texts
// fewer tokens are accepted than of others, which no count says: p99 of TPOT and E2E are a quarter short.

title    'Validation: gpt-oss-120b with EAGLE-3 on one H200, vLLM 0.22'
question 'How far is simulated speculative decoding from what was measured?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/vllm_gptoss120b_h200_sweep.csv") { it.spec_decode == 'eagle3' && it.tp == 1 }

// Of each drafted position the share accepted, given that those before it were, by users.
def accepted = [
        1: [0.597, 0.604, 0.586, 0.462, 0.648, 0.071, 0.333], 2: [0.595, 0.614, 0.465, 0.568, 0.824, 0.161, 0.828],
        4: [0.515, 0.527, 0.471, 0.508, 0.631, 0.443, 0.731], 8: [0.615, 0.572, 0.5, 0.52, 0.71, 0.351, 0.682],
        16: [0.589, 0.579, 0.441, 0.488, 0.646, 0.322, 0.77], 32: [0.56, 0.577, 0.421, 0.54, 0.573, 0.348, 0.783],
        64: [0.544, 0.552, 0.428, 0.507, 0.628, 0.293, 0.713], 128: [0.611, 0.597, 0.43, 0.539, 0.694, 0.224, 0.757],
        256: [0.687, 0.664, 0.405, 0.498, 0.737, 0.283, 0.84]]

// Evenly between 80 and 100 % of a nominal length, of which the mean is known.
def around = { mean -> uniform((mean * 8 / 9).intValue().tokens, (mean * 10 / 9).intValue().tokens) }

site 'lab', { hardware 'h200', count: 1 }

traffic 'benchmark', {
    concurrency row.concurrency, requests: row.num_prompts
    prompt around(row.isl_mean_tokens)
    answer around(row.osl_mean_tokens)
}

model 'eagle3', {
    layers 1
    hidden 2880
    vocabulary 201088
    contextLimit 131072.tokens
    attention heads: 64, kvHeads: 8, headDim: 64
    feedForward width: 17280
}

deploy 'server', {
    model 'gpt-oss-120b'
    quantization 'mxfp4'
    at 'lab', on: 'h200'
    batching continuous(maxSequences: row.max_num_seqs, tokenBudget: row.max_num_batched_tokens)
    servingEngine 'vllm'
    speculative draft: 'eagle3', tokens: 7, acceptance: accepted[row.concurrency]
}

route 'benchmark', to: 'server'

def group = 'gpt-oss H200 EAGLE-3'
measured 'output tokens/s', row.output_tok_s.tokens/s, predicted: { tokenRate }, group: group
measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group
measured 'TPOT p99', row.tpot_p99_ms.ms, predicted: { tpot.p99 }, group: group
measured 'gap of steps mean', row.itl_mean_ms.ms, predicted: { itl.mean }, group: group
measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group
measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group
measured 'E2E mean', row.e2el_mean_ms.ms, predicted: { e2e.mean }, group: group
measured 'E2E p99', row.e2el_p99_ms.ms, predicted: { e2e.p99 }, group: group
