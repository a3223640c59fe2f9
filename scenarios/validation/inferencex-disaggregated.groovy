// Serving of DeepSeek-R1 and gpt-oss-120b with separate pools for prefill and decode, as the public InferenceX benchmark measured it
// under Dynamo with SGLang or TensorRT-LLM: closed loop, without speculative decoding.
//
//     ./headroom run scenarios/validation/inferencex-disaggregated.groovy -P data=FOLDER
//
// Reads inferencex_serving.csv: rows whose sizes are stated (most of SGLang on GB200 are not), but for H100, whose replicas have two
// servers. Lengths are drawn evenly between 80 and 100 % of the nominal ones; ten requests a user. Prompts and tokens a step, KV caches
// in 8 bits and, where users are more, the sequences of a decoding rank are those of the launch recipes that the benchmark names
// (NVIDIA/srt-slurm); SGLang's on H200 and of February were not all found. Each prefilling device sends 50 GB/s, which is assumed.
// DeepGEMM on GB200 has SGLang's constant of H200, where it runs too; on B200 recipes let it run in FP8 alone, where servers without
// pools and those in FP4 switch it off: each product of dense layers takes 3 us more, chosen on rows of 4 and 32 users, and February's
// experts are those of silicon-disaggregated.groovy.
//
// Known: causes as in silicon-disaggregated.groovy. Time per token: SGLang's FP8 on B200 of 1,024 users is 28 % too short, others within
// 3, its FP4 of 2,048 users 20, on H200 10 to 25; TensorRT-LLM's data-parallel ranks of DeepSeek-R1 in FP8 of 6,144 users on GB200 43
// too long, of others within 14, in FP4 within 8; its gpt-oss up to 40 too long on two ranks (its builds of January, aggregated, too),
// within 9 on four. Near saturation TTFT is off by any factor (B300, seven replicas that prefill in FP8: 4 times too long), as one
// replica prefills faster or slower than here: gpt-oss's TTFT under thousands of users is up to 27 % short where both keep up, and up to
// three times as long where only the measured one does; SGLang's are 32 to 94 % short on B200 in February, which took in two thirds of
// what it does here, and 26 to 71 on H200. The first burst takes TensorRT-LLM on H200 4 s longer than here; how long it takes to launch
// a layer of DeepSeek-R1 was chosen with these first tokens in sight, the host time of a prompt with aggregated rows, and how much
// slower a Grace is with all of these. SGLang agrees on a hand-over in 60 ms, chosen on other pools (disaggregated.groovy).

title    'Validation: InferenceX, separate pools for prefill and decode'
question 'How far are simulated latencies and throughput from measured ones?'
def engines = ['dynamo-sglang': 'sglang', 'dynamo-trt': 'tensorrt-llm']
['nvfp4', 'fp8-block', 'mxfp4'].each { type -> quantization "$type-kv8", { basedOn type; kvCacheBits 8 } }
def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/inferencex_serving.csv") {
    engines.containsKey(it.framework) && it.disaggregated && it.spec_method == 'none' && it.gpu != 'h100' &&
            it.prefill_workers * it.prefill_tp == it.num_prefill_gpu &&
            it.decode_workers * it.decode_tp == it.num_decode_gpu && it.prefill_tp % it.prefill_ep == 0 &&
            listed('model', it.model) && listed('hardware', it.gpu)
}
def engine = engines[row.framework], trt = engine == 'tensorrt-llm', brief = row.isl_tokens == 1024, fp8 = row.precision == 'fp8', gb200 = row.gpu == 'gb200'
def gptOss = row.model.startsWith('gpt-oss'), format = fp8 ? 'fp8-block' : gptOss ? 'mxfp4' : 'nvfp4'
def date = row.containsKey('date') ? row.date : '2025-12-19', december = date < '2026'
def ranks = [prefill: row.prefill_dp_attention ? row.prefill_tp : 1, decode: row.decode_dp_attention ? row.decode_tp : 1]
// Prompts and tokens a step of a rank that prefills.
def step = !trt ? (gb200 ? (row.prefill_dp_attention ? [1024, 16_384] : [512, brief ? 8192 : 24_576])
                : row.gpu == 'h200' ? [1024, 32_768] : !fp8 ? [512, row.prefill_dp_attention ? 8192 : 32_768]
                : !row.prefill_dp_attention ? [16, 16_384] : date > '2026-03' ? [1, 8192] : [2, 16_384])
        : gptOss ? [32, 20_000] : gb200 ? (december ? (brief ? [4, 4608] : [1, 8448]) : brief ? [16, 16_384] : [2, 16_640])
        : row.gpu == 'h200' ? (brief ? [8, 8192] : [2, 16_640]) : !fp8 ? (brief ? [8, 10_240] : [2, 16_896])
        : row.gpu == 'b300' ? [8, 8320] : brief ? [16, 16_384] : [1, 8320]
// Sequences of a rank that decodes: where its share of the users is more, the power of two below that.
def share = row.concurrency / row.decode_workers / ranks.decode
def full = trt && !gptOss && (row.concurrency in [102, 333, 538, 564, 1075, 1127, 1229, 2150, 2151, 2222, 4300] ||
        fp8 && (gb200 ? [3, 6, 18, 27] : [4, 9, 10, 11]).contains(row.concurrency))
def below = 1
while (below * 2 < share) { below *= 2 }
def slots = full ? below : 4096
site 'lab', { hardware row.gpu, count: row.num_prefill_gpu + row.num_decode_gpu }
traffic 'benchmark', {
    concurrency row.concurrency, requests: 10 * row.concurrency
    prompt uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens)
    answer uniform((row.osl_tokens * 0.8).intValue().tokens, row.osl_tokens.tokens)
}
deploy 'server', {
    model row.model
    quantization "$format-kv8".toString()
    at 'lab', on: row.gpu, tensorParallel: row.decode_tp, expertParallel: row.decode_ep, dataParallelAttention: row.decode_dp_attention
    batching continuous(maxSequences: slots * ranks.decode, tokenBudget: slots * ranks.decode)
    servingEngine engine, constants: !trt && gb200 && fp8 && row.decode_dp_attention ? [expert_compute_factor_fp8_block: 0.578]
            : !trt && fp8 && row.gpu == 'b200' ? [per_quantized_product_fp8_block: 6] + (date < '2026-03' ? [expert_compute_factor_fp8_block: 0.14] : [:]) : [:]
    disaggregate prefill: row.prefill_workers, decode: row.decode_workers, link: (50 * row.num_prefill_gpu).GBps,
            prefillTensorParallel: row.prefill_tp, prefillExpertParallel: trt && fp8 && row.gpu == 'b200' && !brief ? 1 : row.prefill_ep,
            prefillDataParallelAttention: row.prefill_dp_attention,
            prefillBatching: continuous(maxSequences: step[0] * ranks.prefill, tokenBudget: step[1] * ranks.prefill)
}
route 'benchmark', to: 'server', policy: leastLoaded
def group = "InferenceX P/D $engine${row.decode_dp_attention ? ' data-parallel attention' : row.prefill_dp_attention ? ' data-parallel prompts' : ''}".toString()
if (row.containsKey('output_tok_s_per_gpu')) {
    measured 'output tokens/s per decoding device', row.output_tok_s_per_gpu.tokens/s,
            predicted: { tokenRate / row.num_decode_gpu }, group: group
}
if (row.containsKey('tpot_mean_ms')) { measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group }
if (row.containsKey('ttft_mean_ms')) { measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group }
if (row.containsKey('ttft_median_ms')) { measured 'TTFT p50', row.ttft_median_ms.ms, predicted: { ttft.p50 }, group: group }
if (row.containsKey('ttft_p99_ms')) { measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group }
if (row.containsKey('e2el_mean_ms')) { measured 'E2E mean', row.e2el_mean_ms.ms, predicted: { e2e.mean }, group: group }
if (row.containsKey('e2el_p99_ms')) { measured 'E2E p99', row.e2el_p99_ms.ms, predicted: { e2e.p99 }, group: group }
