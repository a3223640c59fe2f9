// Time to the first token of one prompt under TensorRT-LLM 0.5 to 0.9, as its tables state it: no network, no queue.
//
//     ./headroom run scenarios/validation/tensorrt-llm-first-token.groovy -P data=FOLDER
//
// Reads trtllm_first_token_latency.csv. Constants of TensorRT-LLM 2024 were fitted on other tables.

title    'Validation: first-token latency of TensorRT-LLM'
question 'How far is the simulated time of one prefill from the published one?'

// Names of old tables.
def names = ['LLaMA 7B': 'llama-2-7b', 'LLaMA 70B': 'llama-2-70b', 'Mistral 7B': 'mistral-7b-v0.1',
             'Mixtral 8x7B': 'mixtral-8x7b', 'GPT-J 6B': 'gpt-j decoder', 'Falcon 180B': 'falcon decoder']
def own = ['gpt-j decoder', 'falcon decoder']

// Dimensions as their authors publish them (EleutherAI, 2021; TII, 2023).
model 'gpt-j decoder', {
    layers 28; hidden 4096; vocabulary 50400; contextLimit 2048.tokens
    attention heads: 16, headDim: 256
    feedForward width: 16384, matrices: 2
}
model 'falcon decoder', {
    layers 80; hidden 14848; vocabulary 65024; contextLimit 2048.tokens
    attention heads: 232, kvHeads: 8, headDim: 64
    feedForward width: 59392, matrices: 2
}

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/trtllm_first_token_latency.csv") {
    def name = names.getOrDefault(it.model, it.model)
    (name in own || listed('model', name)) && listed('hardware', it.gpu)
}

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'benchmark', {
    concurrency 1, requests: 2
    prompt fixed(row.isl_tokens.tokens)
    answer fixed(1.tokens)
}

deploy 'server', {
    model names.getOrDefault(row.model, row.model)
    quantization row.precision
    at 'lab', on: row.gpu, tensorParallel: row.tp
    batching continuous(maxSequences: 1, tokenBudget: 8192)
    servingEngine 'tensorrt-llm-2024', constants: [client_per_request: 0, client_per_prompt_token: 0]
}

route 'benchmark', to: 'server'

measured 'first token', row.first_token_latency_ms.ms, predicted: { ttft.mean }, group: 'TensorRT-LLM 0.5 to 0.9'
