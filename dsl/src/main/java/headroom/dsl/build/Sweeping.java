package headroom.dsl.build;

import groovy.lang.Closure;
import headroom.dsl.script.Accepts;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Poison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one {@code sweep} in one evaluation. */
final class Sweeping {
    private static final String ROW = "row";

    private final Pass pass;

    Sweeping(Pass pass) {
        this.pass = pass;
    }

    /** The row of this point when the design is a file of rows, else null. */
    @Nullable
    Object sweep(@Nullable Design design, Map<String, Object> axes) {
        if (design != null && !axes.isEmpty()) {
            throw new Mistake(
                    "sweep takes parameters or a design, but not both", "write two sweeps: their points are combined");
        }
        if (design instanceof Design.Rows rows) {
            return row(rows);
        }
        int place = pass.guard().place();
        Object given = design == null ? axes : design;
        Frozen first = pass.first();
        if (first != null && first.sweptAlike(place, given)) {
            pass.frozen().sweepAs(first, place);
            return null;
        }
        pass.frozen().sweptWith(place, given);
        if (design == null) {
            Axis.all("sweep", axes, false).forEach(axis -> add(Factor.of(axis), axis.parameter()));
        } else {
            add(factor(design), 0);
        }
        return null;
    }

    private Factor factor(Design design) {
        if (design instanceof Design.Together together) {
            return together.factor();
        } else if (design instanceof Design.OneAtATime each) {
            return each.factor(pass.parameters().defaults());
        } else if (design instanceof Design.LatinHypercube cube) {
            return cube.factor(pass.parameters().all());
        }
        throw new IllegalStateException("no such design: " + design);
    }

    private void add(Factor factor, Object argument) {
        for (String name : factor.parameters()) {
            boolean known = argument instanceof String;
            pass.refersToParameter(
                    name, known ? pass.guard().placeOfName(name) : pass.guard().place(argument));
            if (pass.frozen().factors().stream()
                    .anyMatch(other -> other.parameters().contains(name))) {
                throw new Mistake("'" + name + "' is swept twice", "give all its values in one list", argument);
            }
        }
        pass.frozen().sweep(pass.guard().place(), pass.guard().place(argument), factor);
    }

    private Object row(Design.Rows rows) {
        Sheet sheet = rows.sheet(pass);
        int place = pass.guard().place();
        Frozen first = pass.first();
        boolean again = first != null && first.sweptAlike(place, rows.file());
        List<Object> numbers = again ? List.of() : chosen(rows, sheet);
        Limits limits = Limits.of(null, 1, sheet.rows().size(), null);
        Object byDefault = again ? 1 : numbers.get(0);
        Object number = pass.parameters().declare(ROW, byDefault, "row of " + rows.file(), limits);
        if (again && first != null) {
            pass.frozen().sweepAs(first, place);
        } else {
            pass.frozen().sweptWith(place, rows.file());
            pass.frozen().sweep(place, place, Factor.of(new Axis(ROW, numbers)));
        }
        int index = ((Number) number).intValue();
        pass.makings().row(sheet.rows().get(index - 1));
        return new CsvRow(sheet, index, sheet.rows().get(index - 1), pass::skip);
    }

    /** The rows of a CSV file that are wanted. */
    List<Object> table(String file, @Nullable Closure<?> condition) {
        Sheet sheet = pass.files().sheet(file);
        List<Object> rows = new ArrayList<>();
        for (int i = 1; i <= sheet.rows().size(); i++) {
            if (condition == null || wants("table", condition, sheet, i)) {
                rows.add(new CsvRow(sheet, i, sheet.rows().get(i - 1), pass::skip));
            }
        }
        return rows;
    }

    /** Numbers of the rows that are wanted. A condition that reads an empty cell does not want its row. */
    private static List<Object> chosen(Design.Rows rows, Sheet sheet) {
        List<Object> numbers = new ArrayList<>();
        Closure<?> condition = rows.chosen();
        for (int i = 1; i <= sheet.rows().size(); i++) {
            if (condition == null || wants(rows.word(), condition, sheet, i)) {
                numbers.add(i);
            }
        }
        if (numbers.isEmpty()) {
            throw new Mistake(
                    "no row of '" + rows.file() + "' is chosen",
                    "the condition is false for all " + sheet.rows().size());
        }
        return numbers;
    }

    /** Whether a condition holds for a row; one that reads an empty cell does not. */
    static boolean wants(String word, Closure<?> condition, Sheet sheet, int number) {
        Object answer = condition.call(new CsvRow(sheet, number, sheet.rows().get(number - 1), reason -> {}));
        if (answer instanceof Poison) {
            return false;
        }
        if (answer instanceof Boolean yes) {
            return yes;
        }
        throw new Mistake(
                word + " needs a condition that is true or false, got " + Accepts.describe(answer),
                "write, for example, " + word + "('measurements.csv') { it.engine == 'vllm' }");
    }
}
