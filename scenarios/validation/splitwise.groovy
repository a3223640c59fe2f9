// The two phases of an answer as Splitwise (2023) profiled them: one batch of equal prompts in one step, then one token
// a step for all of them, under the vLLM of that year.
//
//     ./headroom run scenarios/validation/splitwise.groovy -P data=FOLDER
//
// Reads splitwise_profile.csv.

title    'Validation: phases of Splitwise'
question 'How far are simulated prompt and token times from measured ones?'

def names = ['llama2-70b': 'llama-2-70b', 'bloom-176b': 'bloom']

// Dimensions as BigScience publishes them (2022).
model 'bloom', {
    layers 70; hidden 14336; vocabulary 250880; contextLimit 16384.tokens; tiedEmbeddings true
    attention heads: 112
    feedForward width: 57344, matrices: 2
}
model 'long llama', { basedOn 'llama-2-70b'; contextLimit 16384.tokens }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/splitwise_profile.csv") {
    names.containsKey(it.model) && !it.trust.startsWith('exclude') && listed('hardware', it.gpu)
}

def tokens = row.prompt_tokens_per_request * row.batch_size

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'profile', {
    allAtOnce requests: row.batch_size
    prompt fixed(row.prompt_tokens_per_request.tokens)
    answer fixed(row.output_tokens.tokens)
}

deploy 'server', {
    model row.model == 'bloom-176b' ? 'bloom' : 'long llama'
    quantization 'fp16'
    at 'lab', on: row.gpu, tensorParallel: row.tp
    batching continuous(maxSequences: row.batch_size, tokenBudget: Math.max(tokens, row.batch_size))
    servingEngine 'vllm-2023'
}

route 'profile', to: 'server'

measured 'prompt phase', row.prompt_time_ms.ms, predicted: { ttft.mean }, group: 'Splitwise'
measured 'token phase', row.token_time_ms.ms, predicted: { tpot.mean }, group: 'Splitwise'
measured 'E2E', row.e2e_time_ms.ms, predicted: { e2e.mean }, group: 'Splitwise'
