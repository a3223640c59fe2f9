// Mean TTFT and TPOT of DeepSeek-R1 and Kimi-K2.5 with separate pools for prefill and decode under SGLang and TensorRT-LLM on GB200,
// B200 and H200, closed loop, as a public configurator collected them from InferenceX to check itself.
//
//     ./headroom run scenarios/validation/silicon-disaggregated.groovy -P data=FOLDER
//
// Reads inferencex_silicon_ttft_tpot.csv, disaggregated rows of InferenceX: 195 of 1,199. The others do not say how many replicas there
// are, and a third of those that stand in inferencex_serving.csv, too, drafted tokens; none of these did. Left out are H100 (8 rows),
// whose replicas have two servers, and vLLM (14). Requests are those of inferencex.groovy. Tokens and prompts a step, sequences of a
// decoding rank and KV caches in 8 bits are those of the launch recipes (NVIDIA/srt-slurm, named by SemiAnalysisAI/InferenceX), and so
// is the spread where the columns contradict each other: the same runs stand there with and without data-parallel attention. Recipes of
// SGLang on H200 and of February on B200 in FP8 were not all found. Each prefilling device sends 50 GB/s, which is assumed (50 GB/s in
// all move no median by more than 3 points). Where experts are spread on GB200 in FP8, DeepGEMM computes them, at SGLang's constant of
// H200, where it does too; on B200 in FP8 recipes let it multiply dense layers, as in inferencex-disaggregated.groovy, and in February's
// build experts multiplied less than half as fast (0.14 of dense kernels instead of 0.31), chosen on four users' first tokens. In
// December the same pools on GB200 took 4.6 to 6.2 ms a token longer than in February, with 16 sequences a rank as with 192: 70 us for
// each layer of experts, chosen on these pairs in FP8. No other constant was fitted to these rows but TensorRT-LLM's time to launch a
// layer of a prompt, which was chosen with InferenceX's pools in sight.
//
// Known: near saturation TTFT follows from how fast a replica prefills, and builds differ more than devices do. In thousands of tokens a
// second, measured and here: TensorRT-LLM in FP8 54 and 51 (B200), 58 and 59 (GB200), 23 and 23 (H200); in FP4 64 and 65 in December,
// from January on 71 to 93 and 59 to 70, but 61 and 60 for a third recipe, so that TTFT is up to 3.5 times as long as measured: which
// kernels its builds took rows do not say. SGLang in FP8 on eight B200 41 to 44 in March, here 40, and 22 in February, whether
// data-parallel or not; on eight GB200 92 to 95, here 72 (its recipes hold 32 busy experts twice, here the busiest part is waited for);
// in FP4 on four 41 to 49 in December, here 56 to 65, and 44 and 39 in February. Time per token of many users follows, since more of
// them decode where prefill is faster: B200 in FP8 28 % short with 833 decoding, here 560. In FP4 December's pools are 2 to 7 % short
// with long prompts and 14 to 16 with short ones. SGLang's H200 is 9 to 18 % too fast a token. As in disaggregated.groovy, caches that
// come may stop its ranks, all of them, since they step together; that is not simulated. Few users: SGLang's FP4 on GB200 is 5 to 23 %
// too slow, its FP8 5 to 19, but 11 to 14 too fast on eight devices; Kimi-K2.5 under TensorRT-LLM, to which nothing was fitted, up to 34
// % too slow. Data-parallel ranks of TensorRT-LLM are up to 9 % too slow with 64 and 128 users on H200 and 12 too fast with 512 of long
// prompts, 5 to 18 too fast with those on B200 in FP8, 41 too slow with 6,144 users on GB200 in FP8. With no more users than slots a
// request waits when its replica is taken while another is free, which is not simulated (three users on GB200: 5 s).

title    'Validation: mean TTFT and TPOT, separate pools for prefill and decode'
question 'How far are simulated means from measured ones?'
def engines = [sglang: 'sglang', trtllm: 'tensorrt-llm']
['nvfp4', 'fp8-block'].each { type -> quantization "$type-kv8", { basedOn type; kvCacheBits 8 } }
def data = param('data', '.', 'folder of the measurements'), software = param('software', 'all', 'sglang, trtllm or all')
def row = sweep csv("$data/inferencex_silicon_ttft_tpot.csv") {
    software in ['all', it.backend] && engines.containsKey(it.backend) && it.mode == 'disagg' && it.origin.startsWith('InferenceX') && it.system != 'h100_sxm' &&
            listed('model', it.model) && listed('hardware', it.system)
}
def engine = engines[row.backend], trt = engine == 'tensorrt-llm', brief = row.isl_tokens == 1024, fp8 = row.precision == 'fp8', gb200 = row.system == 'gb200'
def config = row.origin.tokenize(' ').last().toInteger(), december = row.date < '2026'
def value = { pool, column -> row["${pool}_$column".toString()] }, width = { value(it, 'tp') * value(it, 'attention_dp') }
// SGLang's recipes for few users do not attend data-parallel, whatever the columns say; TensorRT-LLM's prompts do, but for these.
def fewUsers = !trt && row.decode_attention_dp == 4, whole = [237, 229, 556, 662]
def ranked = [prefill: trt ? !(config in whole || row.system == 'h200_sxm' && !brief) : row.prefill_attention_dp > 1 && !fewUsers,
              decode: row.decode_attention_dp > 1 && !fewUsers]
def ranks = { ranked[it] ? width(it) : 1 }, parts = { !trt && december && ranked[it] ? width(it)
        : trt && it == 'prefill' && row.system == 'b200_sxm' && fp8 && !brief ? 1 : Math.max(1, value(it, 'moe_ep')) }
// Prompts and tokens a step of a rank.
def step = !trt ? (gb200 ? (ranked.prefill ? [1024, brief || fp8 ? 16_384 : 32_768] : [512, brief ? 8192 : 24_576])
                : row.system == 'h200_sxm' ? [1024, 32_768] : !fp8 ? (config == 538 ? [256, 16_384] : ranked.prefill ? [128, 8192] : [512, 32_768])
                : !ranked.prefill ? [16, 16_384] : row.date == '2026-03-18' ? [1, 8192] : [2, 16_384])
        : gb200 ? (december ? (brief ? [4, 4608] : [1, 8448]) : brief ? [16, 16_384] : [2, 16_640])
        : row.system == 'h200_sxm' ? (brief ? [8, 8192] : [2, 16_640])
        : !fp8 ? (brief ? [8, 10_240] : [2, 16_896]) : brief ? [16, 16_384] : config in whole ? [64, 8320] : [1, 8320]
// Sequences of a rank that decodes, where users may be more: a list of recipes, or the power of two below the share of the users.
def below = 1
while (below * 2 < row.concurrency / row.decode_workers) { below *= 2 }
def slots = [309: 512, 346: 128, 320: brief ? 32 : 16, 335: 64, 315: 64, 237: 128, 229: 32, 388: brief ? 32 : 16, 411: 768, 416: 768, 362: 256, 375: 8, 386: below]
def sequences = ranks('decode') * (trt ? slots[config] ?: 1024 : 4096)

site 'lab', { hardware row.system, count: row.prefill_workers * width('prefill') + row.decode_workers * width('decode') }
traffic 'benchmark', {
    concurrency row.concurrency, requests: 10 * row.concurrency
    prompt uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens)
    answer uniform((row.osl_tokens * 0.8).intValue().tokens, row.osl_tokens.tokens)
}
deploy 'server', {
    model row.model
    quantization fp8 ? 'fp8-block-kv8' : 'nvfp4-kv8'
    at 'lab', on: row.system, tensorParallel: width('decode'), expertParallel: parts('decode'), dataParallelAttention: ranked.decode
    batching continuous(maxSequences: sequences, tokenBudget: sequences)
    servingEngine engine, constants: !trt && gb200 && fp8 && ranked.decode ? [expert_compute_factor_fp8_block: 0.578] + (december ? [per_moe_layer: 91] : [:])
            : !trt && fp8 && row.system == 'b200_sxm' ? [per_quantized_product_fp8_block: 6] + (row.date < '2026-03' ? [expert_compute_factor_fp8_block: 0.14] : [:]) : [:]
    disaggregate prefill: row.prefill_workers, decode: row.decode_workers, link: (50 * row.prefill_workers * width('prefill')).GBps,
            prefillTensorParallel: width('prefill'), prefillExpertParallel: parts('prefill'), prefillDataParallelAttention: ranked.prefill,
            prefillBatching: continuous(maxSequences: step[0] * ranks('prefill'), tokenBudget: step[1] * ranks('prefill'))
}
route 'benchmark', to: 'server', policy: leastLoaded
def group = "silicon P/D $engine${ranked.decode ? ' data-parallel attention' : ranked.prefill ? ' data-parallel prompts' : ''}".toString()
measured 'TPOT mean', row.tpot_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_ms.ms, predicted: { ttft.mean }, group: group
