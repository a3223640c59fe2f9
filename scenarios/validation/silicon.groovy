// Mean TTFT and TPOT of eleven models on six devices under vLLM, SGLang and TensorRT-LLM, closed loop, as collected by a public
// configurator to check itself.
//
//     ./headroom run scenarios/validation/silicon.groovy -P data=FOLDER
//
// Reads inferencex_silicon_ttft_tpot.csv, aggregated rows; a group of their own has data-parallel attention. Lengths are drawn evenly
// between 80 and 100 % of the nominal ones; the rows of other origins than InferenceX do not say how theirs are drawn: equal prompts are
// assumed, equal answers under SGLang, whose users stay in step as the TTFT of equal lengths says, and answers of 80 to 120 % under the
// others, whose do not. A row of 16 or 64 devices whose experts are split 4 x 4 or 8 x 8 ran on 4 or 8, four ranks 2 x 2 on 2; Kimi-K2.5's
// four ranks of four devices are four devices, as the same times say elsewhere; where a batch holds fewer than all users, ranks or
// replicas share them. More than 8 devices otherwise: left out. Arguments of the servers are those of inferencex.groovy. TensorRT-LLM's
// DeepSeek-R1 of two days and versions is left out: it drafted tokens, as InferenceX says of twelve of these very runs.
//
// Known: where one batch does all prompts before it decodes, equal lengths keep users in step, in bursts: SGLang's Llama-3.1-8B on H200
// has TTFT 195 % too long and TPOT 23 % too short, so its lengths or starts probably varied. Time per token: Qwen3-32B under TensorRT-LLM
// on H100 is 16 % too short, more so on more devices, since steps with prompts cost its host more than here; SGLang is 6 % off in its
// later versions, 16 and 23 % too fast in the first ones (B200) and 21 to 50 % on B300; vLLM is 4 to 7 % too fast (Llama-3.1-70B).
// SGLang's start-up of 0.5 s: see InferenceX; its rows without a version took four times as long to first tokens, so they are a group.
// Llama-3.1-8B in FP8 under vLLM: a token took no longer with 80 users than with 16, as if most prompts were cached: a group as well. TPOT
// of data-parallel attention: see InferenceX. Qwen3.5 under SGLang 0.5.9 probably drafted tokens on B300. GLM-5, to which nothing was
// fitted, did not: TPOT is 18 % too short, partly since builds of its month were slower (docs/physics.md).

title    'Validation: mean TTFT and TPOT of many configurations'
question 'How far are simulated means from measured ones?'
def engines = [vllm: 'vllm', sglang: 'sglang', trtllm: 'tensorrt-llm'], formats = [nvfp4: 'nvfp4', fp8: 'fp8', fp8_block: 'fp8-block', int4_wo: 'int4']
['fp8', 'nvfp4', 'fp8-block', 'mxfp4'].each { type -> quantization "$type-kv8", { basedOn type; kvCacheBits 8 } }

def drafts = { it.backend == 'trtllm' && it.model.endsWith('DeepSeek-R1') && it.containsKey('backend_version') &&
        (it.backend_version == '1.2.0rc6.post3' || "$it.backend_version $it.date" == '1.1.0rc2.post2 2026-01-14') }
def data = param('data', '.', 'folder of the measurements'), software = param('software', 'all', 'vllm, sglang, trtllm or all')
def row = sweep csv("$data/inferencex_silicon_ttft_tpot.csv") {
    software in ['all', it.backend] && !drafts(it) && it.mode == 'agg' && it.pp == 1 &&
            (it.tp <= 8 || it.moe_tp == it.moe_ep) && listed('model', it.model) && listed('hardware', it.system)
}
def number = { column, otherwise -> row.containsKey(column) ? row[column] : otherwise }
// Users of a rank or of a replica: all, unless a batch is said to hold fewer.
def parts = row.containsKey('batch_size') && row.containsKey('concurrency') ? row.concurrency.intdiv(row.batch_size) : 1
def squared = number('attention_dp', 1) > 1 && row.tp > 1, experts = squared ? row.tp : Math.max(1, number('moe_ep', 1))
def ranks = squared ? 1 : experts > 1 && parts == row.tp ? parts : Math.max(1, number('attention_dp', 1)), width = Math.max(row.tp, ranks)
def slip = (width >= 16 || ranks > 1 && experts > 1 && row.tp == 1) && number('moe_tp', 1) == experts, devices = slip ? experts : width
def of = { name -> row.model.contains(name) }, gptOss = of('gpt-oss'), deepSeek = of('DeepSeek'), qwen35 = of('Qwen3.5'), glm = of('GLM-5')
def sparse = experts > 1 || number('moe_tp', 1) > 1
def engine = engines[row.backend], inferenceX = row.origin.startsWith('InferenceX') || [1024, 8192].contains(row.isl_tokens) && row.osl_tokens == 1024
def format = gptOss ? 'mxfp4' : row.containsKey('gemm_quant') ? formats[row.gemm_quant] : row.containsKey('precision') ? row.precision : 'bf16'
if (format == 'fp8' && (deepSeek || number('moe_quant', '') == 'fp8_block')) { format = 'fp8-block' }
// KV caches in 8 bits: as InferenceX's launch scripts say, and in checkpoints in FP8 and FP4 for TensorRT-LLM, of GLM-5 on Blackwell as 128 users need.
def narrowKv = engine == 'tensorrt-llm' ? !sparse || gptOss || deepSeek : inferenceX && (engine == 'vllm'
        ? row.model.contains('Llama-3.1-70B') || gptOss && row.system == 'b200_sxm' : qwen35 || (deepSeek || glm) && row.system != 'h200_sxm')
if (narrowKv && ['fp8', 'nvfp4', 'fp8-block', 'mxfp4'].contains(format)) { format = "$format-kv8".toString() }
// Rows of TensorRT-LLM 1.0.0rc3 keep one request more than there are slots; other shapes are timed in the server.
def extra = number('backend_version', '') == '1.0.0rc3' ? 1 : 0, replicas = ranks == 1 && experts <= 1 ? parts : 1
def users = row.concurrency.intdiv(replicas) + extra, slots = extra ? row.concurrency : 1024
// SGLang's arguments for DeepSeek, Qwen3.5 and GLM-5: tokens a step, percent of memory, sequences, steps between looks at new requests.
def hopper = row.system == 'h200_sxm', b300 = row.system == 'b300_sxm', fp4 = number('precision', '') == 'fp4', looks = row.concurrency < 16 ? 10 : 30
def qwenLaunch = hopper ? [16_384, 80, 128, 1] : b300 && row.precision == 'fp8' ? [16_384, 80, row.concurrency, 10]
        : [32_768, fp4 ? 85 : 82, Math.max(128, row.concurrency), fp4 && !b300 ? 30 : looks]
def deepSeekLaunch = format == 'nvfp4-kv8' ? [16_384, 85, 256, hopper ? 1 : looks] : hopper ? [32_768, 82, 256, 1]
        : devices == 4 ? [8192, 95, 32, 10] : [32_768, 82, 128, looks]
def launch = qwen35 ? qwenLaunch : glm ? [32_768, 85, row.concurrency, 1] : deepSeekLaunch
// TensorRT-LLM's tokens a step, of a rank where it attends data-parallel.
def gathers = engine == 'tensorrt-llm' && ranks > 1, room = sparse ? Math.max(8192, row.concurrency + row.isl_tokens + 64) : 8192
def tokens = gathers && gptOss ? 20_000 : engine == 'tensorrt-llm' ? room : 8192
site 'lab', { hardware row.system, count: devices }
traffic 'benchmark', {
    concurrency users, requests: 10 * users
    prompt inferenceX ? uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens) : fixed(row.isl_tokens.tokens)
    answer !inferenceX && engine == 'sglang' ? fixed(row.osl_tokens.tokens)
            : uniform((row.osl_tokens * 0.8).intValue().tokens, (row.osl_tokens * (inferenceX ? 1 : 1.2)).intValue().tokens)
}
deploy 'server', {
    model row.model
    quantization format
    at 'lab', on: row.system, tensorParallel: devices, expertParallel: Math.min(devices, experts), dataParallelAttention: ranks > 1
    if (engine == 'sglang' && (deepSeek || qwen35 || glm) && inferenceX) {
        batching continuous(maxSequences: launch[2], tokenBudget: launch[0], scheduler: prefillFirst(pollSteps: launch[3]))
        kvCache paged(memoryShare: launch[1].percent, activations: 0.GB)
        admission startUp: 500.ms
    } else if (gathers) {
        batching continuous(maxSequences: slots, tokenBudget: devices * tokens, scheduler: gptOss ? gatheredPrompts() : gatheredPrompts(timeoutSteps: 60, moreSteps: 0))
    } else {
        batching continuous(maxSequences: slots, tokenBudget: tokens)
    }
    servingEngine engine, constants: inferenceX ? [:] : [client_per_request: 0, client_per_prompt_token: 0]
}
route 'benchmark', to: 'server'
def undated = engine == 'sglang' && inferenceX && !row.containsKey('backend_version') ? ' of no stated version' : ''
def version = number('backend_version', '') == '0.5.9' ? '0.5.9' : 'later'
def kind = qwen35 ? "Qwen3.5 $engine $version" : glm ? "GLM-5 $engine" : of('8B-Instruct-FP8') ? "Llama-3.1-8B FP8 $engine" : engine
def group = "silicon $kind ${ranks > 1 ? 'data-parallel attention' : inferenceX ? "InferenceX shapes$undated" : 'other shapes'}".toString()
measured 'TPOT mean', row.tpot_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_ms.ms, predicted: { ttft.mean }, group: group
