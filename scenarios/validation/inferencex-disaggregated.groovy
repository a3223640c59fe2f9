// Serving of DeepSeek-R1 and gpt-oss-120b with separate pools for prefill and decode, as the public InferenceX benchmark
// measured it under Dynamo with SGLang or TensorRT-LLM: closed loop, without speculative decoding.
//
//     ./headroom run scenarios/validation/inferencex-disaggregated.groovy -P data=FOLDER
//
// Reads inferencex_serving.csv: rows whose pools spread experts alike and both, or neither, attend data-parallel; those of which
// sizes are not stated (most of SGLang on GB200) are left out, and so are replicas of more than the four devices of a server of GB200.
// Lengths are drawn evenly between 80 and 100 % of the nominal ones; ten requests a user. The rate of the link is not stated: 50 GB/s
// is assumed. So are a decoding replica's slots: 1,024, or its share of the users; a step has 8,192 tokens, or one for each slot; of TensorRT-LLM
// with data-parallel attention 8,192 for each rank.
//
// Known: SGLang's mean TTFT is 52 % off, mostly short under many users; agreeing takes 60 ms, chosen on other pools (disaggregated.groovy).
// SGLang is 11 % too fast a token: its constants were fitted where prompts share the devices. No constant was fitted to TensorRT-LLM's pools.
// With data-parallel attention four rows of SGLang are 30 to 48 % too fast, and TensorRT-LLM's median TTFT is 29 to 70 % short with prompts of 8,192 tokens and few users, and with thousands of users 41 to 278 % too
// long (but for 16,384): its prefill replicas take other numbers of tokens a step than the 8,192 a rank assumed, or more at once.

title    'Validation: InferenceX, separate pools for prefill and decode'
question 'How far are simulated latencies and throughput from measured ones?'

def engines = ['dynamo-sglang': 'sglang', 'dynamo-trt': 'tensorrt-llm']

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/inferencex_serving.csv") {
    engines.containsKey(it.framework) && it.disaggregated && it.spec_method == 'none' &&
            it.prefill_dp_attention == it.decode_dp_attention && it.prefill_ep == it.decode_ep &&
            it.prefill_workers * it.prefill_tp == it.num_prefill_gpu &&
            it.decode_workers * it.decode_tp == it.num_decode_gpu && it.prefill_tp % it.prefill_ep == 0 &&
            listed('model', it.model) && listed('hardware', it.gpu)
}

def engine = engines[row.framework]
def slots = [1024, (row.concurrency + row.decode_workers - 1).intdiv(row.decode_workers)].max()
def format = row.precision == 'fp8' ? 'fp8-block' : row.model.startsWith('gpt-oss') ? 'mxfp4' : 'nvfp4'

site 'lab', { hardware row.gpu, count: row.num_prefill_gpu + row.num_decode_gpu }

traffic 'benchmark', {
    concurrency row.concurrency, requests: 10 * row.concurrency
    prompt uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens)
    answer uniform((row.osl_tokens * 0.8).intValue().tokens, row.osl_tokens.tokens)
}

deploy 'server', {
    model row.model
    quantization format
    at 'lab', on: row.gpu, tensorParallel: row.decode_tp, expertParallel: row.decode_ep,
            dataParallelAttention: row.decode_dp_attention
    def ranks = engine == 'tensorrt-llm' && row.decode_dp_attention ? row.prefill_tp : 1
    batching continuous(maxSequences: slots, tokenBudget: [8192 * ranks, slots].max())
    servingEngine engine
    disaggregate prefill: row.prefill_workers, decode: row.decode_workers, link: 50.GBps,
            prefillTensorParallel: row.prefill_tp
}

route 'benchmark', to: 'server', policy: leastLoaded

def has = { name -> row.containsKey(name) }
def group = "InferenceX P/D $engine${row.decode_dp_attention ? ' data-parallel attention' : ''}".toString()

if (has('output_tok_s_per_gpu')) {
    measured 'output tokens/s per decoding device', row.output_tok_s_per_gpu.tokens/s,
            predicted: { tokenRate / row.num_decode_gpu }, group: group
}
if (has('tpot_mean_ms')) { measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group }
if (has('ttft_mean_ms')) { measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group }
if (has('ttft_median_ms')) { measured 'TTFT p50', row.ttft_median_ms.ms, predicted: { ttft.p50 }, group: group }
if (has('ttft_p99_ms')) { measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group }
if (has('e2el_mean_ms')) { measured 'E2E mean', row.e2el_mean_ms.ms, predicted: { e2e.mean }, group: group }
if (has('e2el_p99_ms')) { measured 'E2E p99', row.e2el_p99_ms.ms, predicted: { e2e.p99 }, group: group }
