package headroom.dsl

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Result files in the shape of each tool, with figures of no server. */
class BenchmarkSpec extends Specification {
    /** As vLLM 0.11 writes it with --percentile-metrics ttft,tpot,itl,e2el --metric-percentiles 90,99 --metadata gpu=h100 tp=2. */
    static final Map VLLM = [
            date: '20261120-101500', endpoint_type: 'openai', backend: 'openai', label: null, model_id: 'meta-llama/Llama-3.1-8B', tokenizer_id: 'meta-llama/Llama-3.1-8B',
            num_prompts: 161, gpu: 'h100', tp: '2', request_rate: 'inf', burstiness: 1.0, max_concurrency: 16, duration: 40.5, completed: 160, failed: 1,
            total_input_tokens: 81920, total_output_tokens: 20400, request_throughput: 3.9506, request_goodput: null, output_throughput: 503.7, total_token_throughput: 2526.4,
            max_output_tokens_per_s: 700.0, max_concurrent_requests: 20, rtfx: 0.0,
            mean_ttft_ms: 61.2, median_ttft_ms: 55.1, std_ttft_ms: 12.0, p90_ttft_ms: 80.5, p99_ttft_ms: 99.25,
            mean_tpot_ms: 9.1, median_tpot_ms: 9.05, std_tpot_ms: 0.4, p90_tpot_ms: 9.6, p99_tpot_ms: 9.9,
            mean_itl_ms: 9.0, median_itl_ms: 8.9, std_itl_ms: 2.5, p90_itl_ms: 9.7, p99_itl_ms: 40.0,
            mean_e2el_ms: 1216.9, median_e2el_ms: 1210.0, std_e2el_ms: 30.0, p90_e2el_ms: 1280.0, p99_e2el_ms: 1300.0]

    /** As GenAI-Perf 0.0.16 writes it. */
    static final Map GENAI_PERF = [
            request_throughput: [unit: 'requests/sec', avg: 3.5], request_latency: dist(1200), request_count: [unit: 'count', avg: 100],
            time_to_first_token: dist(60), time_to_second_token: dist(9), inter_token_latency: dist(9), output_token_throughput: [unit: 'tokens/sec', avg: 448.0],
            output_token_throughput_per_user: dist(110), output_sequence_length: dist(128) + [unit: 'tokens'], input_sequence_length: dist(512) + [unit: 'tokens'],
            input_config: [model_names: ['llama-3.1-8b'], perf_analyzer: [stimulus: [concurrency: 8]]]]

    /** As AIPerf 0.3 writes it. */
    static final Map AIPERF = [
            schema_version: '1.0', aiperf_version: '0.3.0', request_throughput: [unit: 'requests/sec', avg: 3.5], request_latency: dist(1.2) + [unit: 'sec'],
            request_count: [unit: 'requests', avg: 100.0], error_request_count: [unit: 'requests', avg: 2.0], benchmark_duration: [unit: 'sec', avg: 28.5],
            time_to_first_token: dist(60), inter_token_latency: dist(9), output_token_throughput: [unit: 'tokens/sec', avg: 448.0], total_token_throughput: [unit: 'tokens/sec', avg: 2240.0],
            output_sequence_length: dist(128) + [unit: 'tokens'], input_sequence_length: dist(512) + [unit: 'tokens'],
            input_config: [endpoint: [model_names: ['llama-3.1-8b']], loadgen: [request_rate: 3.6]]]

    /** As GuideLLM 0.5 writes it, with a benchmark of each strategy that it has. */
    static final Map GUIDELLM = [
            metadata: [guidellm_version: '0.5.3'], args: [model: 'llama-3.1-8b'],
            benchmarks: [[type_: 'synchronous'], [type_: 'concurrent', streams: 8], [type_: 'poisson', rate: 2.5], [type_: 'throughput']].collect { strategy ->
                [type_: 'generative_benchmark', config: [strategy: strategy, backend: [model: 'llama-3.1-8b']], duration: 30.0,
                 scheduler_metrics: [requests_made: [successful: 100, incomplete: 3, errored: 2, total: 105]],
                 metrics: [requests_per_second: told(3.5), request_latency: told(1.2), prompt_token_count: told(512), output_token_count: told(128), output_tokens_per_second: told(448),
                           tokens_per_second: told(2240), time_to_first_token_ms: told(60), inter_token_latency_ms: told(9), time_per_output_token_ms: told(9.4)]]
            }]

    static final String GENAI_PERF_CSV = '''\
        Metric,avg,min,max,p99,p95,p90,p75,p50,p25
        Time To First Token (ms),"1,146.31",249.48,"3,485.23","3,457.97","3,349.56","3,215.06","1,330.93",640.07,286.52
        Time To Second Token (ms),26.05,0.00,133.51,96.12,36.56,34.88,34.35,33.55,1.78
        Request Latency (ms),"6,406.20","5,371.47","9,608.72","9,436.13","9,046.58","9,028.16","6,549.60","5,690.23","5,493.63"
        Inter Token Latency (ms),30.35,27.59,35.60,35.23,33.88,32.53,31.05,30.13,29.04
        Output Sequence Length (tokens),174.45,164.00,187.00,186.22,183.10,180.10,177.00,174.00,171.75
        Input Sequence Length (tokens),"3,000.05","2,999.00","3,001.00","3,001.00","3,001.00","3,000.00","3,000.00","3,000.00","3,000.00"

        Metric,Value
        Output Token Throughput (per sec),261.25
        Request Throughput (per sec),1.50
        Request Count (count),40.00
        '''.stripIndent()

    @TempDir
    Path folder

    def "a result of vllm bench serve is a row, whose own fields keep their names"() {
        given:
        write('results/a.json', VLLM)
        def told = said("sweep benchmark('results/a.json')",
                ['file', 'tool', 'model', 'concurrency', 'requests', 'failed_requests', 'duration_s', 'prompt_tokens_mean', 'answer_tokens_mean', 'requests_per_s', 'output_tokens_per_s',
                 'total_tokens_per_s', 'ttft_mean_ms', 'ttft_p50_ms', 'ttft_p90_ms', 'ttft_p99_ms', 'tpot_mean_ms', 'itl_p99_ms', 'e2e_mean_ms', 'gpu', 'tp'])

        expect:
        told == [['results/a.json', 'vllm bench serve', 'meta-llama/Llama-3.1-8B', '16', '160', '1', '40.5', '512', '127.5', '3.9506', '503.7',
                  '2526.4', '61.2', '55.1', '80.5', '99.25', '9.1', '40', '1216.9', 'h100', '2']]
    }

    def "several files by a star, appended results in one, and a folder for each run are rows in the order of their names"() {
        given:
        write('results/b.json', VLLM + [max_concurrency: 2])
        write('results/a.json', VLLM + [max_concurrency: 1])
        Files.writeString(folder.resolve('results/c.json'), new ObjectMapper().with { it.writeValueAsString(VLLM + [max_concurrency: 3]) + "\n" + it.writeValueAsString(VLLM + [max_concurrency: 4]) })
        Files.writeString(folder.resolve('results/notes.txt'), 'mine')
        write('runs/x/result.json', VLLM + [max_concurrency: 5])
        write('runs/y/result.json', VLLM + [max_concurrency: 6])

        expect:
        said("sweep benchmark('results/*.json')", ['concurrency'])*.get(0) == ['1', '2', '3', '4']
        said("sweep benchmark('runs/*/result.json')", ['concurrency'])*.get(0) == ['5', '6']
        said("sweep benchmark('results/*.json') { it.concurrency > 2 }", ['concurrency'])*.get(0) == ['3', '4']
    }

    def "GenAI-Perf and AIPerf write the mean time between tokens of an answer as inter-token latency, which is TPOT here: #tool"() {
        given:
        write('a.json', result)

        expect:
        said("sweep benchmark('a.json')", ['tool', 'model', load, 'requests', 'prompt_tokens_mean', 'answer_tokens_mean', 'requests_per_s', 'output_tokens_per_s',
                                           'ttft_mean_ms', 'ttft_p50_ms', 'ttft_p99_ms', 'tpot_mean_ms', 'tpot_p95_ms', 'e2e_mean_ms', 'e2e_p90_ms']) ==
                [[tool, 'llama-3.1-8b', stated, '100', '512', '128', '3.5', '448', '60', '54', '120', '9', '16.2', '1200', '1920']]

        where:
        result     | tool         | load                 | stated
        GENAI_PERF | 'genai-perf' | 'concurrency'        | '8'
        AIPERF     | 'aiperf'     | 'request_rate_per_s' | '3.6'
    }

    def "the CSV of GenAI-Perf gives the same columns, but no load"() {
        given:
        Files.writeString(folder.resolve('a.csv'), GENAI_PERF_CSV)

        expect:
        said("sweep benchmark('a.csv')", ['tool', 'requests', 'prompt_tokens_mean', 'answer_tokens_mean', 'requests_per_s', 'output_tokens_per_s', 'ttft_mean_ms', 'ttft_p90_ms', 'tpot_p50_ms', 'e2e_p99_ms']) ==
                [['genai-perf', '40', '3000.05', '174.45', '1.5', '261.25', '1146.31', '3215.06', '30.13', '9436.13']]
        problems("sweep benchmark('a.csv')", 'def x = row.concurrency') == ['row 1 of a.csv has no concurrency']
    }

    def "a report of GuideLLM is a row for each benchmark, with the load that it had"() {
        given:
        write('benchmarks.json', GUIDELLM)

        expect:
        said("sweep benchmark('benchmarks.json') { it.containsKey('concurrency') }",
                ['tool', 'model', 'concurrency', 'requests', 'failed_requests', 'duration_s', 'prompt_tokens_mean', 'answer_tokens_mean', 'requests_per_s', 'output_tokens_per_s',
                 'ttft_mean_ms', 'ttft_p50_ms', 'tpot_mean_ms', 'e2e_mean_ms', 'e2e_p99_ms']) ==
                ['1', '8'].collect { ['guidellm', 'llama-3.1-8b', it, '100', '2', '30', '512', '128', '3.5', '448', '60', '54', '9', '1200', '2400'] }
        said("sweep benchmark('benchmarks.json') { it.containsKey('request_rate_per_s') }", ['request_rate_per_s']) == [['2.5']]
    }

    def "everything that is wrong with any of the files is told at once"() {
        given:
        write('r/a.json', VLLM.findAll { !(it.key in ['total_input_tokens', 'duration']) } + [mean_ttft_ms: 'fast'])
        write('r/b.json', [hello: 1])
        Files.writeString(folder.resolve('r/c.json'), '{"total_input_tokens": 1,')
        write('r/d.json', [benchmarks: [GUIDELLM.benchmarks[1] + [metrics: GUIDELLM.benchmarks[1].metrics.findAll { it.key != 'request_latency' }]]])
        write('r/e.json', AIPERF + [time_to_first_token: dist(1) + [unit: 'fortnights']])
        Files.writeString(folder.resolve('r/f.json'), 'Metric,avg\nRequest Latency (ms),3\n')
        write('r/g.json', VLLM + [completed: 0])

        expect:
        def wrong = problems("sweep benchmark('r/*.json')", '')
        wrong.size() == 8
        wrong[0] == "'r/a.json' has mean_ttft_ms = \"fast\", which is no number"
        wrong[1] == "'r/a.json' lacks duration, total_input_tokens, which a result of vllm bench serve has"
        wrong[2].startsWith("'r/b.json' is of no known kind: it must be a result of vllm bench serve (--save-result)")
        wrong[3].startsWith("'r/c.json' is not JSON: ")
        wrong[4] == "'r/d.json, benchmark 1' lacks metrics.request_latency.successful.mean, which a result of GuideLLM has"
        wrong[5].startsWith("'r/e.json' has time_to_first_token in 'fortnights'")
        wrong[6] == "'r/f.json' does not tell requests_per_s, output_tokens_per_s, prompt_tokens_mean, answer_tokens_mean, which an export of GenAI-Perf or AIPerf does"
        wrong[7] == "'r/g.json' completed no request"
    }

    def "#pattern is refused: #message"() {
        expect:
        problems("sweep benchmark('$pattern')", '') == [message]

        where:
        pattern         | message
        'none/*.json'   | "no file matches 'none/*.json' | a path in a script starts in the script's folder"
        '../*.json'     | "'../' lies outside the script's folder, where a script may not read | copy it beside the script, or name it on the command line with -P"
        '**/a.json'     | "'**/a.json' has ** | write a * for each folder on the way, as in 'runs/*/result.json'"
        'a.json'        | "there is no file 'a.json' | a path in a script starts in the script's folder"
    }

    def "a folder of results may be named on the command line"() {
        given:
        write('elsewhere/a.json', VLLM)
        def own = Files.createDirectory(folder.resolve('own'))
        def results = folder.resolve('elsewhere').toString()

        expect:
        Scripts.load(own, "def data = param('data', '.')\ndef row = sweep benchmark(\"\$data/*.json\")\n" + rest('row.concurrency'), [data: [results]])
                .inputs()*.name() == ["$results/a.json".toString()]
    }

    private List<List<String>> said(String sweep, List<String> columns) {
        def params = columns.withIndex().collect { column, i -> "param('c$i', '' + row.$column)" }.join('\n')
        Scripts.load(folder, "def row = $sweep\n$params\n" + rest('4')).experiment().points().collect { point ->
            columns.indices.collect { point.values()["c$it".toString()] }
        }
    }

    private List<String> problems(String sweep, String line) {
        try {
            def points = Scripts.load(folder, "def row = $sweep\n$line\n" + rest('4')).experiment().points()
            return points.collectMany { it.refusals() }
        } catch (ScriptException e) {
            return e.problems().collect { "$it.message${it.remedy ? ' | ' + it.remedy : ''}".toString() }
        }
    }

    private static String rest(String users) {
        """
        |site 'here', { hardware 'h100-sxm5-80gb', count: 1 }
        |traffic 'load', { concurrency $users, requests: 40; prompt fixed(512.tokens); answer fixed(128.tokens) }
        |deploy 'bot', { model 'llama-3.1-8b'; at 'here', on: 'h100-sxm5-80gb' }
        |route 'load', to: 'bot'
        |""".stripMargin()
    }

    private void write(String name, Map content) {
        Files.createDirectories(folder.resolve(name).parent)
        Files.writeString(folder.resolve(name), new ObjectMapper().writeValueAsString(content))
    }

    private static Map dist(BigDecimal mean) {
        [unit: 'ms', avg: mean, p25: mean * 0.8, p50: mean * 0.9, p75: mean * 1.2, p90: mean * 1.6, p95: mean * 1.8, p99: mean * 2, min: mean * 0.5, max: mean * 3, std: mean]
    }

    private static Map told(BigDecimal mean) {
        [successful: [mean: mean, median: mean * 0.9, mode: mean, std_dev: mean, min: mean, max: mean, count: 100,
                      percentiles: [p01: mean, p50: mean * 0.9, p90: mean * 1.6, p95: mean * 1.8, p99: mean * 2]], errored: [mean: 0.0]]
    }
}
