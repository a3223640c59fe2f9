package headroom.engine.physics

import headroom.plan.model.AttentionSpec
import headroom.plan.model.FeedForwardSpec
import headroom.plan.model.ModelSpec
import headroom.plan.model.NumberType
import headroom.plan.model.QuantizationSpec
import headroom.plan.serving.DeploymentSpec
import headroom.plan.serving.ParallelismSpec
import headroom.plan.serving.ProfileSpec
import headroom.testing.Fixtures
import spock.lang.Specification

/** Messages between devices, held against kernel tables of AIConfigurator (commit 095f58a) and worked by hand. */
class CollectivesSpec extends Specification {
    static final FeedForwardSpec.MixtureOfExperts EXPERTS = new FeedForwardSpec.MixtureOfExperts(256, 8, 1, 2048, 58, 18_432, 3)

    def "an all-reduce of #kb KB over #devices #device under TensorRT-LLM took #us us; here it takes within a third of that"() {
        given: 'vectors of 8 KB'
        def model = new ModelSpec('dense', 10, 4096, 32_000, false, 8192, new AttentionSpec.Grouped(32, 8, 128), new FeedForwardSpec.Dense(14_336, 3))
        def links = new ProfileSpec.Collectives(latency * 1e-6d, 30e-6d, 0d, 0d, GBps * 1e9d)

        when:
        double micros = of(model, ParallelismSpec.tensor(devices), links).seconds(kb / 8d) / 20 * 1e6

        then:
        Math.abs(micros / us - 1) < 1 / 3d

        where:
        device | devices | latency | GBps  | kb     | us
        'H100' | 2       | 2.7d    | 293d  | 1024   | 6.1d
        'H100' | 2       | 2.7d    | 293d  | 16_384 | 78.5d
        'H100' | 4       | 3.0d    | 332d  | 256    | 5.5d
        'H100' | 4       | 3.0d    | 332d  | 1024   | 12.9d
        'H100' | 4       | 3.0d    | 332d  | 4096   | 39.7d
        'H100' | 4       | 3.0d    | 332d  | 16_384 | 100.7d
        'H100' | 8       | 3.3d    | 420d  | 64     | 4.6d
        'H100' | 8       | 3.3d    | 420d  | 256    | 10.2d
        'H100' | 8       | 3.3d    | 420d  | 1024   | 26.0d
        'H100' | 8       | 3.3d    | 420d  | 4096   | 51.9d
        'H100' | 8       | 3.3d    | 420d  | 65_536 | 322.5d
        'B200' | 4       | 5.0d    | 555d  | 1024   | 9.7d
        'B200' | 4       | 5.0d    | 555d  | 8192   | 47.1d
        'B200' | 8       | 5.5d    | 622d  | 256    | 7.9d
        'B200' | 8       | 5.5d    | 622d  | 1024   | 17.8d
        'B200' | 8       | 5.5d    | 622d  | 4096   | 39.4d
        'B200' | 8       | 5.5d    | 622d  | 16_384 | 84.8d
    }

    def "exchanging #tokens tokens a rank between 16 ranks of GB200 in FP4 took #us us; here it takes within three tenths of that"() {
        given: 'prepare, dispatch and combine; 45 us for few tokens, and 15 (1 - (15/16)^8) = 6.05 other ranks a token'
        def links = new ProfileSpec.Collectives(5e-6d, 30e-6d, 26e-6d, 45e-6d, 556e9d)
        def exchange = of(deepSeek(), new ParallelismSpec(16, 16, true, 1), links)

        expect:
        Math.abs(exchange.seconds(16 * tokens) / 58 * 1e6 / us - 1) < 0.3
        Math.abs(exchange.seconds(16 * tokens) / 58 - 45e-6 - tokens * 15 * (1 - Math.pow(15 / 16d, 8)) * 7168 * 2.5 / 556e9) < 1e-9

        where:
        tokens | us
        16     | 48
        64     | 59
        128    | 77
        512    | 185
        4096   | 1183
    }

    def "ranks of which each token's experts are on as many gather and scatter all tokens, over #parallelism"() {
        given:
        def links = new ProfileSpec.Collectives(5e-6d, 30e-6d, 26e-6d, 45e-6d, 556e9d)
        double gathered = 1000 * 7168 * 2 * 2 * (ranks - 1) / ranks / 556e9d

        expect:
        Math.abs(of(deepSeek(), parallelism, links).seconds(1000) / 58 - start * 1e-6 - gathered) < 1e-12

        where: 'experts that each are split over all ranks wait no longer than an all-reduce does'
        ranks | parallelism                        | start
        8     | new ParallelismSpec(8, 8, true, 1) | 26
        8     | new ParallelismSpec(8, 2, true, 1) | 26
        8     | new ParallelismSpec(8, 1, true, 1) | 5
        2     | new ParallelismSpec(2, 2, true, 1) | 26
    }

    def "one device sends nothing, nor do ranks of a dense model"() {
        given:
        def links = new ProfileSpec.Collectives(5e-6d, 30e-6d, 26e-6d, 45e-6d, 556e9d)

        expect:
        of(deepSeek(), ParallelismSpec.tensor(1), links).seconds(1000) == 0d
        of(deepSeek(), new ParallelismSpec(1, 1, true, 1), links).seconds(1000) == 0d
        of(Fixtures.llama70b(), new ParallelismSpec(4, 1, true, 1), links).seconds(1000) == 0d
    }

    private static ModelSpec deepSeek() {
        new ModelSpec('deepseek', 61, 7168, 129_280, false, 163_840, new AttentionSpec.Latent(128, 512, 1536, 64, 128, 128), EXPERTS)
    }

    private static Collectives of(ModelSpec model, ParallelismSpec parallelism, ProfileSpec.Collectives links) {
        def p = Fixtures.vllmH100()
        def profile = new ProfileSpec(p.name(), p.kernels(), p.experts(), links, p.hop(), p.overheads(), p.client())
        def plain = Fixtures.deployment(model, Fixtures.h100(), profile, 1, 1)
        def four = new QuantizationSpec.Weights(4.5d, NumberType.FP4)
        def quantization = new QuantizationSpec('fp4', four, four, 8d, null)
        Collectives.of(new DeploymentSpec(plain.name(), model, quantization, plain.site(), plain.accelerator(), plain.server(), parallelism,
                plain.replicas(), plain.batching(), plain.kvCache(), plain.admission(), profile, plain.speculative()))
    }
}
