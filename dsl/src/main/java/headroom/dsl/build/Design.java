package headroom.dsl.build;

import groovy.lang.Closure;
import groovy.lang.Range;
import headroom.dsl.script.Mistake;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A way to choose the points of a sweep other than the grid. */
public sealed interface Design {
    /** The first values of all parameters together, then the second ones, and so on. */
    record Together(List<Axis> axes) implements Design {
        public Together {
            axes = List.copyOf(axes);
            int size = axes.get(0).values().size();
            for (Axis axis : axes) {
                if (axis.values().size() != size) {
                    throw new Mistake(
                            "together needs lists of one length, but "
                                    + axes.get(0).parameter() + ": has " + size
                                    + " values and " + axis.parameter() + ": has "
                                    + axis.values().size(),
                            "",
                            axis.parameter());
                }
            }
        }

        Factor factor() {
            List<Map<String, Object>> settings = new ArrayList<>();
            for (int i = 0; i < axes.get(0).values().size(); i++) {
                Map<String, Object> setting = new LinkedHashMap<>();
                for (Axis axis : axes) {
                    setting.put(axis.parameter(), axis.values().get(i));
                }
                if (settings.contains(setting)) {
                    throw new Mistake("together has the values number " + (i + 1) + " twice", "remove one");
                }
                settings.add(setting);
            }
            return new Factor(axes.stream().map(Axis::parameter).toList(), settings);
        }
    }

    /** Everything at its default, then each value of each parameter with the others at theirs. */
    record OneAtATime(List<Axis> axes) implements Design {
        public OneAtATime {
            axes = List.copyOf(axes);
        }

        Factor factor(Map<String, Object> defaults) {
            List<String> names = axes.stream().map(Axis::parameter).toList();
            Map<String, Object> base = new LinkedHashMap<>(defaults);
            base.keySet().retainAll(names);
            List<Map<String, Object>> settings = new ArrayList<>(List.of(base));
            for (Axis axis : axes) {
                for (Object value : axis.values()) {
                    Map<String, Object> setting = new LinkedHashMap<>(base);
                    setting.put(axis.parameter(), value);
                    settings.add(setting);
                }
            }
            return Factor.distinct(names, settings);
        }
    }

    /**
     * So many points that each parameter's range is covered evenly: cut into as many equal parts as there are points, it
     * has one point in each part (McKay, Beckman and Conover, Technometrics 1979).
     *
     * @param spans what each parameter may be: a list to choose from, or a range of numbers; empty for every parameter
     *     that declares limits
     */
    record LatinHypercube(int points, long seed, Map<String, Object> spans) implements Design {
        public LatinHypercube {
            spans = new LinkedHashMap<>(spans);
            if (points < 1) {
                throw new Mistake("latinHypercube needs at least 1 point, got " + points, "", 0);
            }
        }

        Factor factor(List<Declared> declared) {
            Map<String, Object> all = new LinkedHashMap<>(spans);
            if (all.isEmpty()) {
                declared.forEach(
                        parameter -> Span.of(parameter.limits()).ifPresent(span -> all.put(parameter.name(), span)));
            }
            if (all.isEmpty()) {
                throw new Mistake(
                        "latinHypercube has no parameter to choose: none above it has a range or allowed values",
                        "give one, as in param('users', 50, 'people', range: 1..500)",
                        0);
            }
            List<Map<String, Object>> settings = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                settings.add(new LinkedHashMap<>());
            }
            SplittableRandom random = new SplittableRandom(seed);
            all.forEach((name, span) -> {
                int[] order = shuffled(random);
                for (int i = 0; i < points; i++) {
                    double share = (order[i] + random.nextDouble()) / points;
                    settings.get(i).put(name, Span.at(name, span, share));
                }
            });
            return Factor.distinct(List.copyOf(all.keySet()), settings);
        }

        private int[] shuffled(SplittableRandom random) {
            int[] order = new int[points];
            for (int i = 0; i < points; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            return order;
        }
    }

    /**
     * One point for each row of a CSV file or of result files.
     *
     * @param word that made it, {@code csv} or {@code benchmark}
     * @param chosen says of a row whether it is wanted; null when all are
     */
    record Rows(String word, String file, @Nullable Closure<?> chosen) implements Design {
        static final String BENCHMARK = "benchmark";

        /** The rows; every problem of result files is reported, the last one thrown. */
        Sheet sheet(Pass pass) {
            if (!word.equals(BENCHMARK)) {
                return pass.files().sheet(file);
            }
            BenchmarkSheet read = pass.files().benchmarks(file);
            List<String> problems = read.problems();
            if (!problems.isEmpty()) {
                int last = problems.size() - 1;
                problems.subList(0, last)
                        .forEach(each -> pass.guard().mistake(pass.guard().place(0), each, ""));
                throw new Mistake(problems.get(last), "", 0);
            }
            return read.sheet();
        }
    }

    /** Every number between two, both included. */
    record Span(double from, double to, boolean whole) {
        static java.util.Optional<Object> of(Limits limits) {
            BigDecimal from = limits.from();
            BigDecimal to = limits.to();
            if (!limits.allowed().isEmpty()) {
                return java.util.Optional.of(limits.allowed());
            }
            return from == null || to == null
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(new Span(
                            from.doubleValue(),
                            to.doubleValue(),
                            from.stripTrailingZeros().scale() <= 0
                                    && to.stripTrailingZeros().scale() <= 0));
        }

        /** The value at a share, 0 to 1, of what a parameter may be. */
        static Object at(String name, Object given, double share) {
            Object span = given;
            if (given instanceof Range<?> range
                    && range.getFrom() instanceof Number from
                    && range.getTo() instanceof Number to) {
                boolean whole = from instanceof Integer && to instanceof Integer;
                span = new Span(from.doubleValue(), to.doubleValue(), whole);
            }
            if (span instanceof Span numbers) {
                return numbers.value(share);
            }
            List<Object> values =
                    Axis.all("latinHypercube", Map.of(name, span), false).get(0).values();
            return values.get((int) (share * values.size()));
        }

        private Object value(double share) {
            if (whole) {
                return (int) (from + Math.floor(share * (to - from + 1)));
            }
            return new BigDecimal(from + share * (to - from))
                    .round(new MathContext(4))
                    .stripTrailingZeros();
        }
    }
}
