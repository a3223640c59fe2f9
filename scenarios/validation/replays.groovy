// Nine recorded runs of vLLM on H100, replayed request by request at their instants, with the number of KV blocks that the servers
// reported: Llama-2-7B, Llama-2-70B and Mixtral-8x7B with three kinds of load.
//
//     ./headroom run scenarios/validation/replays.groovy -P data=FOLDER
//
// Reads vllm_h100_replay_meta.csv and vllm_h100_replay_requests.csv (the first 1,200 requests of each run). Runs of which more than a
// tenth failed are overloads, and judged apart. Lengths of prompts repeat after 100 requests, so that every hundredth prompt is taken to
// be the same. The first 20 s are replayed but not compared, but in overloads: servers warm up then (Mixtral's first 25 prompts took a
// second each). The client of these runs takes 4 ms a request, chosen on them (9 in InferenceX: TTFT 9 % off).
//
// Known: TTFT p99 of Llama-2-7B is 26 % short. With the first 20 s TTFT is 19 % off, since Mixtral's waits are not simulated, and E2E
// p99 21: prompts that are not cached yet queue longer here. In overloads 33 to 85 % of the requests failed, at time-outs of the client,
// which are not simulated: time per token 9 % short for Llama-2-7B, 33 % for Mixtral; Llama-2-70B's is 3 % long, which makes its queue,
// and with it TTFT, 29 % longer.

title    'Validation: recorded runs of vLLM on H100'
question 'How far are simulated latencies from measured ones, request by request?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/vllm_h100_replay_meta.csv") { listed('model', it.model) && listed('hardware', it.gpu) }
def requests = table("$data/vllm_h100_replay_requests.csv") { it.experiment == row.experiment && it.input_tokens > 0 }
def overload = row.requests_error > 0.1 * row.requests_total, warm = overload ? 0 : 20_000 // milliseconds
def answered = requests.findAll { it.arrival_ms >= warm && !it.error && it.containsKey('ttft_ms') && it.containsKey('e2e_ms') }

def mean = { values -> values.sum() / values.size() }
def p99 = { values -> values.sort()[(values.size() * 0.99).intValue()] }

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'recorded', {
    replay requests, arrival: { it.arrival_ms.ms }, prompt: { it.input_tokens.tokens },
            answer: { it.target_output_tokens.tokens }, same: { it.index % 100 }
}

deploy 'server', {
    model row.model
    quantization 'fp16'
    at 'lab', on: row.gpu, tensorParallel: row.tp
    batching continuous(maxSequences: row.max_num_seqs, tokenBudget: row.max_num_batched_tokens)
    kvCache paged(block: row.kv_block_size_tokens, blocks: row.kv_blocks_total_gpu)
    prefixCache true
    servingEngine 'vllm', constants: [client_per_request: 4]
}

route 'recorded', to: 'server'
simulate requests*.arrival_ms.max().ms + 1.ms, warmup: warm.ms

def group = overload ? 'vLLM replays overloaded' : 'vLLM replays'
measured 'TTFT mean', mean(answered.collect { it.ttft_ms }).ms, predicted: { ttft.mean }, group: group
measured 'TTFT p99', p99(answered.collect { it.ttft_ms }).ms, predicted: { ttft.p99 }, group: group
measured 'E2E mean', mean(answered.collect { it.e2e_ms }).ms, predicted: { e2e.mean }, group: group
measured 'E2E p99', p99(answered.collect { it.e2e_ms }).ms, predicted: { e2e.p99 }, group: group
measured 'TPOT mean', mean(answered.findAll { it.target_output_tokens > 1 }
        .collect { (it.e2e_ms - it.ttft_ms) / (it.target_output_tokens - 1) }).ms, predicted: { tpot.mean }, group: group
