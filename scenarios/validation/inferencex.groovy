// Serving of DeepSeek-R1 and gpt-oss-120b as the public InferenceX benchmark measured it: closed loop, aggregated
// (prefill and decode on the same devices), without speculative decoding, under vLLM, SGLang and TensorRT-LLM.
//
//     ./headroom run scenarios/validation/inferencex.groovy -P data=FOLDER
//
// Reads inferencex_serving.csv. Lengths are drawn evenly between 80 and 100 % of the nominal ones; ten requests a user.
// A run whose TTFT p99 is above 30 s with a median below 15 % of it stood still while something was compiled: only its
// TPOT and its median TTFT are compared. Rows that spread experts or attend data-parallel are groups of their own.
//
// Known: the same configuration became up to twice as fast in the half year of the rows; all runs are compared. SGLang: MI300X is
// 22 % too fast a token (AMD's constants have low confidence), B300 on four devices 23 %; prompts of 1,024 tokens take three to four times as
// long to a first token as simulated (-65 to -77 %, most rows on MI355X), which is not understood, and their E2E p99 comes out 41 to
// 53 % short. TensorRT-LLM: time per token of gpt-oss on B200 is 33 % too long on one device, 17 on two, within 4 on more, of
// DeepSeek-R1 24 % too long on four: above 16 users 24 to 32 %, below 4. With data-parallel attention it holds prompts
// back for a batch of all ranks, which nothing here does: median TTFT 43 to 89 % short, gpt-oss 10 to 60 % too long a token. SGLang with
// spread experts is 11 % too slow a token on four B200, within 3 % on eight.

title    'Validation: InferenceX serving'
question 'How far are simulated latencies and throughput from measured ones?'

def engines = [vllm: 'vllm', sglang: 'sglang', trt: 'tensorrt-llm']

def data = param('data', '.', 'folder of the measurements')
def software = param('software', 'all', 'vllm, sglang, trt or all')
def row = sweep csv("$data/inferencex_serving.csv") {
    engines.containsKey(it.framework) && software in ['all', it.framework] && !it.disaggregated && it.spec_method == 'none' &&
            listed('model', it.model) && listed('hardware', it.gpu)
}

def engine = engines[row.framework]
def devices = row.prefill_tp
def format = row.precision == 'fp8' ? 'fp8-block' : row.model.startsWith('gpt-oss') ? 'mxfp4' : 'nvfp4'

site 'lab', { hardware row.gpu, count: devices }

traffic 'benchmark', {
    concurrency row.concurrency, requests: 10 * row.concurrency
    prompt uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens)
    answer uniform((row.osl_tokens * 0.8).intValue().tokens, row.osl_tokens.tokens)
}

deploy 'server', {
    model row.model
    quantization format
    at 'lab', on: row.gpu, tensorParallel: devices, expertParallel: row.prefill_ep, dataParallelAttention: row.prefill_dp_attention
    batching continuous(maxSequences: 1024, tokenBudget: 8192)
    servingEngine engine
}

route 'benchmark', to: 'server'

def has = { name -> row.containsKey(name) }
def stalled = has('ttft_p99_ms') && has('ttft_median_ms') && row.ttft_p99_ms > 30_000 &&
        row.ttft_median_ms < 0.15 * row.ttft_p99_ms
def spread = row.prefill_dp_attention ? ' data-parallel attention' : row.prefill_ep > 1 ? ' spread experts' : ''
def group = "InferenceX $engine$spread".toString()

if (has('tpot_mean_ms')) { measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group }
if (has('ttft_median_ms')) { measured 'TTFT p50', row.ttft_median_ms.ms, predicted: { ttft.p50 }, group: group }
if (!stalled) {
    if (has('output_tok_s_per_gpu')) {
        measured 'output tokens/s per device', row.output_tok_s_per_gpu.tokens/s, predicted: { tokenRate / devices },
                group: group
    }
    if (has('ttft_mean_ms')) { measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group }
    if (has('ttft_p99_ms')) { measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group }
    if (has('e2el_mean_ms')) { measured 'E2E mean', row.e2el_mean_ms.ms, predicted: { e2e.mean }, group: group }
    if (has('e2el_p99_ms')) { measured 'E2E p99', row.e2el_p99_ms.ms, predicted: { e2e.p99 }, group: group }
}
