// Mean TTFT and TPOT of eight models on five devices under vLLM, SGLang and TensorRT-LLM, closed loop, as collected by a public
// configurator to check itself.
//
//     ./headroom run scenarios/validation/silicon.groovy -P data=FOLDER
//
// Reads inferencex_silicon_ttft_tpot.csv, aggregated rows, those of Qwen3.5 and GLM-5 in silicon-qwen-glm.groovy; a group of their own
// has data-parallel attention. Lengths are drawn evenly between 80 and 100 % of the nominal ones; the rows of other origins than
// InferenceX do not say how theirs are drawn: equal prompts are assumed, equal answers under SGLang where lengths are multiples of
// 1,024, whose users stay in step as the TTFT of equal lengths says, answers of 50 to 150 % under vLLM, whose users stay in step least,
// and of 80 to 120 % otherwise. A row of 4, 16 or 64 devices or ranks whose experts are split 2 x 2, 4 x 4 or 8 x 8 ran on 2, 4 or 8, as
// InferenceX's configurations of those days say; Kimi-K2.5's four ranks of four devices are four devices, as the same times say
// elsewhere; where a batch holds fewer than all users, ranks or replicas share them. More than 8 devices otherwise: left out. Qwen3-32B
// in FP8 is taken to be its publisher's checkpoint, which scales by blocks. Arguments of the servers are those of inferencex.groovy;
// TensorRT-LLM's Llama waits for batches of prompts of 1,024 tokens on less than eight devices, as its launch scripts say. Rows that
// drafted tokens are left out: TensorRT-LLM's DeepSeek-R1 of two days and versions, as InferenceX says of twelve of these very runs, and
// of SGLang 0.5.9 in FP8 DeepSeek-R1 on eight B200, which InferenceX's configurations of their days have with drafts alone (with four
// users also without).
//
// Known: SGLang's Llama-3.1-8B on H200 has its first tokens 40 to 94 % too early, as of hundreds of users whose prompts arrive at once,
// and Qwen3-32B on one H100, which has room for few, any factor. Time per token: on H100 users of Qwen3-32B under TensorRT-LLM come in
// groups of two to four (TTFT). With 64 and 128 users on eight devices first tokens of Llama-3.1-8B take 0.4 to 2 s, here 0.1: its
// servers stop at 9 thousand tokens a second, whatever hands them out. Under vLLM a token of Kimi-K2.5 in INT4 on B200 takes 16 to 31 %
// longer than here, and no less than on H200; 512 users on H100, whose client was probably overloaded, had a token in 5 ms. Qwen3-32B's
// first tokens under vLLM hang on how far answers spread, which is not said: 13 % off with 50 to 150 % of the mean as taken, 15 with 80
// to 120, 81 with equal ones; its prompts take TensorRT-LLM a tenth longer on eight devices. SGLang's Qwen3-32B is 4 to 6 % too slow a
// token: its constants are of mixtures. SGLang's start-up of 0.5 s and its slow prompts on B300: see InferenceX; its rows without a
// version took four times as long to first tokens, some 70 s in the first users' place where their mean is 7, as if kernels were
// compiled, so they are a group. Llama-3.1-8B in FP8 under vLLM: a token took no longer with 80 users than with 16, as if most prompts
// were cached: a group as well. TPOT of data-parallel attention: see InferenceX. Rows of TensorRT-LLM 1.3.0rc1 took as long as a host
// launches their layers, but for those of one user: DeepSeek-R1-NVFP4 85 to 92 ms a token with 40 users and with 224, Qwen3-32B on GB200
// 21 to 169 ms with two users and more, 8 with one. They are taken to have run without CUDA graphs, and are groups: 1.35 ms a layer was
// chosen on DeepSeek's six rows; the 0.5 ms of Qwen3-32B is that of its prompts, and its rows jump by up to three times around it.
// Prompts are gathered for all ranks in InferenceX's rows alone, whose launch scripts say so. Of DeepSeek-V3.1 the users are taken to be
// those of one batch: 448 would have their tokens faster than 256 with shorter prompts on the same devices. With data-parallel attention
// DeepSeek-R1 and V3 are within 9 % otherwise, V3.1 18 and 26 % too slow; gpt-oss as in InferenceX.

title    'Validation: mean TTFT and TPOT of many configurations'
question 'How far are simulated means from measured ones?'
def engines = [vllm: 'vllm', sglang: 'sglang', trtllm: 'tensorrt-llm'], formats = [nvfp4: 'nvfp4', fp8: 'fp8', fp8_block: 'fp8-block', int4_wo: 'int4']
['fp8', 'nvfp4', 'fp8-block', 'mxfp4'].each { type -> quantization "$type-kv8", { basedOn type; kvCacheBits 8 } }
def told = { r, column -> r.containsKey(column) ? r[column] : '' }
def drafts = { r -> r.backend == 'sglang' && told(r, 'backend_version') == '0.5.9' && told(r, 'precision') == 'fp8' && told(r, 'moe_ep') == 1 &&
        r.model.endsWith('DeepSeek-R1') && r.system == 'b200_sxm' && r.tp == 8 ||
        r.backend == 'trtllm' && r.model.endsWith('DeepSeek-R1') && (told(r, 'backend_version') == '1.2.0rc6.post3' || told(r, 'date') == '2026-01-14') }
def data = param('data', '.', 'folder of the measurements'), software = param('software', 'all', 'vllm, sglang, trtllm or all')
def young = { it.backend == 'sglang' && (it.model.contains('Qwen3.5') || it.model.contains('GLM-5')) }
def row = sweep csv("$data/inferencex_silicon_ttft_tpot.csv") {
    software in ['all', it.backend] && !young(it) && !drafts(it) && it.mode == 'agg' && it.pp == 1 &&
            (it.tp <= 8 || it.moe_tp == it.moe_ep) && listed('model', it.model) && listed('hardware', it.system)
}
def number = { column, otherwise -> row.containsKey(column) ? row[column] : otherwise }
// Users of a rank or of a replica: all, unless a batch is said to hold fewer.
def parts = row.containsKey('batch_size') && row.containsKey('concurrency') ? row.concurrency.intdiv(row.batch_size) : 1
def squared = number('attention_dp', 1) > 1 && row.tp > 1, experts = squared ? row.tp : Math.max(1, number('moe_ep', 1))
def ranks = squared ? 1 : experts > 1 && parts == row.tp ? parts : Math.max(1, number('attention_dp', 1)), devices = experts > 1 && number('moe_tp', 1) == experts ? experts : Math.max(row.tp, ranks)
def of = { name -> row.model.contains(name) }, gptOss = of('gpt-oss'), deepSeek = of('DeepSeek'), dense = of('Llama') || of('Qwen3-32B')
def engine = engines[row.backend], hopper = row.system == 'h200_sxm', fp4 = number('precision', '') == 'fp4', before = { number('date', '2027') < it }
def inferenceX = row.origin.startsWith('InferenceX') || [1024, 8192].contains(row.isl_tokens) && row.osl_tokens == 1024
def format = gptOss ? 'mxfp4' : row.containsKey('gemm_quant') ? formats[row.gemm_quant] : row.containsKey('precision') ? row.precision : 'bf16'
if (format == 'fp8' && (deepSeek || of('Qwen3-32B') || number('moe_quant', '') == 'fp8_block')) { format = 'fp8-block' }
// KV caches in 8 bits: as InferenceX's launch scripts say, and in checkpoints in FP8 and FP4 for TensorRT-LLM.
def narrowKv = engine == 'tensorrt-llm' ? dense || gptOss && !hopper || deepSeek : inferenceX && (engine == 'vllm'
        ? row.model.contains('Llama-3.1-70B') || gptOss && row.system == 'b200_sxm' : deepSeek && !hopper)
if (narrowKv && ['fp8', 'nvfp4', 'fp8-block', 'mxfp4'].contains(format)) { format = "$format-kv8".toString() }
// Rows of TensorRT-LLM 1.0.0rc3 keep one request more than there are slots; other shapes are timed in the server.
def extra = number('backend_version', '') == '1.0.0rc3' ? 1 : 0, replicas = ranks == 1 && experts <= 1 ? parts : 1
def users = (of('V3.1-NVFP4') ? row.batch_size : row.concurrency.intdiv(replicas)) + extra, slots = extra ? row.concurrency : 1024
// SGLang's arguments for DeepSeek: tokens a step, percent of memory, sequences, steps between looks at new requests.
def b300 = row.system == 'b300_sxm', looks = row.concurrency < 16 ? 10 : 30
def launch = format == 'nvfp4-kv8' ? [16_384, 85, 256, hopper ? 1 : looks] : hopper ? [32_768, 82, 256, 1]
        : devices == 4 ? [8192, 95, 32, 10] : [32_768, 82, 128, looks]
// TensorRT-LLM's tokens a step, of a rank where it attends data-parallel.
def trt = engine == 'tensorrt-llm', gathers = trt && ranks > 1, old = !row.containsKey('date') || row.date < '2026-01-21'
def tokens = !trt || dense && !inferenceX ? 8192 : gptOss ? 20_000 : dense ? 16_384 : Math.max(old && inferenceX ? 0 : 8192, row.concurrency + row.isl_tokens + 64)
// TensorRT-LLM waits for batches of short prompts: Llama on less than eight devices, DeepSeek in FP8 on B200 since January 2026.
def waits = trt && inferenceX && row.isl_tokens == 1024 && row.osl_tokens == 1024 &&
        (dense ? devices < 8 : deepSeek && !old && row.system == 'b200_sxm' && format == 'fp8-block-kv8' && row.concurrency >= 64)
// DeepSeek has CUDA graphs of steps with prompts then, and in FP4 on eight devices with spread experts.
def graphs = deepSeek && (waits || trt && !old && inferenceX && row.isl_tokens == 1024 && row.system == 'b200_sxm' && fp4 && devices == 8 && experts == 8)
def scripted = engine == 'sglang' && deepSeek && inferenceX
def scheduler = scripted ? prefillFirst(pollSteps: launch[3]) : gathers && inferenceX ? (gptOss ? gatheredPrompts() : gatheredPrompts(timeoutSteps: 60, moreSteps: 0))
        : waits ? (deepSeek ? batchedPrompts(timeoutSteps: 40, tokenShare: 80.percent) : batchedPrompts(timeoutSteps: 20, tokenShare: 90.percent)) : null
def sequences = scripted ? launch[2] : slots, budget = scripted ? launch[0] : gathers ? devices * tokens : tokens
// All rows of TensorRT-LLM 1.3.0rc1, but for those of one user, took as long as it takes a host to launch their layers.
def version = number('backend_version', ''), eager = version == '1.3.0rc1', undated = engine == 'sglang' && inferenceX && !version ? ' of no stated version' : ''
site 'lab', { hardware row.system, count: devices }
traffic 'benchmark', {
    concurrency users, requests: 10 * users
    prompt inferenceX ? uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens) : fixed(row.isl_tokens.tokens)
    answer !inferenceX && engine == 'sglang' && row.isl_tokens % 1024 == 0 ? fixed(row.osl_tokens.tokens)
            : uniform(*(inferenceX ? [80, 100] : engine == 'vllm' ? [50, 150] : [80, 120]).collect { (row.osl_tokens * it).intdiv(100).tokens })
}
deploy 'server', {
    model row.model
    quantization format
    at 'lab', on: row.system, tensorParallel: devices, expertParallel: Math.min(devices, experts), dataParallelAttention: ranks > 1
    batching scheduler ? continuous(maxSequences: sequences, tokenBudget: budget, scheduler: scheduler) : continuous(maxSequences: sequences, tokenBudget: budget)
    if (scripted) { kvCache paged(memoryShare: launch[1].percent, activations: 0.GB); admission startUp: 500.ms }
    servingEngine engine, constants: graphs ? [per_prefill_layer: 0] : eager && row.concurrency > 1 ? [per_decode_layer: deepSeek ? 1350 : 500] : [:]
}
route 'benchmark', to: 'server'
def kind = engine == 'sglang' && deepSeek && b300 && before('2026-05-15') ? 'sglang with slow prompts on B300' : of('8B-Instruct-FP8') ? "Llama-3.1-8B FP8 $engine" : eager ? "$engine without CUDA graphs" : engine
def group = "silicon $kind ${ranks > 1 ? 'data-parallel attention' : inferenceX ? "InferenceX shapes$undated" : 'other shapes'}".toString()
measured 'TPOT mean', row.tpot_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_ms.ms, predicted: { ttft.mean }, group: group
