// Language models under load as submitted to MLPerf Inference 4.1 to 6.0, Server and Interactive: requests come at random; at which rate
// does the 99th percentile of TTFT or TPOT reach its limit?
//
//     ./headroom run scenarios/validation/mlperf-server.groovy -P data=FOLDER
//
// Reads mlperf_inference_llm.csv: closed division, NVIDIA and AMD, without GPT-J (limited otherwise), 99.9 % accuracy (the same systems
// again) and DeepSeek-R1 on GB200. Devices a replica and lengths as in mlperf-offline.groovy, but answers spread as the logs' latencies
// do; DeepSeek-R1 attends data-parallel. Since 5.1 sequences and tokens a step are those of NVIDIA's configurations of 5.1 and 6.0,
// which keep steps of Interactive short. Seven replicas side by side have 0.3 to 1.5 times the submitted rate; the rate at the limit
// lies between two of them, and 1.5 stands for all above. TTFT and TPOT are those of the submitted rate. Each token goes to LoadGen's
// client by itself, which offline rows do not know: its host takes 7 us for it under TensorRT-LLM (12 with what a sequence takes anyway;
// 7 to 15 tried) and 8 under vLLM (10; 2 to 10 tried), chosen on these rows. But for gpt-oss and DeepSeek-R1 models are engines built
// ahead, whose layers of a prompt a host launches faster than PyTorch's: in 0.3 ms, which two rows of GB200 ask for (0.15 to 0.35 tried;
// B200 does not tell 0.06 from 0.25).
//
// Known: errors of offline rates come on top (mlperf-offline.groovy). Submitters run near their knee: where a simulated server's own
// lies 15 % higher or lower, its latencies are a fraction of theirs or those of an overload. H100 NVL bears 21 % more than submitted,
// PCIe 37 % and at least half as much again, H200 limited to 500 W (MaxQ) 19 and 7 % more; the power of such servers at the wall is
// within 1 %. The same H100 and H200 bear 13 to 15 % more here than in 4.1, and 27 % less to 1 % more than in 5.1: software became
// faster. Interactive: Llama-2-70B bears 12 % more on B200, 10 less on H200, Llama-3.1-8B 12 % less to 10 more; racks of GB200 had
// separate pools for prompts in 6.0, which are not simulated (-36 to -43 %). gpt-oss bears 7 to 27 % less on Blackwell, half as much
// again at least in Interactive, 7 to 17 % more on AMD, where it is 12 to 20 offline. DeepSeek-R1 bears at least half as much again as
// in 5.1, 9 and 17 % less than in 6.0; within 15 ms a token it is not reached at 0.3 either: configurations let it draft tokens there.

title    'Validation: MLPerf, language models under load'
question 'At what rate do simulated servers reach the limits?'
// Model, mean and spread (standard deviation over mean) of its prompts, spread of its answers, by the beginning of the name in the logs.
def models = ['llama2-70b': ['llama-2-70b', 222, 0.77, 0.6], 'mixtral-8x7b': ['mixtral-8x7b', 427, 0.77, 0.8],
              'llama3.1-8b': ['llama-3.1-8b', 871, 0.49, 0.05], 'llama3_1-8b': ['llama-3.1-8b', 871, 0.49, 0.05],
              'llama3.1-405b': ['llama-3.1-405b', 9428, 0.6, 0.6], 'gpt-oss-120b': ['gpt-oss-120b', 5011, 0.42, 0.25], 'deepseek-r1': ['deepseek-r1', 804, 0.5, 1.4]]
def devices = ['H200-SXM': 'h200', 'H100-SXM': 'h100', 'H100-NVL': 'h100-nvl-94gb', 'H100-PCIe': 'h100-pcie-80gb', 'GH200': 'gh200', 'L40S': 'l40s',
               'GB200': 'gb200', 'GB300': 'gb300', 'B200': 'b200', 'B300': 'b300', 'RTX PRO 4500': 'rtx-pro-4500', 'RTX PRO 6000': 'rtx-pro-6000',
               'MI300X': 'mi300x', 'MI325X': 'mi325x', 'MI350X': 'mi350x', 'MI355X': 'mi355x']
def find = { table, text -> table.find { text.contains(it.key) }?.value }
['fp8', 'mxfp4', 'fp8-block'].each { type -> quantization "$type-kv8", { basedOn type; kvCacheBits 8 } }
def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/mlperf_inference_llm.csv") {
    it.loadgen_scenario == 'Server' && !it.duplicate_log && it.division == 'closed' && it.ttft_limit_ms > 0 && find(models, it.model) != null &&
            !it.model.contains('99.9') && listed('hardware', find(devices, it.accelerator) ?: 'none') &&
            !(it.model == 'deepseek-r1' && it.accelerator.contains('GB200'))
}

def (name, promptTokens, promptSpread, answerSpread) = find(models, row.model)
def device = find(devices, row.accelerator), nvidia = row.accelerator.contains('NVIDIA')
def four = device in ['b200', 'b300', 'gb200', 'gb300', 'rtx-pro-4500', 'rtx-pro-6000', 'mi350x', 'mi355x'] && !(row.mlperf_version == 'v6.0' && row.weight_data_type == 'fp8')
def format = name == 'gpt-oss-120b' ? 'mxfp4-kv8' : !four ? 'fp8-kv8' : nvidia ? 'nvfp4' : 'mxfp4-w4a4'
// Kernels of H100 NVL and PCIe are those of H100 SXM: cards of 700 W under a limit. MaxQ is one, as NVIDIA's configuration of Llama-2-70B has it.
def limit = row.platform.contains('MaxQ') ? 500 : ['h100-nvl-94gb': 387, 'h100-pcie-80gb': 339][device], card = device.startsWith('h100-') ? '700 W' : device
def width = name == 'deepseek-r1' ? 8 : name == 'llama-3.1-405b' ? (four ? 4 : 8) : name != 'llama-2-70b' ? 1 : device == 'l40s' ? 4 : device.startsWith('h100') ? 2 : 1
def engine = row.framework.contains('TensorRT') ? 'tensorrt-llm' : 'vllm', interactive = row.tpot_limit_ms <= 40, rtx = device.startsWith('rtx')
// Sequences and tokens a step, of all ranks, as NVIDIA's configurations of 5.1 and 6.0 have them.
def launch = !nvidia || row.mlperf_version == 'v4.1' ? [2048, 8192] : [
        'llama-2-70b': interactive ? (four ? [768, 768] : [256, 256]) : rtx ? [2048, 2048] : four ? [2048, 3584] : [1536, 1536],
        'llama-3.1-8b': rtx ? [2048, 4096] : four ? [6000, 12_000] : [1536, 1536], 'llama-3.1-405b': [256, interactive ? 1536 : 2048],
        'mixtral-8x7b': [6144, 10_240], 'gpt-oss-120b': [512, 4638], 'deepseek-r1': [8 * 512, 8 * 3456]][name]
def answerTokens = row.tokens_per_s / row.samples_per_s, rate = row.scheduled_samples_per_s / row.total_accelerators
def shares = [0.3, 0.6, 0.85, 1, 1.1, 1.25, 1.5]
hardware '700 W', { basedOn device; tdp 700.W }
site 'lab', { hardware card, count: width * shares.size() }
shares.each { share ->
    traffic "load $share", {
        poisson((share * rate * width).perSecond)
        prompt lognormal(mean: promptTokens.tokens, cv: promptSpread)
        answer lognormal(mean: answerTokens.tokens, cv: answerSpread)
    }
    deploy "server $share", {
        model name; quantization format
        at 'lab', on: card, tensorParallel: width, expertParallel: name == 'deepseek-r1' ? 8 : 1, dataParallelAttention: name == 'deepseek-r1'
        batching continuous(maxSequences: launch[0], tokenBudget: launch[1])
        kvCache paged(reserve: false)
        if (limit) { powerCap device: limit.W }
        servingEngine engine, constants: [client_per_request: 0, client_per_prompt_token: 0, per_prefill_sequence: 100, per_sequence: engine == 'vllm' ? 10 : 12] +
                (nvidia && engine != 'vllm' && !(name in ['gpt-oss-120b', 'deepseek-r1']) ? [per_prefill_layer: 300] : [:])
    }
    route "load $share", to: "server $share"
}
// What counts, after a mean answer at the limit: ten minutes as LoadGen asks for, but not more than 20,000 requests or less than two answers.
def answerMs = Math.min(answerTokens * row.tpot_limit_ms, 200_000)
simulate((answerMs + Math.max(2 * answerMs, Math.min(600_000, 20_000_000 / (rate * width)))).ms, warmup: answerMs.ms)
def group = "MLPerf ${interactive ? 'Interactive' : 'Server'} ${nvidia ? 'NVIDIA' : 'AMD'}".toString()
// The limit over the percentile, at most 2: 1 at the limit.
def spare = { limitMs, latency -> limitMs.ms / [latency.p99, (limitMs / 2).ms].max() }
def within = { load -> [spare(row.ttft_limit_ms, load.ttft), spare(row.tpot_limit_ms, load.tpot)].min() }
measured 'rate at the limits', rate.perSecond, group: group, predicted: {
    def low = shares.findAll { within(traffic("load $it")) >= 1 }.max(), high = shares.find { low == null || it > low }
    def a = low == null ? 1 : within(traffic("load $low")), share = low == null || high == null ? low ?: high : low + (high - low) * (a - 1) / (a - within(traffic("load $high")))
    rate.perSecond * share
}
measured 'at the submitted rate: TTFT mean', row.ttft_mean_ms.ms, predicted: { traffic('load 1').ttft.mean }, group: group
measured 'at the submitted rate: TTFT p99', row.ttft_p99_ms.ms, predicted: { traffic('load 1').ttft.p99 }, group: group
measured 'at the submitted rate: TPOT p99', row.tpot_p99_ms.ms, predicted: { traffic('load 1').tpot.p99 }, group: group
if (row.containsKey('tpot_mean_ms')) { measured 'at the submitted rate: TPOT mean', row.tpot_mean_ms.ms, predicted: { traffic('load 1').tpot.mean }, group: group }
// At the wall, of the whole server, where a meter told.
if (row.containsKey('system_power_value')) measured 'power of the server', row.system_power_value.W, group: group, predicted: { traffic('load 1').energy.perOutputToken * traffic('load 1').tokenRate * 8 / width }
