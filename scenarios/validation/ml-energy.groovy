// Energy and speed of language models on H100 and B200 as the ML.ENERGY benchmark (version 3) measured them: so many users that ask
// again at once, in a steady state, under vLLM. GPU energy alone, as the benchmark counts it.
//
//     ./headroom run scenarios/validation/ml-energy.groovy -P data=FOLDER
//
// Reads mlenergy_v3_llm.csv. The benchmark does not state how long prompts are, and its steps take about 60 us longer for each sequence
// than those of other benchmarks of vLLM: both are assumed so as to fit these rows (its servers write a debug log, say its
// configurations). They also say that 198 questions and 1,024 chats are asked again where there are many users, of which vLLM keeps the
// prompts: from 192 and 512 users on here. Tasks with images are left out.
//
// Known: on B200 the rows of one model jump between batches (Llama-3.1-8B: 9 ms at 64 users, 27 ms at 128), and those of reasoning tasks
// take 30 ms a step whatever the model, where H100 with the same configurations takes what is simulated: host time that no constant
// explains. Llama-3.1-70B and 3.3-70B come out 15 to 30 % too slow from 64 users on, Llama 4 Scout 12 to 97 % too fast.

title    'Validation: ML.ENERGY, language models'
question 'How far are simulated energy per token and token times from measured ones?'

def promptTokens = ['gpqa': 300, 'lm-arena-chat': 500, 'sourcegraph-fim': 900]
def formats = [bfloat16: 'bf16', mxfp4: 'mxfp4', fp8: 'fp8']

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/mlenergy_v3_llm.csv") {
    promptTokens.containsKey(it.task) && it.dp == 1 && listed('model', it.model) && listed('hardware', it.gpu)
}

// An answer takes about so long; four of them are simulated, the first of which warms up.
def answerTime = (row.itl_median_ms * row.avg_output_len_tokens).ms

// The benchmark has so many questions; with many users it asks them again, whose prompts are then cached.
def distinct = row.task == 'gpqa' ? 198 : 1024, repeated = !row.model.contains('Nemotron') && row.max_num_seqs >= (row.task == 'gpqa' ? 192 : 512)
site 'lab', { hardware row.gpu, count: row.num_gpus }

traffic 'benchmark', {
    closedLoop users: Math.max(1, Math.round(row.avg_batch_size).intValue()), think: fixed(0.s)
    prompt uniform((promptTokens[row.task] / 2).intValue().tokens, (promptTokens[row.task] * 3 / 2).intValue().tokens)
    answer uniform((row.avg_output_len_tokens / 2).intValue().tokens,
            (row.avg_output_len_tokens * 3 / 2).intValue().tokens)
    if (repeated) { sharedPrefix 8192.tokens, groups: distinct }
}

deploy 'server', {
    model row.model
    quantization formats[row.weight_precision]
    at 'lab', on: row.gpu, tensorParallel: row.num_gpus, expertParallel: row.ep
    batching continuous(maxSequences: row.max_num_seqs, tokenBudget: Math.max(8192, row.max_num_seqs))
    if (repeated) { prefixCache true }
    servingEngine 'vllm', constants: [per_sequence: 60]
}

route 'benchmark', to: 'server'
simulate answerTime * 4, warmup: answerTime

def group = "ML.ENERGY $row.gpu".toString()
measured 'energy per output token', row.energy_per_output_token_j.J/token,
        predicted: { energy.devicesPerOutputToken }, group: group
measured 'output tokens/s', row.output_tok_s_total.tokens/s, predicted: { tokenRate }, group: group
measured 'ITL p50', row.itl_median_ms.ms, predicted: { itl.p50 }, group: group
