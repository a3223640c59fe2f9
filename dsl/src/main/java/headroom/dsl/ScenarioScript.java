package headroom.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import groovy.transform.NamedParam;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import headroom.dsl.build.DeployWords;
import headroom.dsl.build.HardwareWords;
import headroom.dsl.build.ModelWords;
import headroom.dsl.build.QuantizationWords;
import headroom.dsl.build.ReportWords;
import headroom.dsl.build.ScenarioWords;
import headroom.dsl.build.SiteWords;
import headroom.dsl.build.TrafficWords;
import headroom.dsl.claims.ClaimWords;
import headroom.dsl.claims.PointFigures;
import headroom.units.Quantity;
import java.util.Map;

/**
 * The words of the top level of a script, for editors and other tools that read them from its superclass. Scripts run
 * on another one, whose every call is guarded.
 *
 * <p>Made from the builders by {@code mvn -B -q -Dquick -Preference process-classes}.
 * Do not edit: change the annotations of the word, and run the command.
 */
public abstract class ScenarioScript extends Script {
    /** A warm-up that pilot runs find for each point, where the mean E2E settles: MSER over 32 slices of the run. */
    public Object auto(
            ) {
        return refuse("auto");
    }

    /** The variant that others are compared with: it stands first, and tables show how far each other one is from it. */
    public void baseline(
            Object name) {
        refuse("baseline");
    }

    /** A model on devices of a site. */
    public void deploy(
            Object name,
            @DelegatesTo(value = DeployWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("deploy");
    }

    /** A claim about the results; the command fails when it does not hold. */
    public void expect(
            Object text,
            @DelegatesTo(value = ClaimWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> claim) {
        refuse("expect");
    }

    /** A device of your own: one of the catalogue with other values, or all of its values. */
    public void hardware(
            Object name,
            @DelegatesTo(value = HardwareWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("hardware");
    }

    /** Another script of the same folder, as if it stood here; its last line is the value. */
    public Object include(
            Object file) {
        return refuse("include");
    }

    /** A figure that somebody measured at this point, beside what the simulation says. */
    public void measured(
            @NamedParam(value = "predicted", type = Closure.class, required = true)
            @NamedParam(value = "group", type = Object.class, required = false)
            Map<String, Object> values,
            Object metric,
            Object value) {
        refuse("measured");
    }

    /** A model of your own: one of the catalogue, a Hugging Face config, its dimensions, or fixed work. */
    public void model(
            Object name,
            @DelegatesTo(value = ModelWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("model");
    }

    /** A parameter with its default (text, a number, or true or false) and the values it may have. */
    public Object param(
            Object name,
            Object byDefault) {
        return refuse("param");
    }

    /** A parameter with its default (text, a number, or true or false) and the values it may have. */
    public Object param(
            @NamedParam(value = "range", type = Object.class, required = false)
            @NamedParam(value = "from", type = Object.class, required = false)
            @NamedParam(value = "to", type = Object.class, required = false)
            @NamedParam(value = "allowed", type = Object.class, required = false)
            Map<String, Object> values,
            Object name,
            Object byDefault) {
        return refuse("param");
    }

    /** A parameter with its default (text, a number, or true or false) and the values it may have. */
    public Object param(
            Object name,
            Object byDefault,
            Object doc) {
        return refuse("param");
    }

    /** A parameter with its default (text, a number, or true or false) and the values it may have. */
    public Object param(
            @NamedParam(value = "range", type = Object.class, required = false)
            @NamedParam(value = "from", type = Object.class, required = false)
            @NamedParam(value = "to", type = Object.class, required = false)
            @NamedParam(value = "allowed", type = Object.class, required = false)
            Map<String, Object> values,
            Object name,
            Object byDefault,
            Object doc) {
        return refuse("param");
    }

    /** A number format of your own: one of the catalogue with other values, or all of its values. */
    public void quantization(
            Object name,
            @DelegatesTo(value = QuantizationWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("quantization");
    }

    /** The decision to be made. */
    public void question(
            Object text) {
        refuse("question");
    }

    /** Runs of each point with other random numbers. */
    public void replications(
            Object count) {
        refuse("replications");
    }

    /** What the report sets side by side. */
    public void report(
            @DelegatesTo(value = ReportWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("report");
    }

    /** Which deployment serves a traffic, and how a replica is chosen. */
    public void route(
            @NamedParam(value = "to", type = Object.class, required = true)
            @NamedParam(value = "policy", type = Object.class, required = false)
            Map<String, Object> values,
            Object traffic) {
        refuse("route");
    }

    /** Root of all random numbers. */
    public void seed(
            Object number) {
        refuse("seed");
    }

    /** How long to simulate; a traffic that never ends by itself needs a time. */
    public void simulate(
            Object length) {
        refuse("simulate");
    }

    /** How long to simulate; a traffic that never ends by itself needs a time. */
    public void simulate(
            @NamedParam(value = "warmup", type = Object.class, required = false)
            @NamedParam(value = "drain", type = Quantity.class, required = false)
            Map<String, Object> values,
            Object length) {
        refuse("simulate");
    }

    /** A place that holds devices, buys electricity and removes heat. */
    public void site(
            Object name,
            @DelegatesTo(value = SiteWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("site");
    }

    /** Values that a batch tries: a grid whose first axis turns slowest, or a design; rows of a CSV file are its value. */
    public Object sweep(
            Map<String, Object> values) {
        return refuse("sweep");
    }

    /** Values that a batch tries: a grid whose first axis turns slowest, or a design; rows of a CSV file are its value. */
    public Object sweep(
            Object design) {
        return refuse("sweep");
    }

    /** Values that a batch tries: a grid whose first axis turns slowest, or a design; rows of a CSV file are its value. */
    public Object sweep(
            Map<String, Object> values,
            Object design) {
        return refuse("sweep");
    }

    /** What the experiment is called. */
    public void title(
            Object text) {
        refuse("title");
    }

    /** A class of requests. */
    public void traffic(
            Object name,
            @DelegatesTo(value = TrafficWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("traffic");
    }

    /** An alternative: its block holds what only it has; points are made of each variant. */
    public void variant(
            Object name,
            @DelegatesTo(value = ScenarioWords.class, strategy = Closure.DELEGATE_ONLY)
            @ClosureParams(value = SimpleType.class, options = "java.lang.Void")
            Closure<?> block) {
        refuse("variant");
    }

    private static Object refuse(String word) {
        throw new UnsupportedOperationException(word + " is a word of a scenario: run the script with headroom");
    }
}
