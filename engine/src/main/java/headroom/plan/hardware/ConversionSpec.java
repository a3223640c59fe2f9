package headroom.plan.hardware;

import headroom.units.Ranges;

/**
 * What an analog or optical core adds to the products of layers' weights: its inputs become signals and its outputs numbers
 * again. One tile of {@code tile x tile} weights turns {@code tile} numbers into {@code tile} numbers, {@code 2 tile}
 * conversions for {@code 2 tile^2} FLOPs. Attention and LM head stay digital.
 *
 * @param tile rows and columns of weights that one pass of light multiplies
 * @param numbersPerSec conversions a second, all converters of the device together
 * @param joulesPerNumber of one conversion, either way
 * @param latencySeconds of one product: converters and the way between them
 * @param tileLoadSeconds of setting the weights of one tile, over the tiles that are set side by side; 0 when it is hidden
 * @param lossPerProduct share of quality lost in one product, 0 to below 1
 */
public record ConversionSpec(
        int tile,
        double numbersPerSec,
        double joulesPerNumber,
        double latencySeconds,
        double tileLoadSeconds,
        double lossPerProduct) {
    /** Products that follow one another in a layer: QKV, attention output, up and gate, down. */
    public static final int PRODUCTS_PER_LAYER = 4;

    public ConversionSpec {
        Ranges.atLeast("hardware.conversion.tile", tile, 1);
        Ranges.positive("hardware.conversion.numbersPerSec", numbersPerSec);
        Ranges.nonNegative("hardware.conversion.joulesPerNumber", joulesPerNumber);
        Ranges.nonNegative("hardware.conversion.latencySeconds", latencySeconds);
        Ranges.nonNegative("hardware.conversion.tileLoadSeconds", tileLoadSeconds);
        Ranges.between("hardware.conversion.lossPerProduct", lossPerProduct, 0, 0.999);
    }

    /** FLOP/s that the converters keep up with. */
    public double flopPerSec() {
        return numbersPerSec * tile;
    }

    /** Joules of conversion for one FLOP. */
    public double joulesPerFlop() {
        return joulesPerNumber / tile;
    }

    /** Share of quality that is left after {@code layers} layers, one product after the other. */
    public double retained(int layers) {
        return StrictMath.pow(1 - lossPerProduct, (double) PRODUCTS_PER_LAYER * layers);
    }
}
