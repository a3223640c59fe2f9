package headroom.testing;

import headroom.plan.model.AttentionSpec;
import headroom.plan.serving.DeploymentSpec;
import headroom.plan.serving.WindowsSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages that one sequence of a plain replica has, counted by hand: layers are dealt out to groups one by one, and where a
 * window lies is tried out at every place.
 */
final class PlainPages {
    private final int page;
    /** Of each group of layers the most pages between steps; {@code Integer.MAX_VALUE} for one that sees everything. */
    private final List<Integer> worstDecoding;

    private final List<Integer> worstPrefilling;
    /** Pages that the states of linear attention lie in from the first token to the last. */
    private int always;

    PlainPages(DeploymentSpec spec) {
        page = spec.kvCache().blockTokens();
        int drafted =
                spec.speculative() == null ? 0 : spec.speculative().acceptance().size();
        worstDecoding = new ArrayList<>();
        worstPrefilling = new ArrayList<>();
        if (spec.model().attention() instanceof AttentionSpec.Linear linear) {
            dealOutStates(spec, linear, drafted);
            return;
        }
        int chunk = spec.batching().tokenBudget();
        int seesAll = 0;
        int seesWindow = 0;
        int window = windowOf(spec);
        for (int layer = 0; layer < spec.model().layers(); layer++) {
            boolean slides = spec.model().attention() instanceof AttentionSpec.Windowed w && layer < w.windowedLayers();
            seesWindow += slides ? 1 : 0;
            seesAll += slides ? 0 : 1;
        }
        if (!(spec.kvCache().windows() instanceof WindowsSpec.Shared)
                || window >= longest(spec)
                || (seesAll == 0 && spec.speculative() != null)) {
            add(Integer.MAX_VALUE, Integer.MAX_VALUE);
            return;
        }
        int size = seesAll == 0 ? seesWindow : Math.min(seesAll, seesWindow);
        if (Math.max(seesAll, seesWindow) * 2 < size * 3) {
            size = Math.max(seesAll, seesWindow);
        }
        for (; seesAll > 0; seesAll -= size) {
            add(Integer.MAX_VALUE, Integer.MAX_VALUE);
        }
        for (; seesWindow > 0; seesWindow -= size) {
            add(worst(window + drafted), worst(window - 1 + chunk));
        }
    }

    /** Pages are of as many layers as there are of the rarer kind, or of the other where that is nearly as rare. */
    private void dealOutStates(DeploymentSpec spec, AttentionSpec.Linear linear, int drafted) {
        int remembers = linear.linearLayers();
        int sees = spec.model().layers() - remembers;
        int size = Math.min(sees, remembers);
        if (Math.max(sees, remembers) * 2 < size * 3) {
            size = Math.max(sees, remembers);
        }
        for (; sees > 0; sees -= size) {
            add(Integer.MAX_VALUE, Integer.MAX_VALUE);
        }
        double oneLayerOfAPage = page * tokenBytes(spec, linear);
        for (; remembers > 0; remembers -= size) {
            for (int copy = 0; copy <= drafted; copy++) {
                for (double left = stateBytes(spec, linear, drafted); left > 0; left -= oneLayerOfAPage) {
                    always++;
                }
            }
        }
    }

    private static double tokenBytes(DeploymentSpec spec, AttentionSpec.Linear linear) {
        int devices = devices(spec);
        int heads = 0;
        for (int head = 0; head < linear.kvHeads(); head += devices) {
            heads++;
        }
        return 2.0 * heads * linear.headDim() * spec.quantization().kvCacheBits() / 8;
    }

    /** Of one layer on the device with most of it. */
    private static double stateBytes(DeploymentSpec spec, AttentionSpec.Linear linear, int drafted) {
        int devices = devices(spec);
        double bytes = 0;
        int remembered = linear.state().convolutionTokens() - 1 + drafted;
        for (int head = 0; head < linear.state().valueHeads(); head += devices) {
            bytes += linear.state().keyDim()
                    * linear.state().valueDim()
                    * linear.state().stateBits()
                    / 8.0;
            bytes += 2.0 * remembered * linear.state().valueDim();
        }
        for (int head = 0; head < linear.state().keyHeads(); head += devices) {
            bytes += 2.0 * remembered * (2 * linear.state().keyDim());
        }
        return bytes;
    }

    private static int devices(DeploymentSpec spec) {
        return spec.parallelism().dataParallelAttention()
                ? 1
                : spec.parallelism().tensorParallel();
    }

    /** Bytes of the states of a sequence on all devices that hold a part of a layer. */
    static double movedStateBytes(DeploymentSpec spec) {
        return spec.model().attention() instanceof AttentionSpec.Linear linear
                ? stateBytes(spec, linear, 0) * linear.linearLayers() * devices(spec)
                : 0;
    }

    private void add(int decoding, int prefilling) {
        worstDecoding.add(decoding);
        worstPrefilling.add(prefilling);
    }

    /** Tokens of a prompt of which the cache is kept, summed over the layers. */
    static long layerTokens(DeploymentSpec spec, int tokens) {
        long sum = 0;
        int layers = spec.model().attention() instanceof AttentionSpec.Linear linear
                ? spec.model().layers() - linear.linearLayers()
                : spec.model().layers();
        for (int layer = 0; layer < layers; layer++) {
            boolean slides = spec.model().attention() instanceof AttentionSpec.Windowed w
                    && layer < w.windowedLayers()
                    && !(spec.kvCache().windows() instanceof WindowsSpec.Whole)
                    && w.windowTokens() < longest(spec)
                    && !(spec.kvCache().windows() instanceof WindowsSpec.Apart
                            && w.windowedLayers() == spec.model().layers());
            sum += slides ? Math.min(tokens, windowOf(spec)) : tokens;
        }
        return sum;
    }

    private static int windowOf(DeploymentSpec spec) {
        return spec.model().attention() instanceof AttentionSpec.Windowed w ? w.windowTokens() : Integer.MAX_VALUE;
    }

    private static int longest(DeploymentSpec spec) {
        return spec.contextLimitTokens();
    }

    /** Of a sequence that decodes, with that many tokens in its cache. */
    int decoding(int tokens) {
        int pages = always;
        for (int most : worstDecoding) {
            pages += Math.min(pagesOf(tokens), most);
        }
        return pages;
    }

    /** Of a sequence of which {@code prompt} tokens are prefilled and {@code tokens} must have room. */
    int prefilling(int prompt, int tokens) {
        int pages = always;
        for (int i = 0; i < worstDecoding.size(); i++) {
            int inPrefill = Math.min(pagesOf(prompt), worstPrefilling.get(i));
            pages += Math.max(inPrefill, Math.min(pagesOf(tokens), worstDecoding.get(i)));
        }
        return pages;
    }

    /** Whether with so many tokens no window takes a page more. */
    boolean windowsAreFull(int tokens) {
        return worstDecoding.stream().anyMatch(most -> pagesOf(tokens) >= most);
    }

    private int pagesOf(int tokens) {
        return tokens / page + (tokens % page == 0 ? 0 : 1);
    }

    /** The most pages that so many tokens touch, wherever the first one stands in its page. */
    private int worst(int tokens) {
        int most = 0;
        for (int first = 0; first < page; first++) {
            most = Math.max(most, (first + tokens - 1) / page + 1);
        }
        return most;
    }
}
