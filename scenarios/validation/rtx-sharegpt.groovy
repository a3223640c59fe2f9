// 300 ShareGPT requests to Llama-3.1-8B on one desktop card under vLLM 0.19, replayed one by one at their recorded instants: the card is
// overloaded, so this is about queues.
//
//     ./headroom run scenarios/validation/rtx-sharegpt.groovy -P data=FOLDER
//
// Reads vllm_rtx_sharegpt_summary.csv and vllm_rtx_sharegpt_requests.csv.
//
// Known: vLLM's constants are of data-centre cards, but for how fast weights are read (Ada), which this run told. Here steps take 11 %
// longer than they did, and in an overload the queue, and with it TTFT and E2E, grows by 17 to 20 %.

title    'Validation: ShareGPT on a desktop card, vLLM 0.19'
question 'How far are simulated latencies from measured ones, request by request?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/vllm_rtx_sharegpt_summary.csv") { listed('model', it.model) && listed('hardware', it.gpu) }
def requests = table("$data/vllm_rtx_sharegpt_requests.csv") { it.experiment == row.experiment }

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'benchmark', {
    replay requests, arrival: { it.arrival_ms.ms }, prompt: { it.input_tokens.tokens },
            answer: { it.output_tokens.tokens }
}

deploy 'server', {
    model row.model
    quantization row.dtype
    at 'lab', on: row.gpu, tensorParallel: row.tp
    batching continuous(maxSequences: row.max_num_seqs, tokenBudget: row.max_num_batched_tokens)
    kvCache paged(blocks: row.kv_blocks_gpu)
    servingEngine 'vllm'
}

route 'benchmark', to: 'server'
simulate untilDone

def group = 'ShareGPT on a desktop card'
measured 'output tokens/s', row.output_tok_s.tokens/s, predicted: { tokenRate }, group: group
measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group
measured 'TTFT p50', row.ttft_p50_ms.ms, predicted: { ttft.p50 }, group: group
measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group
measured 'E2E mean', row.e2e_mean_ms.ms, predicted: { e2e.mean }, group: group
measured 'E2E p99', row.e2e_p99_ms.ms, predicted: { e2e.p99 }, group: group
