// Static batches of equal prompts and answers, from 1 to 256 sequences of 128 to 1,024 tokens, as Argonne's LLM-Inference-Bench (2024)
// measured them on A100, H100 and MI300X under vLLM, TensorRT-LLM and llama.cpp.
//
//     ./headroom run scenarios/validation/argonne.groovy -P data=FOLDER
//
// Reads llm_inference_bench_anl.csv: rows marked sound, of models and devices in the catalogue, in 16 bits; llama.cpp on one device.
// Left out are DeepSpeed, Gaudi 2 and Max 1550, which have no profile, and models of 2023 without catalogue entry. The A100 is taken to
// be that of 40 GB, a GH200 that of 96 GB, Qwen2-7B to be Qwen2.5-7B. Throughput counts prompts and answers. Constants of vLLM 2024 were
// fitted on a sample of 12 % of its rows on A100 and H100 and of a quarter on MI300X, those of TensorRT-LLM 2024 on a quarter, those of
// llama.cpp 2024 on Llama-2-7B and, on MI300X, Mixtral.
//
// Known: vLLM on MI300X: models of 7 and 8 billion weights on one device are up to 33 % too slow for 16 sequences and 9 to 18 % too fast
// for 256 of 1,024 tokens, Llama-3-70B 13 to 16 % too fast; runs of one user with 128 tokens, often one to two seconds longer than the
// others say, are 40 % too fast. TensorRT-LLM's Mixtral is 37 to 40 % too slow: 16 sequences took 1.3 times as long as one, so the
// prompts of a batch were probably the same and visited the same experts. Experts spread whole over four devices are 43 to 52 % too fast
// (over two by two 9 to 13 %): one user's two experts lie on one or two devices, not evenly on all. Llama-2-7B in stages is 64 to 291 %
// too fast from 16 sequences on, when it took longer than on one device; Llama-3-8B in stages is within 10 %. Llama-2-70B does not fit 4
// x 40 GB at vLLM's share of 90 %, but ran.

title    'Validation: static batches of LLM-Inference-Bench'
question 'How far are simulated batches from measured ones?'

def same = ['huggyllama/llama-7b': 'llama-2-7b']
def device = { it.accelerator == 'Nvidia A100 GPU' ? 'a100-40gb' : it.accelerator == 'Nvidia GH200 GPU' ? 'gh200-96gb' : it.accelerator }
def engines = [vLLM: 'vllm-2024', 'TensorRT-LLM': 'tensorrt-llm-2024', 'llama.cpp': 'llama.cpp-2024']

def data = param('data', '.', 'folder of the measurements')
def software = param('software', 'all', 'vLLM, TensorRT-LLM, llama.cpp or all')
def on = param('on', 'all', 'A100, H100, MI300X or all')
def row = sweep csv("$data/llm_inference_bench_anl.csv") {
    it.trust == 'ok' && it.model != 'EleutherAI/gpt-j-6b' && listed('model', same[it.model] ?: it.model) &&
            listed('hardware', device(it)) && engines.containsKey(it.framework) &&
            software in ['all', it.framework] && (on == 'all' || it.accelerator.contains(on)) &&
            (!it.containsKey('quantization') || it.quantization == 'Weight = fp16, KV Cache = fp16') &&
            (it.framework != 'llama.cpp' || it.num_accelerators == 1)
}

// How devices share the model: each matrix, stages of layers, or experts; hybrids are two by two.
def way = row.containsKey('parallelism') ? row.parallelism : ''
def hybrid = way.startsWith('Hyb')
def stages = !way.contains('PP') && !way.contains('Pipeline') ? 1 : hybrid ? 2 : row.num_accelerators
def experts = !way.contains('EP') ? 1 : hybrid ? 2 : row.num_accelerators

site 'lab', { hardware device(row), count: row.num_accelerators }

traffic 'batch', {
    allAtOnce requests: row.batch_size
    prompt fixed(row.input_len_tokens.tokens)
    answer fixed(row.output_len_tokens.tokens)
}

deploy 'server', {
    model same[row.model] ?: row.model
    quantization 'fp16'
    at 'lab', on: device(row), tensorParallel: row.num_accelerators / stages, expertParallel: experts, pipelineParallel: stages
    batching continuous(maxSequences: row.batch_size, tokenBudget: Math.max(8192, row.batch_size))
    servingEngine engines[row.framework], constants: [client_per_request: 0, client_per_prompt_token: 0]
}

route 'batch', to: 'server'

def tokens = (row.input_len_tokens + row.output_len_tokens) * row.batch_size
def engine = "Argonne ${row.framework}".toString()
def group = stages * experts > 1 ? "$engine by stages or experts".toString() : "$engine ${row.accelerator.split(' ')[1]}".toString()
measured 'prompt and answer tokens/s', row.throughput_in_plus_out_tok_s.tokens/s, predicted: { tokens.tokens / e2e.longest }, group: group
if (row.containsKey('avg_power_w')) {
    measured 'power of the device', row.avg_power_w.W, predicted: { energy.devicesPerOutputToken * tokenRate }, group: group
    measured 'energy per output token', (row.avg_power_w * row.batch_latency_s / row.batch_size / row.output_len_tokens).J/token,
            predicted: { energy.devicesPerOutputToken }, group: group
}
