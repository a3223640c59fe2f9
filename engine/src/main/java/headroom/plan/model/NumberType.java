package headroom.plan.model;

/** The number type in which a matrix multiplication runs; each device has a dense peak for some of them. */
public enum NumberType {
    FP32(1),
    FP16(1),
    BF16(1),
    FP8(2),
    INT8(2),
    FP4(4),
    INT4(4);

    private final int speedup;

    NumberType(int speedup) {
        this.speedup = speedup;
    }

    /** Multiplications per joule's worth of 16-bit work, before the square root of energy.md section 1: 1, 2 or 4. */
    public int speedupOver16Bit() {
        return speedup;
    }
}
