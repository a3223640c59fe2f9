// Mean TTFT and TPOT of nine models on six devices under vLLM, SGLang and TensorRT-LLM, closed loop, as collected by a
// public configurator to check itself.
//
//     ./headroom run scenarios/validation/silicon.groovy -P data=FOLDER
//
// Reads inferencex_silicon_ttft_tpot.csv, aggregated rows; a group of their own has data-parallel attention (but for Kimi-K2.5, where
// four ranks have four devices each). Lengths are drawn evenly between 80 and 100 % of the nominal ones; the rows of other origins
// than InferenceX do not say how theirs are drawn. A row of 16 or 64 devices whose experts are split 4 x 4 or 8 x 8 ran on 4 or 8.
//
// Known: where one batch does all prompts before it decodes, equal lengths keep users in step, in bursts: SGLang's Llama-3.1-8B on H200
// has TTFT 195 % too long and TPOT 23 % too short, so its lengths or starts probably varied. TTFT of Qwen3-32B on H100 also holds the
// first burst (+72 % under vLLM, +10 % in runs six times as long). Time per token: Qwen3-32B under TensorRT-LLM on H100 19 % too short
// (16 on one device, 28 on eight), on GB200 62 %; DeepSeek-R1 under TensorRT-LLM 28 % too long on B200, 48 % on H200, the later
// V3 rows 7 and 11 %; DeepSeek-V3 under SGLang on B300 26 % too short, on B200 10 % off either way; vLLM is 3 to 5 % off on Hopper with
// InferenceX's lengths, but 7 (Llama-3.1-70B) and 11 % (gpt-oss) on B200. TTFT of SGLang and data-parallel attention: see InferenceX.

title    'Validation: mean TTFT and TPOT of many configurations'
question 'How far are simulated means from measured ones?'

def engines = [vllm: 'vllm', sglang: 'sglang', trtllm: 'tensorrt-llm']
def formats = [nvfp4: 'nvfp4', fp8: 'fp8', fp8_block: 'fp8-block', int4_wo: 'int4']

// Checkpoints in FP8 and FP4 for TensorRT-LLM keep their KV cache in FP8.
quantization 'fp8-kv8', { basedOn 'fp8'; kvCacheBits 8 }
quantization 'nvfp4-kv8', { basedOn 'nvfp4'; kvCacheBits 8 }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/inferencex_silicon_ttft_tpot.csv") {
    it.mode == 'agg' && it.pp == 1 && !(it.containsKey('attention_dp') && it.attention_dp > 1 && it.tp > 1) && it.tp <= 64 &&
            listed('model', it.model) && listed('hardware', it.system)
}

def number = { column, otherwise -> row.containsKey(column) ? row[column] : otherwise }
def experts = Math.max(1, number('moe_ep', 1))
def ranks = Math.max(1, number('attention_dp', 1))
def width = Math.max(row.tp, ranks)
def slip = width >= 16 && number('moe_tp', 1) == experts
def devices = slip ? experts : width
def sparse = experts > 1 || number('moe_tp', 1) > 1
def format = row.model.contains('gpt-oss') ? 'mxfp4' : row.containsKey('gemm_quant') ? formats[row.gemm_quant] :
        row.containsKey('precision') ? row.precision : 'bf16'
if (row.model.contains('DeepSeek') && format == 'fp8') { format = 'fp8-block' }
def engine = engines[row.backend]
if (row.backend == 'trtllm' && !sparse && ['fp8', 'nvfp4'].contains(format)) { format = "$format-kv8".toString() }
def inferenceX = row.origin.startsWith('InferenceX') || [1024, 8192].contains(row.isl_tokens) && row.osl_tokens == 1024

// Rows of TensorRT-LLM 1.0.0rc3 keep one request more than there are slots; other shapes are timed in the server.
def extra = row.containsKey('backend_version') && row.backend_version == '1.0.0rc3' ? 1 : 0
def users = row.concurrency + extra
def slots = extra ? row.concurrency : 1024

site 'lab', { hardware row.system, count: devices }

traffic 'benchmark', {
    concurrency users, requests: 10 * users
    prompt inferenceX ? uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens) : fixed(row.isl_tokens.tokens)
    answer inferenceX ? uniform((row.osl_tokens * 0.8).intValue().tokens, row.osl_tokens.tokens) : fixed(row.osl_tokens.tokens)
}

deploy 'server', {
    model row.model
    quantization format
    at 'lab', on: row.system, tensorParallel: devices, expertParallel: slip ? 1 : Math.min(devices, experts),
            dataParallelAttention: ranks > 1
    batching continuous(maxSequences: slots, tokenBudget: 8192)
    servingEngine engine, constants: inferenceX ? [:] : [client_per_request: 0, client_per_prompt_token: 0]
}

route 'benchmark', to: 'server'

def group = "silicon $engine ${ranks > 1 ? 'data-parallel attention' : inferenceX ? 'InferenceX shapes' : 'other shapes'}".toString()
measured 'TPOT mean', row.tpot_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_ms.ms, predicted: { ttft.mean }, group: group
