// gpt-oss-120b under SGLang with separate pools for prefill and decode on one server of eight H200, at one, two and three replicas that
// prefill, closed loop of 32 to 128 users.
//
//     ./headroom run scenarios/validation/disaggregated.groovy -P data=FOLDER
//
// Reads dstack_pd_ratio_gptoss120b.csv. Two replicas a pool and three beside one have two devices each, as the study says; how one
// beside one is spread it does not say: four devices each are assumed. The rate of the link is not stated either: 50 GB/s is assumed.
// Answers ended when the model ended them: their mean is that of each row; that they end at random, at the latest after the tokens asked
// for at most, is assumed. A run of which requests are missing is left out.
//
// Known: SGLang's 60 ms for handing over a KV cache were chosen on the six rows of 32 users with short prompts; under 128 users it took
// longer, as its caches move in pages of one token, which lie scattered after a while: mean TTFT is 26 to 49 % off, mostly short. TPOT
// p99 is 19 to 32 % short. With prompts of up to 2,048 tokens time per token is within 10 %, throughput within 19 %. With 32,784 the
// gaps between tokens (ITL p99: 75 to 119 ms on two devices as on four, 15 to 29 with 2,048) say that each cache that comes stops its
// decoding replica for some 3 us a token of the prompt, which is not simulated: under 32 and 64 users time per token is 9 and 28 % short
// where one replica prefills for one, otherwise within 12 %. Under 128 users SGLang, which reserves room before it prefills, had 46
// requests decoding where three replicas feed one, and the others waited for room; here they are prefilled first: a token takes 42 % too
// long, TTFT is 62 % short. Runs of one beside one with answers of up to 32,784 tokens took 12 and 20 ms a token in the mean, 10 and 12
// in the median: some requests ran far slower than their lengths say. How fast SGLang reads caches of gpt-oss on Hopper was chosen on
// four of these rows (docs/physics.md, "Kernels of attention").

title    'Validation: separate pools for prefill and decode'
question 'How far are simulated latencies and throughput from measured ones?'

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/dstack_pd_ratio_gptoss120b.csv") { it.req_s * it.duration_s > 0.99 * it.num_prompts }

def devices = row.prefill_workers + row.decode_workers == 2 ? 4 : 2
// Answers end at random, with the mean of the row, at the latest where they were cut.
def answers = row.output_tok_s * row.duration_s / row.num_prompts, most = row.osl_tokens
def ends = answers
100.times { ends = answers / (1 - Math.exp(-most / ends)) }
def lengths = (0..<100).step(2).collectEntries { ["p$it".toString(), Math.min(most, Math.max(1, -ends * Math.log(1 - it / 100))).tokens] }
lengths.p100 = most.tokens

site 'lab', { hardware 'h200', count: 8 }

traffic 'benchmark', {
    concurrency row.concurrency, requests: row.num_prompts
    prompt fixed(row.isl_tokens.tokens)
    answer quantiles(*: lengths)
}

deploy 'server', {
    model 'gpt-oss-120b'
    quantization 'mxfp4'
    at 'lab', on: 'h200', tensorParallel: devices
    batching continuous(maxSequences: 256, tokenBudget: 16384)
    servingEngine 'sglang'
    disaggregate prefill: row.prefill_workers, decode: row.decode_workers, link: 50.GBps
}

route 'benchmark', to: 'server', policy: roundRobin

def group = "SGLang ${row.prefill_workers}p${row.decode_workers}d".toString()
measured 'output tokens/s', row.output_tok_s.tokens/s, predicted: { tokenRate }, group: group
measured 'TPOT mean', row.tpot_mean_ms.ms, predicted: { tpot.mean }, group: group
measured 'TPOT p99', row.tpot_p99_ms.ms, predicted: { tpot.p99 }, group: group
measured 'TTFT mean', row.ttft_mean_ms.ms, predicted: { ttft.mean }, group: group
measured 'TTFT p50', row.ttft_median_ms.ms, predicted: { ttft.p50 }, group: group
measured 'TTFT p99', row.ttft_p99_ms.ms, predicted: { ttft.p99 }, group: group
