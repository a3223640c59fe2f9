// Energy and speed of language models on A100 and H100 as the ML.ENERGY benchmark (version 2) measured them in 2024: so many chats that
// are answered by vLLM at once, in a steady state. GPU energy alone, as the benchmark counts it.
//
//     ./headroom run scenarios/validation/ml-energy-v2.groovy -P data=FOLDER
//
// Reads mlenergy_v2_llm.csv, chats of models in the catalogue, in 16 bits; Phi-3-small, StarCoder2 and CodeGemma are not there. Users
// are the measured mean batch. Prompts are ShareGPT's first turns, 350 characters in the mean, behind a system prompt
// (benchmark/llm_text_generation/chat of ml-energy/leaderboard): 120 tokens are assumed, and answers of half to one and a half times the
// mean. vLLM 0.5.4 computed prompts apart, 4,096 tokens at most, and its API server ran in the engine's own process, which hands every
// token to its request: 385 us for each of them a step and 10 ms besides (85 us and 3 ms without, as in argonne.groovy), chosen on the
// throughput of all rows of one device, of which Llama-3.1-8B is a group of its own; where there are several devices, another 5 ms for
// each, which the host starts one after the other: chosen on all rows of several. TPOT is the mean of what vLLM's iterations told, which
// leaves out what steps of prompts take: users / TPOT is more than the measured tokens a second, the more, the more users there are (6 %
// with 128, twice with 1,300). TPOT of rows that are a tenth apart is a group. Constants of energy were fitted to rows of this
// benchmark, too, at measured speeds.
//
// Known: the server's host paces these rows, 2,000 to 2,700 tokens a second whatever the model, so they say little of devices. Without
// the two chosen constants throughput is 2.5 to 2.8 times as high as measured, and 1.4 times on several devices without the third. A
// step of prompts lost 0.1 ms for every user, which is not simulated apart, so that TPOT of many users comes out up to 93 % too long
// where throughput is right. Gemma 2 of 9 billion weights is 5 to 19 % too fast, Mixtral and Llama-3.1-70B on A100 take up to 60 % less
// energy than here: devices that wait for the host draw less than their own idle power and its share of the step say.

title    'Validation: ML.ENERGY of 2024, language models'
question 'How far are simulated energy per token and token times from measured ones?'

def devices = ['A100-SXM4-40GB': 'a100-sxm4-40gb', 'H100 80GB HBM3': 'h100-sxm5-80gb']

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/mlenergy_v2_llm.csv") {
    it.task == 'llm_text_generation/chat' && listed('model', it.model)
}

def device = devices[row.gpu], tokens = row.avg_output_len_tokens
// An answer takes about so long; four of them are simulated, the first of which warms up.
def answerTime = (row.tpot_avg_ms * tokens).ms

site 'lab', { hardware device, count: row.num_gpus }

traffic 'benchmark', {
    closedLoop users: Math.round(row.avg_batch_size).intValue(), think: fixed(0.s)
    prompt lognormal(mean: 120.tokens, cv: 1.1)
    answer uniform((tokens / 2).intValue().tokens, (tokens * 3 / 2).intValue().tokens)
}

deploy 'server', {
    model row.model
    at 'lab', on: device, tensorParallel: row.tp
    batching continuous(maxSequences: row.max_batch_size, tokenBudget: 4096, scheduler: prefillFirst())
    servingEngine 'vllm-2024', constants: [per_sequence: 385, per_step: 10_000 + (row.tp > 1 ? 5_000 * row.tp : 0)]
}

route 'benchmark', to: 'server'
simulate answerTime * 4, warmup: answerTime

def kind = row.tp > 1 ? 'several devices' : row.model.endsWith('8B-Instruct') ? 'Llama-3.1-8B' : row.gpu.take(4)
def group = "ML.ENERGY 2024 $kind".toString()
measured 'energy per output token', row.energy_per_output_token_j.J/token,
        predicted: { energy.devicesPerOutputToken }, group: group
measured 'output tokens/s', row.output_tok_s_total.tokens/s, predicted: { tokenRate }, group: group
// Tokens a second of all users' answers, were they decoding all the time.
def decoded = row.avg_batch_size / row.tpot_avg_ms * 1000
measured 'TPOT mean', row.tpot_avg_ms.ms, predicted: { tpot.mean },
        group: decoded > 1.1 * row.output_tok_s_total ? 'ML.ENERGY 2024 whose prompts take time' : group
