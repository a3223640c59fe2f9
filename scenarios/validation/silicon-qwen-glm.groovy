// Mean TTFT and TPOT of Qwen3.5 and GLM-5 under SGLang in the weeks after their release, closed loop, as collected by a public
// configurator to check itself.
//
//     ./headroom run scenarios/validation/silicon-qwen-glm.groovy -P data=FOLDER
//
// Reads inferencex_silicon_ttft_tpot.csv, the rows of these models that silicon.groovy leaves out. They are InferenceX's: lengths are
// drawn evenly between 80 and 100 % of the nominal ones, arguments of the servers are those of its launch scripts of their days. Experts
// that are split 2 x 2, 4 x 4 or 8 x 8 ran on 2, 4 or 8 devices, as its configurations say; Qwen3.5 of SGLang 0.5.9 in FP8 on four
// devices without spread experts is left out: those have it with drafts alone. No row was used for a constant of a profile.
//
// Builds of that spring differ from the later ones that profiles stand for. Kernel tables of 0.5.9 and 0.5.10 (AIConfigurator) give:
// layers with indexers 10 to 34 us dearer; on H200, where experts are Triton's, 0.8 of the bandwidth in small batches, 38 us a layer of
// experts, 0.3 of the speed where experts are spread, and 0.4 of the peak in sparse attention; on B200 0.24 of it where GLM-5's caches
// have 16 bits (in FP4, launched without later arguments). Chosen on rows: until 0.5.10 a host launches a layer of a prompt in 2.5 ms
// (Qwen3.5 in FP8 on B200, four and eight users of 1,024 tokens) and a layer takes 4 us longer, 17 on B200's four devices, whose launch
// scripts do not fuse all-reduces; spread experts of Qwen3.5 on Blackwell multiply at 0.44 of the speed, its slices on eight devices are
// read at 0.77; GLM-5's experts in FP4 at 0.37 of the bandwidth, so that a token takes as long as in FP8.
//
// Known: B300 launches prompts in less than half of B200's time (TTFT +30 to +86 % with few users). From 0.5.10 on, which has graphs for
// prompts, Qwen3.5's tokens are 5 % too slow, in 16 bits 17; 16 users on H200 had a token in twice the time of 8 and 32 (-33 %).

title    'Validation: Qwen3.5 and GLM-5 in their first weeks'
question 'How far are simulated means from measured ones in early builds?'
['fp8-block', 'nvfp4'].each { type -> quantization "$type-kv8", { basedOn type; kvCacheBits 8 } }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/inferencex_silicon_ttft_tpot.csv") {
    def drafts = it.backend_version == '0.5.9' && it.precision == 'fp8' && it.moe_ep == 1 && it.tp == 4 && it.model.contains('Qwen3.5')
    it.mode == 'agg' && it.backend == 'sglang' && (it.model.contains('Qwen3.5') || it.model.contains('GLM-5')) && !drafts &&
            (it.tp <= 8 || it.moe_tp == it.moe_ep) && listed('model', it.model) && listed('hardware', it.system)
}

def qwen = row.model.contains('Qwen3.5'), fp4 = row.precision == 'fp4', before = { day -> row.containsKey('date') && row.date < day }
def hopper = row.system == 'h200_sxm', b300 = row.system == 'b300_sxm', b200 = row.system == 'b200_sxm'
def experts = row.moe_ep, devices = experts > 1 && row.moe_tp == experts ? experts : row.tp
// Qwen3.5 before there were graphs for prompts; GLM-5 in builds of its spring, and in FP4 with none of the later arguments.
def early = qwen && (row.backend_version in ['0.5.9', 'nightly-dev'] || row.backend_version.startsWith('nightly-dev-202602'))
def spring = !qwen && (!row.containsKey('date') || before('2026-05')), first = !qwen && fp4 && before('2026-04-09')
def type = [fp8: 'fp8-block', fp4: 'nvfp4', bf16: 'bf16'][row.precision]
def format = type != 'bf16' && (qwen || !hopper && !first) ? "$type-kv8".toString() : type

// Tokens a step, percent of memory, sequences, steps between looks at new requests.
def looks = row.concurrency < 16 ? 10 : 30
def launch = !qwen ? hopper ? [8192, 85, 1024, 1] : first ? [131_072, 80, row.concurrency, 1] : [32_768, 85, row.concurrency, 1]
        : hopper ? [16_384, 80, 128, 1] : b300 && row.precision == 'fp8' && !before('2026-04-16') ? [16_384, 80, row.concurrency, 10]
        : [32_768, fp4 ? 85 : 82, Math.max(128, row.concurrency), fp4 && !b300 ? 30 : looks]

def triton = [expert_memory_factor: 0.8, per_moe_layer: 38, per_prefill_layer: 2500]
def build = [:]
if (early) {
    build = [per_layer: b200 && devices == 4 ? 30 : 17, per_prefill_layer: 2500]
    if (hopper) { build += triton }
    if (experts > 1) { build += [expert_compute_factor_fp8_block: hopper ? 0.105 : 0.15] }
    if (!hopper && type != 'bf16' && devices == 8) { build += [expert_memory_factor: 0.75] }
} else if (spring) {
    build = [per_indexer_layer: hopper ? 48 : fp4 ? 55 : 74]
    if (hopper) { build += triton + [attention_mfu: 0.4] }
    if (first) { build += [expert_memory_factor_4bit: 0.45, attention_mfu: 0.24] }
}

site 'lab', { hardware row.system, count: devices }
traffic 'benchmark', {
    concurrency row.concurrency, requests: 10 * row.concurrency
    prompt uniform((row.isl_tokens * 0.8).intValue().tokens, row.isl_tokens.tokens)
    answer uniform((row.osl_tokens * 0.8).intValue().tokens, row.osl_tokens.tokens)
}
deploy 'server', {
    model row.model
    quantization format
    at 'lab', on: row.system, tensorParallel: devices, expertParallel: experts
    batching continuous(maxSequences: launch[2], tokenBudget: launch[0], scheduler: prefillFirst(pollSteps: launch[3]))
    kvCache paged(memoryShare: launch[1].percent, activations: 0.GB)
    admission startUp: 500.ms
    servingEngine 'sglang', constants: build
}
route 'benchmark', to: 'server'

def group = "silicon ${qwen ? "Qwen3.5 sglang ${early ? 'up to 0.5.9' : 'later'}" : 'GLM-5 sglang'} InferenceX shapes".toString()
measured 'TPOT mean', row.tpot_ms.ms, predicted: { tpot.mean }, group: group
measured 'TTFT mean', row.ttft_ms.ms, predicted: { ttft.mean }, group: group
