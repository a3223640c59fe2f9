// Mean TTFT and TPOT of nine models on six devices under vLLM, SGLang and TensorRT-LLM, closed loop, as collected by a
// public configurator to check itself.
//
//     ./headroom run scenarios/validation/silicon.groovy -P data=FOLDER
//
// Reads inferencex_silicon_ttft_tpot.csv, aggregated rows without data-parallel attention. Lengths are drawn evenly
// between 80 and 100 % of the nominal ones; the rows of other origins than InferenceX do not say how theirs are drawn.
// A row of 16 or 64 devices whose experts are split 4 x 4 or 8 x 8 ran on 4 or 8.

title    'Validation: mean TTFT and TPOT of many configurations'
question 'How far are simulated means from measured ones?'

def engines = [vllm: 'vllm', sglang: 'sglang', trtllm: 'tensorrt-llm']
def formats = [nvfp4: 'nvfp4', fp8: 'fp8', fp8_block: 'fp8-block', int4_wo: 'int4']

// Checkpoints in FP8 and FP4 for TensorRT-LLM keep their KV cache in FP8.
quantization 'fp8-kv8', { basedOn 'fp8'; kvCacheBits 8 }
quantization 'nvfp4-kv8', { basedOn 'nvfp4'; kvCacheBits 8 }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/inferencex_silicon_ttft_tpot.csv") {
    it.mode == 'agg' && it.pp == 1 && !(it.containsKey('attention_dp') && it.attention_dp > 1) && it.tp <= 64 &&
            listed('model', it.model) && listed('hardware', it.system)
}

def number = { column, otherwise -> row.containsKey(column) ? row[column] : otherwise }
def experts = Math.max(1, number('moe_ep', 1))
def slip = row.tp >= 16 && number('moe_tp', 1) == experts
def devices = slip ? experts : row.tp
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
    at 'lab', on: row.system, tensorParallel: devices, expertParallel: slip ? 1 : Math.min(devices, experts)
    batching continuous(maxSequences: slots, tokenBudget: 8192)
    servingEngine engine, constants: inferenceX ? [:] : [client_per_request: 0, client_per_prompt_token: 0]
}

route 'benchmark', to: 'server'

def group = "silicon $engine ${inferenceX ? 'InferenceX shapes' : 'other shapes'}".toString()
measured 'TPOT mean', row.tpot_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_ms.ms, predicted: { ttft.mean }, group: group
