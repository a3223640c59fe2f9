// First token and end of one batch of 16 prompts of 1,024 tokens, as Argonne's LLM-Inference-Bench (2024) timed them from Python:
// three models on A100, H100 and MI300X under vLLM and TensorRT-LLM.
//
//     ./headroom run scenarios/validation/argonne-first-token.groovy -P data=FOLDER
//
// Reads llm_inference_bench_anl_ttft.csv. The batch has its first token when all of its prompts are computed; answers of 1,024 tokens
// are assumed. DeepSpeed is left out: it has no profile.
//
// Known: prompts on MI300X took 2.3 s for the 221 TFLOP of Llama-2-7B, 7 % of the dense 16-bit peak, where H100 reached 53 %; vLLM 2024
// has constants of AMD devices for that, fitted on argonne.groovy. Their answers are too slow for 16 sequences, as there.

title    'Validation: first tokens of LLM-Inference-Bench'
question 'How far is a simulated batch of prompts from a measured one?'

def on = { it.accelerator == 'Nvidia A100 GPU' ? 'a100-40gb' : it.accelerator == 'Nvidia GH200 GPU' ? 'gh200-96gb' : it.accelerator }
def engines = [vLLM: 'vllm-2024', 'TensorRT-LLM': 'tensorrt-llm-2024']

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/llm_inference_bench_anl_ttft.csv") {
    engines.containsKey(it.framework) && listed('model', it.model) && listed('hardware', on(it))
}
def device = on(row)

site 'lab', { hardware device, count: 1 }

traffic 'batch', {
    allAtOnce requests: row.batch_size
    prompt fixed(row.input_len_tokens.tokens)
    answer fixed(1024.tokens)
}

deploy 'server', {
    model row.model
    quantization 'fp16'
    at 'lab', on: device
    batching continuous(maxSequences: row.batch_size, tokenBudget: row.batch_size * row.input_len_tokens)
    servingEngine engines[row.framework], constants: [client_per_request: 0, client_per_prompt_token: 0]
}

route 'batch', to: 'server'

def group = "Argonne batch of 16 ${device.contains('MI') ? 'AMD' : 'NVIDIA'}".toString()
measured 'first token', row.ttft_batch_latency_s.s, predicted: { ttft.longest }, group: group
measured 'E2E of the batch', row.e2e_batch_latency_s.s, predicted: { e2e.longest }, group: group
