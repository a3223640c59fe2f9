// An answer of an 8-billion-parameter model without a datacentre GPU: on what, how fast, at how many joules?
//
//     ./headroom run scenarios/06-odd-hardware.groovy
//     ./headroom run scenarios/06-odd-hardware.groovy -P on=npu -P budget=15,20,30,40
//
// Five ways to be odd: chips that hold weights in on-chip memory only (128 LPUs), a node under a power budget (Jetson AGX
// Orin), a processor with AMX, a card too small for the weights, which keeps 40 % of them in the host's memory, and an
// optical core whose converters cost latency, power and precision. The optical device is hypothetical: conversions at 2 pJ
// (8-bit DAC and ADC at gigahertz rates), 100 ns a product and 0.01 % of quality lost in each are published orders of
// magnitude. Profiles of llama.cpp, of PyTorch on AMX and of static pipelines have low confidence (docs/validation.md).

title    'Llama-3.1-8B on odd hardware'
question 'Which device without HBM answers one user fastest, and which with the least energy?'

def on     = param('on', 'lpu', 'the device')
def budget = param('budget', 30, 'W that the edge node may draw at the wall')

hardware 'optical-core', {
    memory 64.GB
    bandwidth 800.GBps
    peaks bf16: 400.TFLOPS, int8: 400.TFLOPS
    tdp 150.W
    devicesPerServer 1
    conversion tile: 256, rate: 4e12.perSecond, energy: 2.pJ, latency: 100.ns, loss: 0.01.percent
}

def device  = [lpu: 'groq-lpu-v1', npu: 'jetson-agx-orin-64gb', cpu: 'xeon-8480+', small: 'rtx-4090', optical: 'optical-core'][on]
def engine  = [lpu: 'static-pipeline', npu: 'llama.cpp', cpu: 'pytorch-cpu', small: 'llama.cpp', optical: 'vllm'][on]
def format  = on == 'small' ? 'bf16' : 'int8'
def devices = on == 'lpu' ? 128 : 1

site 'edge', { hardware device, count: devices }

traffic 'one user', {
    closedLoop users: 1, think: exponential(mean: 2.s)
    prompt lognormal(median: 300.tokens, p95: 900.tokens)
    answer lognormal(median: 150.tokens, p95: 400.tokens)
}

deploy 'assistant', {
    model 'llama-3.1-8b'
    quantization format
    servingEngine engine
    at 'edge', on: device, tensorParallel: on == 'lpu' ? 8 : 1, pipelineParallel: on == 'lpu' ? 16 : 1
    if (on == 'npu') {
        powerCap server: budget.W
    }
    if (on == 'small') {
        offload weights: 40.percent
    }
}

route 'one user', to: 'assistant'

sweep on: ['lpu', 'npu', 'cpu', 'small', 'optical']
simulate 4.hours, warmup: 10.minutes

expect 'on-chip memory answers fastest, and only because 128 chips answer one user', {
    at(on: 'lpu').tpot.p50 < at(on: 'optical').tpot.p50 && at(on: 'lpu').energy.perOutputToken > at(on: 'optical').energy.perOutputToken
}
expect 'a link between host and card is slower than the memory of a processor', {
    at(on: 'small').tpot.p50 > at(on: 'cpu').tpot.p50
}
report { compare by: 'on' }
