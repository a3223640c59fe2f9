package headroom.app;

import headroom.calibration.FreeConstant;
import headroom.dsl.Refit;
import headroom.dsl.catalogue.UnknownNameException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code --fit}: which constants, and between which bounds. */
final class ConstantsToFit {
    /** What differs most from one installation to the next; earlier ones go first where figures cannot tell them apart. */
    private static final List<String> USUAL =
            List.of("per_step", "per_sequence", "memory_factor", "client_per_request", "compute_factor");

    private static final double FACTOR_OF_TIMES = 100;
    private static final double FACTOR_OF_SHARES = 4;

    private record Bounds(double low, double high) {}

    private final Refit refit;
    private final @Nullable String asked;

    /** @param asked as {@code per_step,memory_factor=0.5..1.2}; null for the usual ones */
    ConstantsToFit(Refit refit, @Nullable String asked) {
        this.refit = refit;
        this.asked = asked;
    }

    /**
     * Each with a start and bounds.
     *
     * @throws UserMistake with everything that is wrong
     */
    List<FreeConstant> read() {
        List<String> mistakes = new ArrayList<>();
        Map<String, FreeConstant> constants = new LinkedHashMap<>();
        for (String text : asked == null ? USUAL : List.of(asked.split(",", -1))) {
            try {
                FreeConstant constant = one(text.strip());
                if (constant != null && constants.put(constant.name(), constant) != null) {
                    mistakes.add("--fit names " + constant.name() + " twice; name it once");
                }
            } catch (UnknownNameException e) {
                mistakes.add("--fit " + e.name() + ": there is no such constant"
                        + (e.suggestions().isEmpty()
                                ? "; docs/calibration.md lists them"
                                : "; did you mean " + String.join(" or ", e.suggestions()) + "?"));
            } catch (UserMistake e) {
                mistakes.add(String.valueOf(e.getMessage()));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new UserMistake(String.join("\nheadroom: ", mistakes));
        }
        return List.copyOf(constants.values());
    }

    /** Null for a usual one that the script itself states. */
    private @Nullable FreeConstant one(String text) {
        int equals = text.indexOf('=');
        String name =
                refit.constant(equals < 0 ? text : text.substring(0, equals).strip());
        List<Double> starts = refit.starts(name);
        if (starts.isEmpty()) {
            if (asked == null) {
                return null;
            }
            throw new UserMistake("--fit " + name + ": the script states " + name
                    + " in constants: of every deployment, where no fit can change it; remove it there");
        }
        String unit = refit.unitOf(name);
        double start = start(starts, unit);
        Bounds bounds = equals < 0 ? usual(name, unit, start) : bounds(text, equals);
        double within = Math.min(bounds.high, Math.max(bounds.low, start));
        refuseImpossible(name, bounds);
        return new FreeConstant(name, unit, within, bounds.low, bounds.high);
    }

    private void refuseImpossible(String name, Bounds bounds) {
        for (double bound : List.of(bounds.low, bounds.high)) {
            try {
                refit.with(Map.of(name, bound), refit.points());
            } catch (IllegalArgumentException e) {
                throw new UserMistake("--fit " + name + ": it cannot be " + bound + ", since " + e.getMessage()
                        + "; give bounds, for example --fit " + name + "=0.2..0.9");
            }
        }
    }

    /** The geometric mean where deployments start from different values; a search of factors cannot start at 0. */
    private static double start(List<Double> starts, String unit) {
        double least = switch (unit) {
            case "us" -> 1;
            case "ms" -> 0.1;
            default -> 0.01;
        };
        double logs = 0;
        for (double start : starts) {
            logs += StrictMath.log(Math.max(least, start));
        }
        return StrictMath.exp(logs / starts.size());
    }

    private static Bounds usual(String name, String unit, double start) {
        double factor = unit.equals("1") ? FACTOR_OF_SHARES : FACTOR_OF_TIMES;
        boolean share = name.endsWith("_mfu") || name.endsWith("_mbu") || name.endsWith("_share");
        double high = start * factor;
        return new Bounds(start / factor, share ? Math.min(Math.max(start, 0.95), high) : high);
    }

    private static Bounds bounds(String text, int equals) {
        String[] ends = text.substring(equals + 1).strip().split("\\.\\.", -1);
        try {
            double low = Double.parseDouble(ends[0]);
            double high = Double.parseDouble(ends[ends.length - 1]);
            if (ends.length == 2 && low > 0 && low < high && Double.isFinite(high)) {
                return new Bounds(low, high);
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static UserMistake refused(String text) {
        return new UserMistake("--fit " + text + ": bounds are two numbers above 0, the smaller one first; write, for"
                + " example, per_step=100..1000");
    }
}
