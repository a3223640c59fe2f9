package headroom.dsl

import headroom.dsl.script.ScriptLimits
import headroom.dsl.script.ScriptRules
import java.nio.file.Files
import java.nio.file.Path

/** Scripts for specs: the example that everybody knows, and ways to load text as if it were a file. */
class Scripts {
    static final String EXAMPLE = '''\
        title    'Support assistant on 8 x A100: which precision?'
        question 'Which precision holds p95 < 2 s at 50 users, and what does an answer cost?'

        def users     = param('users', 50, 'people chatting at once')
        def precision = param('precision', 'fp16', 'weight format')

        site 'frankfurt', {
            region 'eu-central'; jurisdiction 'EU'
            hardware 'a100-sxm4-80gb', count: 8, rent: 1.80.usd/hour
            electricity price: 0.21.usd/kWh, carbon: 370.gCO2/kWh
            cooling air(pue: 1.35)
        }

        traffic 'support', {
            closedLoop users: users, think: exponential(mean: 8.s)
            prompt lognormal(median: 600.tokens, p95: 2400.tokens)
            answer lognormal(median: 60.tokens, p95: 110.tokens)
            slo { ttft p95: 500.ms; e2e p95: 2.s }
        }

        deploy 'assistant', {
            model 'qwen2.5-72b'
            quantization precision
            at 'frankfurt', on: 'a100-sxm4-80gb', tensorParallel: 8
            batching continuous(maxSequences: 256, tokenBudget: 8192)
            kvCache paged(block: 16)
            servingEngine 'vllm'
        }

        route 'support', to: 'assistant'

        sweep users: [10, 25, 50, 100, 200], precision: ['fp16', 'int8', 'int4-awq']
        replications 5
        simulate 30.minutes, warmup: 5.minutes

        expect 'INT8 answers faster than FP16 at 50 users', {
            at(users: 50, precision: 'int8').e2e.p95 < at(users: 50, precision: 'fp16').e2e.p95
        }
        report { compare by: 'precision', over: 'users'; pareto cost, e2e.p95, energy }
        '''.stripIndent()

    static Scenario load(String text, Map<String, List<String>> overrides = [:], Long seed = null) {
        Path folder = Files.createTempDirectory('scenario')
        try {
            return load(folder, text, overrides, seed)
        } finally {
            folder.toFile().deleteDir()
        }
    }

    static Scenario load(Path folder, String text, Map<String, List<String>> overrides = [:], Long seed = null) {
        Path script = folder.resolve('script.groovy')
        Files.writeString(script, text)
        Scenario.load(script, overrides, seed)
    }

    /** Everything wrong with a script, each as {@code line:column message | remedy}. */
    static List<String> mistakes(String text, Map<String, List<String>> overrides = [:]) {
        try {
            load(text, overrides)
            return []
        } catch (ScriptException e) {
            return shown(e)
        }
    }

    /** The same, of a script held to other limits. */
    static List<String> mistakes(String text, ScriptLimits limits) {
        Path folder = Files.createTempDirectory('scenario')
        try {
            Path script = folder.resolve('script.groovy')
            Files.writeString(script, text)
            Scenario.load(script, new LoadOptions([:], null, ScriptRules.guarded(limits)))
            return []
        } catch (ScriptException e) {
            return shown(e)
        } finally {
            folder.toFile().deleteDir()
        }
    }

    private static List<String> shown(ScriptException e) {
        e.problems().collect { "$it.line:$it.column $it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() }
    }
}
