// Offline throughput of language models as submitted to MLPerf Inference 4.1 to 6.0: everything queued at once, NVIDIA
// systems under TensorRT-LLM, AMD systems under vLLM.
//
//     ./headroom run scenarios/validation/mlperf-offline.groovy -P data=FOLDER
//
// Reads mlperf_inference_llm.csv. The logs do not say how devices share a model nor how long prompts are: the fewest
// devices that hold the model, and the mean prompts of the published data sets, are assumed. One replica is simulated.
//
// Known: submissions are tuned by hand (clocks, batches, FP8 attention) beyond the engines' defaults; about a quarter of
// their throughput comes from there, and no constant stands for it. Server rows are not compared yet.

title    'Validation: MLPerf, offline throughput'
question 'How far is simulated throughput from what was submitted?'

// Model and mean prompt of its data set, by the beginning of the name in the logs.
def models = ['llama2-70b': ['llama-2-70b', 155], 'mixtral-8x7b': ['mixtral-8x7b', 150], 'llama3.1-8b': ['llama-3.1-8b', 780],
              'llama3_1-8b': ['llama-3.1-8b', 780], 'gpt-oss-120b': ['gpt-oss-120b', 1100], 'deepseek-r1': ['deepseek-r1', 800]]
def devices = ['H200-SXM': 'h200', 'H100-SXM': 'h100', 'H100-NVL': 'h100-nvl-94gb', 'H100-PCIe': 'h100-pcie-80gb', 'B200': 'b200',
               'B300': 'b300', 'GB200': 'gb200', 'MI300X': 'mi300x', 'MI355X': 'mi355x']
def find = { table, text -> table.find { text.contains(it.key) }?.value }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/mlperf_inference_llm.csv") {
    def device = find(devices, it.accelerator)
    it.loadgen_scenario == 'Offline' && !it.duplicate_log && it.suite == 'datacenter' && it.tokens_per_s > 0 &&
            it.samples_per_s > 0 && find(models, it.model) != null && device != null && listed('hardware', device)
}

def name = find(models, row.model)[0]
def promptTokens = find(models, row.model)[1]
def device = find(devices, row.accelerator)
def nvidia = row.accelerator.contains('NVIDIA')
def blackwell = row.accelerator.contains('B200') || row.accelerator.contains('B300')
def format = name == 'gpt-oss-120b' ? 'mxfp4' : blackwell ? 'nvfp4' : name == 'deepseek-r1' ? 'fp8-block' : 'fp8'
def width = name == 'deepseek-r1' ? 8 : name == 'llama-2-70b' && device.startsWith('h100') ? 2 : 1
def answerTokens = Math.max(2, Math.round(row.tokens_per_s / row.samples_per_s).intValue())

site 'lab', { hardware device, count: width }

traffic 'offline', {
    allAtOnce requests: 8192
    prompt lognormal(mean: promptTokens.tokens, cv: 0.6)
    answer lognormal(mean: answerTokens.tokens, cv: 0.6)
}

deploy 'server', {
    model name
    quantization format
    at 'lab', on: device, tensorParallel: width
    batching continuous(maxSequences: 2048, tokenBudget: 8192)
    kvCache paged(reserve: false)
    servingEngine nvidia ? 'tensorrt-llm' : 'vllm', constants: [client_per_request: 0, client_per_prompt_token: 0]
}

route 'offline', to: 'server'

measured 'output tokens/s per device', (row.tokens_per_s / row.total_accelerators).tokens/s,
        predicted: { tokenRate / width }, group: "MLPerf offline ${nvidia ? 'NVIDIA' : 'AMD'}".toString()
