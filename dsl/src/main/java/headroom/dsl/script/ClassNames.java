package headroom.dsl.script;

import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Names that a trusted script writes for classes. Groovy finds the classes later, when it resolves names. */
final class ClassNames {
    private ClassNames() {}

    /** {@code File}; but {@code Math} is a word, whose gaps Java's class fills. */
    static boolean isClass(String name) {
        return Character.isUpperCase(name.charAt(0)) && !name.equals("Math");
    }

    /** {@code java.nio.file.Files}: names that begin small, the first no variable, then one that begins large. */
    static boolean isQualified(PropertyExpression property, Scope scope) {
        String last = property.getPropertyAsString();
        if (last == null || !isClass(last)) {
            return false;
        }
        Expression owner = property.getObjectExpression();
        while (owner instanceof PropertyExpression outer && outer.getPropertyAsString() != null) {
            if (isClass(outer.getPropertyAsString())) {
                return false;
            }
            owner = outer.getObjectExpression();
        }
        return owner instanceof VariableExpression root && !isClass(root.getName()) && !scope.sees(root.getName());
    }
}
