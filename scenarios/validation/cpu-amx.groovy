// GPT-J on two Xeon 8592+ with AMX, as submitted to MLPerf Inference 4.1: Offline throughput and Server latency.
//
//     ./headroom run scenarios/validation/cpu-amx.groovy -P data=FOLDER
//
// Reads mlperf_inference_llm.csv. The logs do not say how the sockets share the work nor how long texts are: two replicas
// of one socket, 8-bit weights, and the mean lengths of the published data set (919 and 69 tokens) are assumed. Three
// constants were chosen on these ten rows.

title    'Validation: GPT-J on processors with AMX'
question 'How far are two Xeon 8592+ from what was submitted to MLPerf?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/mlperf_inference_llm.csv") {
    it.host_cpu.contains('8592+') && it.framework == 'PyTorch' && it.model == 'gptj-99' && !it.duplicate_log &&
            (it.loadgen_scenario == 'Offline' || it.loadgen_scenario == 'Server')
}
def offline = row.loadgen_scenario == 'Offline'

hardware 'xeon-8592+', {
    basedOn 'xeon-8480+'
    bandwidth 358.GBps
    peaks bf16: 131.TFLOPS, int8: 262.TFLOPS
}

model 'gpt-j-dense', {
    layers 28
    hidden 4096
    vocabulary 50_400
    contextLimit 2048.tokens
    attention heads: 16, kvHeads: 16, headDim: 256
    feedForward width: 16_384, matrices: 2
}

site 'lab', { hardware 'xeon-8592+', count: 2 }

traffic 'articles', {
    if (offline) {
        allAtOnce requests: 2000
    } else {
        poisson row.samples_per_s.perSecond
    }
    prompt lognormal(mean: 919.tokens, cv: 0.45)
    answer lognormal(mean: 69.tokens, cv: 0.3)
}

deploy 'gpt-j', {
    model 'gpt-j-dense'
    quantization 'int8'
    at 'lab', on: 'xeon-8592+'
    replicas 2
    batching continuous(maxSequences: 64, tokenBudget: 2048)
    servingEngine 'pytorch-cpu'
}

route 'articles', to: 'gpt-j'

if (!offline) {
    simulate 3.hours, warmup: 10.minutes
}

if (offline) {
    measured 'samples/s', row.samples_per_s.perSecond, predicted: { requestRate }, group: 'MLPerf GPT-J on AMX'
} else {
    measured 'E2E mean', row.e2e_mean_ms.ms, predicted: { e2e.mean }, group: 'MLPerf GPT-J on AMX'
    measured 'E2E p99', row.e2e_p99_ms.ms, predicted: { e2e.p99 }, group: 'MLPerf GPT-J on AMX'
}
