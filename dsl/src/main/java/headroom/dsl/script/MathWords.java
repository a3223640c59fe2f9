package headroom.dsl.script;

/** {@code Math} for scripts: functions of plain numbers, the same to the last bit on every machine. */
public final class MathWords implements Vocabulary {
    static final MathWords ALL = new MathWords();

    private MathWords() {}

    @Word(doc = "the larger of two numbers", example = "Math.max(users, 10)", repeats = true)
    public Number max(@Arg(doc = "a number") Number a, @Arg(doc = "another") Number b) {
        return a.doubleValue() >= b.doubleValue() ? a : b;
    }

    @Word(doc = "the smaller of two numbers", example = "Math.min(users, 10)", repeats = true)
    public Number min(@Arg(doc = "a number") Number a, @Arg(doc = "another") Number b) {
        return a.doubleValue() <= b.doubleValue() ? a : b;
    }

    @Word(doc = "the next whole number above", example = "Math.ceil(users / 8)", repeats = true)
    public long ceil(@Arg(doc = "a number") double a) {
        return (long) StrictMath.ceil(a);
    }

    @Word(doc = "the next whole number below", example = "Math.floor(users / 8)", repeats = true)
    public long floor(@Arg(doc = "a number") double a) {
        return (long) StrictMath.floor(a);
    }

    @Word(doc = "the nearest whole number", example = "Math.round(users / 8)", repeats = true)
    public long round(@Arg(doc = "a number") double a) {
        return Math.round(a);
    }

    @Word(doc = "the square root", example = "Math.sqrt(users)", repeats = true)
    public double sqrt(@Arg(doc = "a number") double a) {
        return StrictMath.sqrt(a);
    }

    @Word(doc = "e to the power of a number", example = "Math.exp(0.5)", repeats = true)
    public double exp(@Arg(doc = "a number") double a) {
        return StrictMath.exp(a);
    }

    @Word(doc = "the natural logarithm", example = "Math.log(users)", repeats = true)
    public double log(@Arg(doc = "a number") double a) {
        return StrictMath.log(a);
    }

    @Word(doc = "the first number to the power of the second", example = "Math.pow(2, 10)", repeats = true)
    public double pow(@Arg(doc = "a number") double a, @Arg(doc = "the power") double b) {
        return StrictMath.pow(a, b);
    }

    @Override
    public String toString() {
        return "Math";
    }
}
