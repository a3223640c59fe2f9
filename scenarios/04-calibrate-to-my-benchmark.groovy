// Does Headroom know my server, and if not, which of its constants are different here?
//
//     ./headroom run scenarios/04-calibrate-to-my-benchmark.groovy
//     ./headroom calibrate scenarios/04-calibrate-to-my-benchmark.groovy -o my-profile.csv
//     ./headroom run scenarios/04-calibrate-to-my-benchmark.groovy -P profile=my-profile.csv
//
// With results of your own (vllm bench serve --save-result; GenAI-Perf, AIPerf and GuideLLM do, too):
//
//     ./headroom calibrate scenarios/04-calibrate-to-my-benchmark.groovy -P results=my-results -o my-profile.csv
//
// The results in 04-benchmark are not measurements: they were simulated with per_step 1500 us, per_sequence 40 us and
// client_per_request 25 ms, then moved by up to 2 %, so that one can see what a calibration finds.
// Shows: a slow host looks like a slow GPU at one load only; several loads tell them apart. docs/calibration.md explains.

title    'Is the simulation like my benchmark?'
question 'How far are simulated latencies from those of my load generator, before and after a fit?'

def results = param('results', '04-benchmark', 'folder of result files, a JSON file for each load')
def profile = param('profile', '', 'profile file that headroom calibrate wrote; empty for the constants of the catalogue')

def row = sweep benchmark("$results/*.json") { it.containsKey('concurrency') }

site 'lab', { hardware 'h100-sxm5-80gb', count: 1 }

traffic 'benchmark', {
    concurrency row.concurrency, requests: row.requests
    prompt fixed(Math.round(row.prompt_tokens_mean).intValue().tokens)
    answer fixed(Math.round(row.answer_tokens_mean).intValue().tokens)
}

deploy 'server', {
    model 'llama-3.1-8b'
    at 'lab', on: 'h100-sxm5-80gb'
    if (profile) {
        servingEngine 'vllm', profile: profile
    } else {
        servingEngine 'vllm'
    }
}

route 'benchmark', to: 'server'
simulate untilDone

// What the load generator did not write is not compared.
if (row.containsKey('ttft_mean_ms')) { measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean } }
if (row.containsKey('tpot_mean_ms')) { measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean } }
if (row.containsKey('e2e_mean_ms')) { measured 'E2E mean', row.e2e_mean_ms.ms, predicted: { e2e.mean } }
measured 'output tokens/s', row.output_tokens_per_s.tokens/s, predicted: { tokenRate }
