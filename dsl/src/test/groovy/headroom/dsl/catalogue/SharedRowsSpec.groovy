package headroom.dsl.catalogue

import de.siegmar.fastcsv.reader.CsvReader
import de.siegmar.fastcsv.reader.NamedCsvRecord
import org.opentest4j.TestAbortedException
import spock.lang.Specification

import java.nio.file.Files
import java.nio.file.Path

/** Compares with the collected facts, which lie beside the repository where there are any. */
class SharedRowsSpec extends Specification {
    /** Devices, and models whose sizes EntriesSpec compares with the published ones, that were added since the facts were collected. */
    static final List<String> ADDED = ['rtx-pro-4500', 'gh200-96gb', 'mi250',
                                       'qwen3-next-80b-a3b', 'qwen3.5-27b', 'qwen3.5-35b-a3b', 'qwen3.5-122b-a10b', 'qwen3.5-397b-a17b', 'nemotron-nano-9b-v2', 'nemotron-3-nano-30b-a3b',
                                       'deepseek-v3.2', 'glm-4.7', 'glm-5']

    def "#shipped has a row for each row of the collected #collected"() {
        given:
        def file = folder().resolve(collected)

        expect:
        collectedOf(shipped).size() == lines(file).size()

        where:
        collected          | shipped
        'hardware.csv'     | 'hardware.csv'
        'models.csv'       | 'models.csv'
        'models_fixed.csv' | 'fixed_models.csv'
        'quantization.csv' | 'quantizations.csv'
    }

    def "the #column of every row of #shipped is the collected #from, blank where that is blank"() {
        given:
        def rows = collectedOf(shipped)
        def facts = lines(folder().resolve(collected))

        expect:
        [rows, facts].transpose().findAll { row, fact ->
            row.text(column).blank != fact.getField(from).blank || !row.text(column).blank && row.needed(column) != fact.getField(from).toDouble()
        }.collect { it[0].name() } == []

        where:
        collected          | shipped             | column                  | from
        'hardware.csv'     | 'hardware.csv'      | 'memory_GB'             | 'memory_GB'
        'hardware.csv'     | 'hardware.csv'      | 'memory_bandwidth_GBps' | 'memory_bandwidth_GBps'
        'hardware.csv'     | 'hardware.csv'      | 'peak_bf16_TFLOPs'      | 'bf16_TFLOPS'
        'hardware.csv'     | 'hardware.csv'      | 'peak_fp16_TFLOPs'      | 'fp16_TFLOPS'
        'hardware.csv'     | 'hardware.csv'      | 'peak_fp8_TFLOPs'       | 'fp8_TFLOPS'
        'hardware.csv'     | 'hardware.csv'      | 'peak_int8_TOPs'        | 'int8_TOPS'
        'hardware.csv'     | 'hardware.csv'      | 'peak_fp4_TFLOPs'       | 'fp4_TFLOPS'
        'hardware.csv'     | 'hardware.csv'      | 'tdp_W'                 | 'tdp_W'
        'hardware.csv'     | 'hardware.csv'      | 'idle_W'                | 'idle_W'
        'hardware.csv'     | 'hardware.csv'      | 'link_GBps_both_ways'   | 'scaleup_GBps_bidir_per_device'
        'hardware.csv'     | 'hardware.csv'      | 'devices_per_server'    | 'devices_per_node'
        'hardware.csv'     | 'hardware.csv'      | 'price_device_USD'      | 'capex_device_USD'
        'models.csv'       | 'models.csv'        | 'layers'                | 'layers'
        'models.csv'       | 'models.csv'        | 'hidden'                | 'hidden'
        'models.csv'       | 'models.csv'        | 'kv_heads'              | 'kv_heads'
        'models.csv'       | 'models.csv'        | 'head_dim'              | 'head_dim'
        'models.csv'       | 'models.csv'        | 'intermediate'          | 'intermediate'
        'models.csv'       | 'models.csv'        | 'experts'               | 'n_experts'
        'models.csv'       | 'models.csv'        | 'latent_kv_rank'        | 'mla_kv_lora_rank'
        'models.csv'       | 'models.csv'        | 'context_limit_tokens'  | 'max_context_tokens'
        'models_fixed.csv' | 'fixed_models.csv'  | 'gigaflop_per_inference' | 'gflops_per_inference'
        'models_fixed.csv' | 'fixed_models.csv'  | 'weights_M'             | 'weight_params_M'
        'quantization.csv' | 'quantizations.csv' | 'weight_bits'           | 'weight_bits_effective'
        'quantization.csv' | 'quantizations.csv' | 'kv_cache_bits'         | 'kv_bits_default'
    }

    private static List<Row> collectedOf(String shipped) {
        Table.read(shipped).findAll { !(it.name() in ADDED) }
    }

    private static Path folder() {
        String given = System.getProperty('headroom.facts')
        if (given != null) {
            return Path.of(given)
        }
        for (Path here = Path.of('').toAbsolutePath(); here != null; here = here.parent) {
            Path facts = here.resolve('shared/data/catalog')
            if (Files.isDirectory(facts)) {
                return facts
            }
        }
        throw new TestAbortedException('no shared/data/catalog above this folder; set -Dheadroom.facts=FOLDER')
    }

    private static List<NamedCsvRecord> lines(Path file) {
        CsvReader.builder().ofNamedCsvRecord(file).withCloseable { it.toList() }
    }
}
