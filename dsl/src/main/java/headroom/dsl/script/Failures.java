package headroom.dsl.script;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;

/** Puts what Groovy throws at run time into the words of a script's author. */
final class Failures {
    private static final String FILE = "Scenario.groovy";

    private Failures() {}

    static final String TOO_DEEP = "the script calls itself too deep";

    static String message(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StackOverflowError) {
                return TOO_DEEP;
            }
        }
        if (failure instanceof MissingMethodException missing) {
            StringBuilder types = new StringBuilder();
            for (Object argument : missing.getArguments()) {
                types.append(types.isEmpty() ? "" : ", ").append(Accepts.describe(argument));
            }
            String method = missing.getMethod().equals("doCall") ? "this closure" : missing.getMethod() + "(...)";
            return method + " does not take " + (types.isEmpty() ? "nothing" : types);
        }
        if (failure instanceof MissingPropertyException missing) {
            return "there is no '" + missing.getProperty() + "' here";
        }
        if (failure instanceof NullPointerException) {
            return "a value is missing here (null)";
        }
        if (failure instanceof NumberFormatException) {
            return "this text is not a number";
        }
        String message = failure.getMessage();
        return message == null
                ? "this cannot be computed"
                : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    /** The line of the script where it happened, as far as the trace tells. */
    static int placeOf(Throwable failure) {
        for (StackTraceElement call : failure.getStackTrace()) {
            if (FILE.equals(call.getFileName())) {
                return Place.of(call.getLineNumber(), 0);
            }
        }
        return Place.WHOLE_SCRIPT;
    }
}
