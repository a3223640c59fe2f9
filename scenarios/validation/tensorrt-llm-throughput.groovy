// Highest throughput of TensorRT-LLM as its published tables state it: every request queued at once, fixed lengths.
//
//     ./headroom run scenarios/validation/tensorrt-llm-throughput.groovy -P data=FOLDER
//
// Reads trtllm_perf_overview.csv, versions with in-flight batching (0.14 and later). The tables do not say how many requests there were
// nor how many could run at once: 4,096 and 2,048 are assumed. Rows with data-parallel attention spread their experts over the same
// devices.
//
// Known: constants were fitted on 0.20 and later, those of 2024 on a quarter of the rows of 0.14 and of argonne.groovy. In 0.14
// Llama-3.1-70B in 16 bits gains less from more devices than simulated (H100: +11 % on two, +24 on eight), in FP8 nearly as much (H200:
// 0 to -12 %); Mixtral in FP8 is 13 to 15 % too slow from four devices on. A few rows have hardly room for a cache, where a percent of
// memory decides (A100 PCIe on two devices: +72 to +80 %, H100 in FP8 on one: +122 %). Later mixtures miss both ways, Qwen3-30B-A3B +27
// %, Llama 4 Scout +19 %, gpt-oss-20b -17 %: one efficiency of experts stands for all. Data-parallel attention in FP4 is 4 to 11 % too
// slow; on H200 and H100 it is 52 and 29 % too fast.

title    'Validation: highest throughput of TensorRT-LLM'
question 'How far is simulated throughput from the published one?'

// Checkpoints in FP8 and FP4 for TensorRT-LLM keep their KV cache in FP8.
quantization 'fp8-kv8', { basedOn 'fp8'; kvCacheBits 8 }
quantization 'nvfp4-kv8', { basedOn 'nvfp4'; kvCacheBits 8 }

def data = param('data', '.', 'folder of the measurements')
def version = param('version', 'all', 'a version such as 0.20, or all')
def row = sweep csv("$data/trtllm_perf_overview.csv") {
    version in ['all', it.trtllm_version.toString()] && it.batching == 'inflight-offline-max' && it.pp == 1 &&
            listed('model', it.model) && listed('hardware', it.gpu)
}

def formats = [fp16: 'fp16', bf16: 'bf16', fp8: 'fp8-kv8', fp4: 'nvfp4-kv8', nvfp4: 'nvfp4-kv8', mxfp4: 'mxfp4']
def gptOss = row.model.startsWith('gpt-oss')
def old = row.trtllm_version == '0.14.0'

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'benchmark', {
    allAtOnce requests: 4096
    prompt fixed(row.isl_tokens.tokens)
    answer fixed(row.osl_tokens.tokens)
}

deploy 'server', {
    model row.model
    quantization gptOss ? 'mxfp4' : formats[row.precision]
    at 'lab', on: row.gpu, tensorParallel: row.tp, expertParallel: row.attention_dp ? row.tp : 1, dataParallelAttention: row.attention_dp
    batching continuous(maxSequences: 2048, tokenBudget: 8192)
    kvCache paged(memoryShare: 95.percent)
    servingEngine old ? 'tensorrt-llm-2024' : 'tensorrt-llm', constants: [client_per_request: 0, client_per_prompt_token: 0, per_prefill_sequence: 100]
}

route 'benchmark', to: 'server'

def sparse = ['mixtral', 'scout', 'a3b', 'gpt-oss', 'deepseek'].any { row.model.toLowerCase().contains(it) }
def kind = row.attention_dp ? 'data-parallel attention' : sparse ? 'MoE' : 'dense'
measured 'output tokens/s', row.output_tok_s_total.tokens/s, predicted: { tokenRate },
        group: "TensorRT-LLM ${old ? '0.14' : '0.20 to 1.2'} $kind".toString()
