// Highest throughput of TensorRT-LLM as its published tables state it: every request queued at once, fixed lengths.
//
//     ./headroom run scenarios/validation/tensorrt-llm-throughput.groovy -P data=FOLDER
//
// Reads trtllm_perf_overview.csv, versions with in-flight batching (0.14 and later). The tables do not say how many
// requests there were nor how many could run at once: 4,096 and 2,048 (1,024 and 512 in version 0.14) are assumed.

title    'Validation: highest throughput of TensorRT-LLM'
question 'How far is simulated throughput from the published one?'

// Checkpoints in FP8 and FP4 for TensorRT-LLM keep their KV cache in FP8.
quantization 'fp8-kv8', { basedOn 'fp8'; kvCacheBits 8 }
quantization 'nvfp4-kv8', { basedOn 'nvfp4'; kvCacheBits 8 }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/trtllm_perf_overview.csv") {
    it.batching == 'inflight-offline-max' && !it.attention_dp && it.pp == 1 && listed('model', it.model) &&
            listed('hardware', it.gpu)
}

def formats = [fp16: 'fp16', bf16: 'bf16', fp8: 'fp8-kv8', fp4: 'nvfp4-kv8', nvfp4: 'nvfp4-kv8', mxfp4: 'mxfp4']
def gptOss = row.model.startsWith('gpt-oss')
def old = row.trtllm_version == '0.14.0'

site 'lab', { hardware row.gpu, count: row.tp }

traffic 'benchmark', {
    allAtOnce requests: old ? 1024 : 4096
    prompt fixed(row.isl_tokens.tokens)
    answer fixed(row.osl_tokens.tokens)
}

deploy 'server', {
    model row.model
    quantization gptOss ? 'mxfp4' : formats[row.precision]
    at 'lab', on: row.gpu, tensorParallel: row.tp
    batching continuous(maxSequences: old ? 512 : 2048, tokenBudget: 8192)
    kvCache paged(memoryShare: 95.percent)
    servingEngine 'tensorrt-llm', constants: [client_per_request: 0, client_per_prompt_token: 0]
}

route 'benchmark', to: 'server'

def sparse = ['mixtral', 'scout', 'a3b', 'gpt-oss', 'deepseek'].any { row.model.toLowerCase().contains(it) }
def kind = sparse ? 'MoE' : 'dense'
measured 'output tokens/s', row.output_tok_s_total.tokens/s, predicted: { tokenRate },
        group: "TensorRT-LLM ${old ? '0.14' : '0.20 to 1.2'} $kind".toString()
