package headroom.dsl.reference

import headroom.dsl.Scenario
import headroom.dsl.ScriptException
import headroom.dsl.Scripts
import headroom.dsl.build.DeployWords
import headroom.dsl.build.HardwareWords
import headroom.dsl.build.ModelWords
import headroom.dsl.build.QuantizationWords
import headroom.dsl.build.ReportWords
import headroom.dsl.build.ScenarioWords
import headroom.dsl.build.SiteWords
import headroom.dsl.build.SloWords
import headroom.dsl.build.TrafficWords
import headroom.dsl.build.ValueWords
import headroom.dsl.claims.ClaimWords
import headroom.dsl.claims.CostFigures
import headroom.dsl.claims.EnergyFigures
import headroom.dsl.claims.LatencyFigures
import headroom.dsl.claims.PointFigures
import headroom.dsl.script.ArgFacts.Role
import headroom.dsl.script.MathWords
import headroom.dsl.script.WordFacts
import java.nio.file.Files
import java.nio.file.Path

/** Puts an example of the reference where it belongs, into as little of a scenario as it needs. */
class Examples {
    static final Map<String, String> TOP = [
            site    : "site 'frankfurt', { hardware 'l4', count: 64, rent: 1.usd/hour; hardware 'a100-sxm4-80gb', count: 64, rent: 2.usd/hour; electricity price: 0.2.usd/kWh, carbon: 300.gCO2/kWh }",
            traffic : "traffic 'support', { concurrency 4, requests: 40; prompt fixed(600.tokens); answer fixed(60.tokens) }",
            deploy  : "deploy 'assistant', { model 'llama-3.1-8b'; at 'frankfurt', on: 'l4' }",
            route   : "route 'support', to: 'assistant'",
            simulate: 'simulate 30.minutes']
    static final String PARAMETERS = "def users = param('users', 50); def precision = param('precision', 'fp16'); def copies = param('copies', 1)"
    static final Map<String, String> FILES = [
            'prices.groovy'        : '[hour: 1.80.usd/hour]',
            'measurements.csv'     : 'users,engine,tpot_mean_ms\n10,vllm,12.5\n20,sglang,14.0\n',
            'mine.csv'             : 'sent_ms,input_tokens,output_tokens,prompt_id\n0,100,20,7\n50,100,25,7\n',
            'azure-2023-conv.csv'  : 'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:50.9951690,396,109\n',
            'results/c16.json'     : '{"model_id": "meta-llama/Llama-3.1-8B", "request_rate": "inf", "max_concurrency": 16, "completed": 160, "duration": 40.5, "total_input_tokens": 81920, "total_output_tokens": 20480, "request_throughput": 3.95, "output_throughput": 505.7, "mean_ttft_ms": 61.2, "mean_tpot_ms": 9.1}',
            'config.json'          : '{"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128256, "max_position_embeddings": 131072, "tie_word_embeddings": false}']

    /** The whole script; {@code line} stands where the word belongs, in place of what the scenario says with that word. */
    static String script(Section section, WordFacts word, String line) {
        def top = { Map<String, String> other = [:] -> (TOP + other).values().findAll { it }.join('\n') + '\n' }
        def rest = { Map<String, String> lines -> (lines.findAll { it.key != word.name() }.values() + line).findAll { it }.join('; ') }
        switch (section.vocabulary()) {
            case ScenarioWords:
                return atTop(word, line, top)
            case SiteWords:
                return top() + "site 'other', { ${rest(hardware: word.name() == 'basedOn' ? '' : "hardware 'l4', count: 1")} }"
            case TrafficWords:
                def arrivals = word.name() == 'turns' ? 'poisson 2.perSecond' : word.name() in ['prompt', 'answer', 'slo', 'priority', 'sharedPrefix'] ? 'concurrency 4, requests: 40' : ''
                def lengths = word.name() in ['trace', 'replay'] ? [:] : [prompt: 'prompt fixed(600.tokens)', answer: 'answer fixed(60.tokens)']
                return top() + "traffic 'other', { ${rest([concurrency: arrivals] + lengths)} }; route 'other', to: 'assistant'"
            case SloWords:
                return top(traffic: "traffic 'support', { concurrency 4, requests: 40; prompt fixed(600.tokens); answer fixed(60.tokens); slo { $line } }")
            case DeployWords:
                return top(deploy: "deploy 'assistant', { ${rest(model: "model 'llama-3.1-8b'", at: "at 'frankfurt', on: 'a100-sxm4-80gb', tensorParallel: 8")} }")
            case ModelWords:
                if (word.name() in ['fixedWork', 'reaches']) {
                    def base = word.name() == 'reaches' ? "basedOn 'resnet50-v1.5'; " : ''
                    return top(traffic: "traffic 'support', { concurrency 4, requests: 40 }",
                            deploy: "deploy 'assistant', { model 'mine'; at 'frankfurt', on: 'l4' }",
                            site: "model 'mine', { $base$line }\n" + TOP.site)
                }
                def others = word.name() == 'fromConfig' ? [:] : [basedOn: "basedOn 'llama-3.1-8b'"]
                if (word.name() == 'sparseAttention') {
                    others.latentAttention = 'latentAttention kvRank: 512, queryRank: 1536, ropeDim: 64, nopeDim: 128, valueDim: 128, heads: 16'
                }
                return top(deploy: "deploy 'assistant', { model 'mine'; at 'frankfurt', on: 'a100-sxm4-80gb', tensorParallel: 8 }",
                        site: "model 'mine', { ${rest(others)} }\n" + TOP.site)
            case HardwareWords:
                return top(site: "hardware 'mine', { ${rest(basedOn: "basedOn 'h100-sxm5-80gb'")} }\n" + TOP.site)
            case QuantizationWords:
                return top(site: "quantization 'mine', { ${rest(basedOn: "basedOn 'int4-awq'")} }\n" + TOP.site)
            case ReportWords:
            case ReportWords.LatencyColumns:
                return top() + swept(true) + "report { $line }"
            case [ClaimWords, PointFigures, LatencyFigures, CostFigures, EnergyFigures]:
                return top(traffic: TOP.traffic.replace('answer fixed', 'slo { e2e p95: 9.s }; answer fixed')) + swept(line.contains('precision')) + "expect 'it', { $line }"
            case ValueWords:
                boolean whole = line ==~ /(def \w+ = .*|sweep .*|simulate .*)/
                return PARAMETERS + '\n' + top(line.startsWith('simulate') ? [simulate: ''] : [:]) + (whole ? line : "def value = $line")
            case MathWords:
                return PARAMETERS + '\n' + top() + "def value = $line"
        }
        throw new IllegalStateException("say where examples of ${section.vocabulary().simpleName} belong")
    }

    /** A script of these lines in an otherwise empty block. */
    static String blank(Language language, Section section, String lines) {
        if (section.kind() in [Section.Kind.TOP, Section.Kind.EVERYWHERE]) {
            return lines
        }
        def opener = section.openers()[0]
        def name = opener.word().arguments().any { it.role() == Role.POSITIONAL } ? " 'x'," : ''
        blank(language, language.sections().find { it.vocabulary() == opener.home() }, "${opener.name()}$name { $lines }")
    }

    private static String atTop(WordFacts word, String line, Closure<String> top) {
        def said = top([(word.name()): '']) + line
        switch (word.name()) {
            case 'auto': return top(simulate: '', traffic: TOP.traffic.replace('concurrency 4, requests: 40', 'poisson 2.perSecond')) + line
            case 'sweep': return PARAMETERS + '\n' + said
            case ['expect', 'report']: return top() + swept(line.contains('precision') || word.name() == 'report') + line
            case 'variant': return top(deploy: '') + line
            case 'baseline': return top(deploy: '') + "variant 'on two', { ${TOP.deploy} }\nvariant 'on one', { ${TOP.deploy} }\n$line"
        }
        said
    }

    private static String swept(boolean precision) {
        PARAMETERS + '\nsweep users: [10, 50, 200]' + (precision ? ", precision: ['fp16', 'int8', 'int4-awq']" : '') + '\n'
    }

    /** The scenario that a script makes, with the files that examples name beside it. */
    static Scenario load(String script) {
        Path folder = Files.createTempDirectory('example')
        try {
            FILES.each { name, content ->
                Files.createDirectories(folder.resolve(name).parent)
                Files.writeString(folder.resolve(name), content)
            }
            Scripts.load(folder, script)
        } finally {
            folder.toFile().deleteDir()
        }
    }

    /** Everything wrong with a script, and every reason why a point of it cannot run. */
    static List<String> mistakes(String script) {
        try {
            return load(script).experiment().points().collectMany { it.refusals() }
        } catch (ScriptException e) {
            return e.problems().collect { "$it.line:$it.column $it.message | $it.remedy in ${it.sourceLine}".toString() }
        }
    }
}
