// Serving of DeepSeek-R1 and gpt-oss-120b as the public InferenceX benchmark measured it: closed loop, aggregated (prefill and decode on
// the same devices), without speculative decoding, under vLLM, SGLang and TensorRT-LLM.
//
//     ./headroom run scenarios/validation/inferencex.groovy -P data=FOLDER
//
// Reads inferencex_serving.csv. Lengths are drawn evenly between 80 and 100 % of the nominal ones; ten requests a user, but fifty on
// MI355X in FP4 under SGLang 0.5.6 and 0.5.7, where a stop at the start is 2 % of the requests whatever the users, not 10. KV caches'
// number formats, tokens a step, gathering, batches of prompts, CUDA graphs and SGLang's other arguments are those of its launch scripts
// (SemiAnalysisAI/InferenceX). A run stood still, probably while something was compiled, where TTFT p99 is above 30 s with a median
// below 15 % of it, or above three times what the prompts of all users take one after the other (users times the median): its
// throughput, TTFT and E2E are a group of their own. So are rows that spread experts or attend data-parallel. SGLang's servers start up
// for a second, 0.5 s from 0.5.9 on and 4 s on MI300X, as if kernels were compiled at the first prompts: medians of ten or fifty times
// what measured means of TTFT are above those of warm servers (vLLM: 0).
//
// Known: the same configuration became up to twice as fast in the half year of the rows; all runs are compared. Runs that stood still
// are a third of SGLang's, most on MI355X and MI300X (22 s to the first token of 1,024 for four users). SGLang's builds of April on B300
// took in prompts of 8,192 tokens three to seven times slower than those from 17 May on, with the same arguments: a group too. Three
// rows of DeepSeek-R1 with spread experts under TensorRT-LLM are 10 % too fast and 3 and 16 % too slow a token (two devices); throughput
// of those that tell it alone is within 15 %. Until January 2026 launch scripts of DeepSeek-R1 in FP8 on B200 name DeepGEMM for experts:
// 110 us a layer more were chosen on these 21 rows: 4, 16 and 64 users, 72, 31 and 18 % too fast without, are all within 6 % with it.
// With data-parallel attention gpt-oss is 15 to 27 % too slow on two ranks, of builds on which one device and four ranks are within 10
// %: 18 to 40 us a layer. If its ranks gather and scatter in the 20 us a layer of NCCL's tables, its experts take two thirds there, on
// four ranks too, of what they take without data-parallel attention, where they meet as many tokens; as much lies between two builds'
// kernels for the same experts (kernel tables: 256 tokens in 415 and 266 us), and which were chosen rows do not say. DeepSeek-R1 is
// within 14 %. Hosts of TensorRT-LLM differ: the same prompt of DeepSeek-R1 on B200 took 83 and 110 ms, later 145.

title    'Validation: InferenceX serving'
question 'How far are simulated latencies and throughput from measured ones?'
def engines = [vllm: 'vllm', sglang: 'sglang', trt: 'tensorrt-llm']
def data = param('data', '.', 'folder of the measurements'), software = param('software', 'all', 'vllm, sglang, trt or all')
['fp8-block', 'mxfp4'].each { type -> quantization "$type-kv8", { basedOn type; kvCacheBits 8 } }
def row = sweep csv("$data/inferencex_serving.csv") {
    engines.containsKey(it.framework) && software in ['all', it.framework] && !it.disaggregated && it.spec_method == 'none' &&
            listed('model', it.model) && listed('hardware', it.gpu)
}
def engine = engines[row.framework], devices = row.prefill_tp
def gptOss = row.model.startsWith('gpt-oss')
def wideKv = row.gpu == 'h200' && (engine == 'sglang' || engine == 'tensorrt-llm' && gptOss) || engine == 'vllm' && row.gpu in ['h100', 'h200']
def format = row.precision == 'fp8' ? 'fp8-block' : gptOss ? 'mxfp4' : 'nvfp4'
if (format != 'nvfp4' && !wideKv) { format = "$format-kv8".toString() }
// SGLang's tokens a step, percent of memory, sequences, and decode steps between looks for new requests.
def four = row.precision == 'fp8' && devices == 4, amd = row.gpu in ['mi300x', 'mi355x'], polls = row.concurrency < 16 ? 10 : 30
def launch = amd ? [row.precision == 'fp4' && row.isl_tokens == 8192 && row.concurrency > 32 ? 32_768 : 131_072, 80, 1024, 1]
        : row.gpu == 'h200' ? [32_768, 82, row.isl_tokens == row.osl_tokens ? 512 : 256, 1] : four ? [8192, 95, 32, 10]
        : row.precision == 'fp8' ? [32_768, 82, 128, polls] : [16_384, 85, 256, polls]
// TensorRT-LLM's tokens a step, of a rank where it attends data-parallel; 8,192 at least since January 2026.
// A stop at the start is 1 of 50 requests of a user there, whatever the users, and 1 of 10 elsewhere: mean less median, over p99.
def many = row.gpu == 'mi355x' && row.precision == 'fp4' && row.containsKey('image') && (row.image.contains(':v0.5.6') || row.image.contains(':v0.5.7'))
// SGLang compiles at its first prompts: seconds by which mean TTFT is longer than that of warm servers, ten or fifty times.
def later = row.containsKey('image') && [':v0.5.9', ':v0.5.1'].any { row.image.contains(it) }, startUp = row.gpu == 'mi300x' ? 4 : later ? 0.5 : 1
def gathers = engine == 'tensorrt-llm' && row.prefill_dp_attention
def room = row.concurrency + row.isl_tokens + 64, date = row.containsKey('date') ? row.date : '2026'
def tokens = engine != 'tensorrt-llm' ? 8192 : gptOss ? 20_000 : date < '2026-01-21' ? room : Math.max(8192, room)
// TensorRT-LLM's DeepSeek-R1 on B200 has CUDA graphs of steps with prompts since 2026; in FP8 it also waits for batches of prompts.
def even = engine == 'tensorrt-llm' && !gptOss && row.gpu == 'b200' && row.isl_tokens == 1024 && row.osl_tokens == 1024
def batches = even && row.precision == 'fp8' && row.concurrency >= 64 && date >= '2026-01-29'
def graphs = batches || even && row.precision == 'fp4' && devices == 8 && row.prefill_ep == 8 && date >= '2026-02-03'
// Builds of SGLang on B300 with slow prompts, and of TensorRT-LLM in FP8 on B200 with DeepGEMM's experts.
def slow = engine == 'sglang' && row.gpu == 'b300' && date < '2026-05-15', deepGemm = engine == 'tensorrt-llm' && row.gpu == 'b200' && row.precision == 'fp8' && date < '2026-01-21'
site 'lab', { hardware row.gpu, count: devices }
traffic 'benchmark', {
    concurrency row.concurrency, requests: (many ? 50 : 10) * row.concurrency
    prompt uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens)
    answer uniform((row.osl_tokens * 0.8).intValue().tokens, row.osl_tokens.tokens)
}
deploy 'server', {
    model row.model
    quantization format
    at 'lab', on: row.gpu, tensorParallel: devices, expertParallel: row.prefill_ep, dataParallelAttention: row.prefill_dp_attention
    servingEngine engine, constants: graphs ? [per_prefill_layer: 0] : deepGemm ? [per_moe_layer: 115] : [:]
    if (engine == 'sglang') {
        batching continuous(maxSequences: launch[2], tokenBudget: launch[0], scheduler: prefillFirst(pollSteps: launch[3]))
        kvCache paged(memoryShare: launch[1].percent, activations: 0.GB)
        admission startUp: startUp.s
    } else if (gathers) {
        batching continuous(maxSequences: 1024, tokenBudget: devices * tokens,
                scheduler: gptOss ? gatheredPrompts() : gatheredPrompts(timeoutSteps: 60, moreSteps: 0))
    } else {
        batching batches ? continuous(maxSequences: 1024, tokenBudget: tokens, scheduler: batchedPrompts(timeoutSteps: 40, tokenShare: 80.percent))
                : continuous(maxSequences: 1024, tokenBudget: tokens)
    }
}
route 'benchmark', to: 'server'
def has = { name -> row.containsKey(name) }
def told = has('ttft_p99_ms') && has('ttft_median_ms'), p99 = told ? row.ttft_p99_ms : 0, p50 = told ? row.ttft_median_ms : 0
def stalled = p99 > 30_000 && p50 < 0.15 * p99 || p99 > 2000 && p99 > 3 * row.concurrency * p50
def group = slow ? 'InferenceX sglang with slow prompts on B300' : "InferenceX $engine${row.prefill_dp_attention ? ' data-parallel attention' : row.prefill_ep > 1 ? ' spread experts' : ''}".toString()
def whole = stalled ? "InferenceX $engine that stood still".toString() : group

if (has('tpot_mean_ms')) { measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group }
if (has('ttft_median_ms')) { measured 'TTFT p50', p50.ms, predicted: { ttft.p50 }, group: group }
if (has('output_tok_s_per_gpu')) { measured 'output tokens/s per device', row.output_tok_s_per_gpu.tokens/s, predicted: { tokenRate / devices }, group: whole }
if (has('ttft_mean_ms')) { measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: whole }
if (has('ttft_p99_ms')) { measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: whole }
if (has('e2el_mean_ms')) { measured 'E2E mean', row.e2el_mean_ms.ms, predicted: { e2e.mean }, group: whole }
if (has('e2el_p99_ms')) { measured 'E2E p99', row.e2el_p99_ms.ms, predicted: { e2e.p99 }, group: whole }
