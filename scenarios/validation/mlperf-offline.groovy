// Offline throughput of language models as submitted to MLPerf Inference 4.1 to 6.0: everything queued at once, NVIDIA
// systems under TensorRT-LLM, AMD systems and two of Red Hat under vLLM.
//
//     ./headroom run scenarios/validation/mlperf-offline.groovy -P data=FOLDER
//
// Reads mlperf_inference_llm.csv, closed division. The logs do not say how devices share a model nor how long prompts are: the
// fewest devices that hold the model, data-parallel attention for DeepSeek-R1, and the mean prompts of the published data sets, are
// assumed. One replica is simulated. DeepSeek-R1 on racks of GB200, spread over more than a server, is left out.
//
// Known: submissions are tuned by hand (clocks, batches, FP8 attention) beyond the engines' defaults, which no constant stands for:
// Llama-2-70B is 21 % too slow on B200 and B300, where H100 and H200 of 4.1 are within 5 %, and DeepSeek-R1 of 6.0 55 to 60 %, two to three
// times as fast as the same system of 5.1 (10 % too slow). Mixtral is 43 to 91 % and gpt-oss 67 to 121 % too fast on all devices: at thousands
// of tokens a step experts reach less than the constants say. Cards of 350 to 400 W (H100 PCIe, NVL) throttle: +50 to +81 %. On MI300X
// vLLM's constants are those of NVIDIA devices: +32 to +110 %.

title    'Validation: MLPerf, offline throughput'
question 'How far is simulated throughput from what was submitted?'

// Model and mean prompt of its data set, by the beginning of the name in the logs.
def models = ['llama2-70b': ['llama-2-70b', 155], 'mixtral-8x7b': ['mixtral-8x7b', 150], 'llama3.1-8b': ['llama-3.1-8b', 780],
              'llama3_1-8b': ['llama-3.1-8b', 780], 'gpt-oss-120b': ['gpt-oss-120b', 1100], 'deepseek-r1': ['deepseek-r1', 800]]
def devices = ['H200-SXM': 'h200', 'H100-SXM': 'h100', 'H100-NVL': 'h100-nvl-94gb', 'H100-PCIe': 'h100-pcie-80gb', 'GB200': 'gb200',
               'B200': 'b200', 'B300': 'b300', 'MI300X': 'mi300x', 'MI355X': 'mi355x']
def find = { table, text -> table.find { text.contains(it.key) }?.value }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/mlperf_inference_llm.csv") {
    def device = find(devices, it.accelerator)
    it.loadgen_scenario == 'Offline' && !it.duplicate_log && it.division == 'closed' && it.tokens_per_s > 0 &&
            it.samples_per_s > 0 && find(models, it.model) != null && device != null && listed('hardware', device) &&
            !(it.model == 'deepseek-r1' && device == 'gb200')
}

def name = find(models, row.model)[0]
def promptTokens = find(models, row.model)[1]
def device = find(devices, row.accelerator)
def nvidia = row.accelerator.contains('NVIDIA')
def four = device in ['b200', 'b300', 'gb200', 'mi355x'] && !(row.mlperf_version == 'v6.0' && row.weight_data_type == 'fp8')
def format = name == 'gpt-oss-120b' ? 'mxfp4' : four ? (nvidia ? 'nvfp4' : 'mxfp4-w4a4') : name == 'deepseek-r1' ? 'fp8-block' : 'fp8'
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
    at 'lab', on: device, tensorParallel: width, expertParallel: width == 8 ? 8 : 1, dataParallelAttention: width == 8
    batching continuous(maxSequences: 2048, tokenBudget: 8192)
    kvCache paged(reserve: false)
    servingEngine row.framework.contains('TensorRT') ? 'tensorrt-llm' : 'vllm', constants: [client_per_request: 0, client_per_prompt_token: 0]
}

route 'offline', to: 'server'

measured 'output tokens/s per device', (row.tokens_per_s / row.total_accelerators).tokens/s,
        predicted: { tokenRate / width }, group: "MLPerf offline ${nvidia ? 'NVIDIA' : 'AMD'}".toString()
