// Decode rates of one user on desktop cards, small boards and processors, gathered by one person with Ollama.
//
//     ./headroom run scenarios/validation/edge-decode.groovy -P data=FOLDER
//
// Reads edge_llm_geerling.csv. Bandwidth, dense 16-bit peak and board power of each system are datasheet figures; models are
// those that Ollama loads by these names, in Q4_K_M (gpt-oss in MXFP4); lengths are assumed. Constants of llama.cpp were
// chosen by eye on the RTX 4090 and RTX 3060 rows.
//
// Known: processors reach a far smaller share of their bandwidth than cards do, and AMD cards under this software too.

title    'Validation: desktops and small boards, decode rate'
question 'How far is the simulated decode rate of one user from what people measured at home?'

// GB/s, TFLOP/s and W, by what the name of the system contains; the first that fits counts.
def systems = ['4090': [1008, 165, 450], '5090': [1792, 210, 575], '3080 Ti': [912, 136, 350], '2080 Ti': [616, 108, 260],
               'RTX A4000': [448, 77, 140], 'RTX 3060': [360, 51, 170], 'GB10': [273, 125, 140], '4080': [717, 195, 320],
               '4070 Ti Super': [672, 176, 285], '4070': [504, 117, 200], 'RTX A2000': [288, 32, 70],
               'AMD Pro W7700': [576, 57, 190], '7900 XT': [800, 103, 300], '9070 XT': [640, 195, 304], '6700 XT': [384, 26, 230],
               'R9700': [640, 191, 300], 'B580': [456, 117, 190], 'M1 Max': [400, 21, 60], 'M4 Mac mini': [120, 9, 40],
               'AmpereOne': [333, 6, 400], 'MS-R1': [96, 1, 30], 'Pi 500+ - 16GB': [17, 0.3, 8], 'Pi 5 - ': [17, 0.3, 8]]
def models = ['DeepSeek R1 14b': 'deepseek-r1-distill-qwen-14b', 'gpt-oss 20b': 'gpt-oss-20b', 'Llama 3.2:3b': 'llama-3.2-3b',
              'Llama 3.1:70b': 'llama-3.1-70b']
def find = { text -> systems.find { text.contains(it.key) } }

def data = param('data', '.', 'folder of the measurements')
def row = sweep csv("$data/edge_llm_geerling.csv") {
    models.containsKey(it.model) && find(it.system) != null && it.device_class != 'GPU/CPU' && !it.system.contains('Cluster')
}

def (gigabytes, teraflops, watts) = find(row.system).value

hardware 'board', {
    memory 512.GB
    bandwidth gigabytes.GBps
    peaks bf16: teraflops.TFLOPS
    tdp watts.W
    devicesPerServer 1
}

site 'home', { hardware 'board', count: 1 }

traffic 'one user', {
    allAtOnce requests: 1
    prompt fixed(50.tokens)
    answer fixed(500.tokens)
}

deploy 'assistant', {
    model models[row.model]
    quantization row.model.startsWith('gpt-oss') ? 'mxfp4' : 'gguf-q4_k_m'
    at 'home', on: 'board'
    servingEngine 'llama.cpp'
}

route 'one user', to: 'assistant'

measured 'decode tokens/s', row.decode_tok_s.tokens/s, predicted: { 1.tokens / tpot.mean },
        group: "decode at home (${row.device_class == 'CPU' ? 'processors' : 'cards'})".toString()
