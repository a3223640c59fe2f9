// Highest throughput of TensorRT-LLM as its published tables state it: every request queued at once, fixed lengths.
//
//     ./headroom run scenarios/validation/tensorrt-llm-throughput.groovy -P data=FOLDER
//
// Reads trtllm_perf_overview.csv, versions with in-flight batching (0.14 and later). How many requests there were the tables' pages say
// for each pair of lengths; how many could run at once, tokens a step and CUDA graphs are those that trtllm-bench (NVIDIA/TensorRT-LLM,
// tensorrt_llm/bench/build/tuning.py) estimates from memory and the model and that the pages' options ask for; 2,048 and 8,192, its
// defaults, for gpt-oss, and for 0.14, whose rule is not known. gpt-oss has an 8-bit cache on Blackwell, as the options say. Rows with
// data-parallel attention spread their experts over the same devices. Qwen3 and Llama 4 on Blackwell are taken to have run with
// CUTLASS's kernels of experts, since the options name no others, as launch scripts of servers do: such a layer takes as long to start
// as on Hopper (69 us), and the host launches a layer of a prompt in 0.8 ms instead of 0.5, chosen on these rows of 0.5 to 1.
//
// Known: constants were fitted on 0.20 and later, those of 2024 on a quarter of the rows of 0.14 and of argonne.groovy. In 0.14
// Llama-3.1-70B in 16 bits gains less from more devices than simulated (H100: +11 % on two, +19 on eight); Mixtral in FP8 is 13 to 15 %
// too slow from four devices on. A few rows have hardly room for a cache, where a percent of memory decides (A100 PCIe on two devices:
// +74 to +76 %, H100 in FP8 on one: +95 %). Later mixtures miss both ways. Qwen3-30B-A3B is 41 to 86 % too fast where steps hold many
// short prompts and right otherwise, but 14 % too fast on GB200 in 1.0. Llama 4 Scout is 10 and 15 % too fast on Blackwell, 23 on H100
// and 15 too slow on H200, where it ran twice as fast as on H100, which memory and bandwidth do not explain: its options ask for
// data-parallel attention, its column for tensor parallelism. gpt-oss-20b is 8 to 16 % too slow on Blackwell, gpt-oss-120b 6 too fast on
// GB200; on Hopper both gave a constant (-1 to +2 %). With data-parallel attention DeepSeek-R1 in FP4 is 17 to 20 % too slow; on H200 it
// is 75 % too fast and gpt-oss on H100 41 %: the options name other kernels for experts on Hopper (CUTLASS, Triton) than those that
// constants were fitted to.

title    'Validation: highest throughput of TensorRT-LLM'
question 'How far is simulated throughput from the published one?'

// Checkpoints in FP8 and FP4 for TensorRT-LLM keep their KV cache in FP8.
quantization 'fp8-kv8', { basedOn 'fp8'; kvCacheBits 8 }
quantization 'nvfp4-kv8', { basedOn 'nvfp4'; kvCacheBits 8 }
quantization 'mxfp4-kv8', { basedOn 'mxfp4'; kvCacheBits 8 }

def data = param('data', '.', 'folder of the measurements')
def version = param('version', 'all', 'a version such as 0.20, or all')
def row = sweep csv("$data/trtllm_perf_overview.csv") {
    version in ['all', it.trtllm_version.toString()] && it.batching == 'inflight-offline-max' && it.pp == 1 &&
            listed('model', it.model) && listed('hardware', it.gpu)
}

def formats = [fp16: 'fp16', bf16: 'bf16', fp8: 'fp8-kv8', fp4: 'nvfp4-kv8', nvfp4: 'nvfp4-kv8']
def gptOss = row.model.startsWith('gpt-oss'), old = row.trtllm_version == '0.14.0', ranks = row.attention_dp ? row.tp : 1
def longest = row.isl_tokens + row.osl_tokens, lengths = "$row.isl_tokens/$row.osl_tokens".toString()
def requests = lengths == '128/128' ? 30_000 : longest >= 20_000 ? 1000 : longest < 3000 ? 3000 : 1500

// How many sequences have room, as trtllm-bench estimates from layers, KV heads (or one a device), their size and billions of weights.
def known = [[of: 'Llama-3.1-8B', is: [32, 8, 128, 8.03]], [of: '70B', is: [80, 8, 128, 70.6]], [of: '405B', is: [126, 8, 128, 406]],
        [of: 'Scout', is: [48, 8, 128, 109]], [of: 'Maverick', is: [48, 8, 128, 402]], [of: '30B-A3B', is: [48, 4, 128, 30.5]],
        [of: '235B', is: [94, 4, 128, 235]], [of: 'DeepSeek', is: [61, 128, 56, 671]]].find { row.model.contains(it.of) }
def usual = old || !known, facts = usual ? [1, 1, 1, 1] : known.is
def memoryGiB = [H100: 79.6, H200: 140.4, B200: 179.1, GB200: 185.0].getOrDefault(row.gpu.split('-')[0], 80.0) * row.tp
def weightGiB = facts[3] / 1.0737 * [fp16: 2, bf16: 2, fp4: 0.28, nvfp4: 0.28].getOrDefault(row.precision, 1)
def sequenceGiB = 2 * facts[0] * Math.max(row.tp, facts[1]) * facts[2] * longest * (row.precision.endsWith('16') ? 2 : 1) / 1.0737e9
def room = Math.min(4096, (memoryGiB - weightGiB) * 0.95 / sequenceGiB), wanted = Math.max(2048, Math.min(32_768, room * (1 + row.isl_tokens / row.osl_tokens)))
def up = { number, grain -> (grain * Math.ceil(number / grain)).intValue() }
def sequences = usual ? 2048 : Math.max(64, up(room, room < 256 ? 32 : room < 1024 ? 128 : 256))
def tokens = usual ? 8192 : Math.max(row.isl_tokens + sequences, up(wanted, wanted < 4096 ? 256 : wanted < 8192 ? 512 : 1024))
def graphs = old ? [] : [1, 2, 4, 8, 16, 32, 64, 128, 256, 384, 512, 1024, 2048, 4096].findAll { it < sequences } + sequences

def sparse = ['mixtral', 'scout', 'a3b', 'gpt-oss', 'deepseek'].any { row.model.toLowerCase().contains(it) }
// Kernels of experts on Blackwell, where no others are asked for.
def cutlass = sparse && !gptOss && !row.attention_dp && row.gpu.contains('B200') ? [per_moe_layer: 69.3, per_prefill_layer: 800] : [:]

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'benchmark', {
    allAtOnce requests: requests
    prompt fixed(row.isl_tokens.tokens)
    answer fixed(row.osl_tokens.tokens)
}

deploy 'server', {
    model row.model
    quantization gptOss ? (row.gpu.startsWith('H') ? 'mxfp4' : 'mxfp4-kv8') : formats[row.precision]
    at 'lab', on: row.gpu, tensorParallel: row.tp, expertParallel: ranks, dataParallelAttention: row.attention_dp
    batching continuous(maxSequences: sequences * ranks, tokenBudget: tokens * ranks, graphSizes: graphs)
    kvCache paged(memoryShare: 95.percent)
    servingEngine old ? 'tensorrt-llm-2024' : 'tensorrt-llm', constants: [client_per_request: 0, client_per_prompt_token: 0, per_prefill_sequence: 100] + cutlass
}

route 'benchmark', to: 'server'

def kind = row.attention_dp ? 'data-parallel attention' : sparse ? 'MoE' : 'dense'
measured 'output tokens/s', row.output_tok_s_total.tokens/s, predicted: { tokenRate },
        group: "TensorRT-LLM ${old ? '0.14' : '0.20 to 1.2'} $kind".toString()
