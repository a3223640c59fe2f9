package headroom.dsl.script;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/** Rewrites what declares a variable or gives it, a property or an element a value. */
final class Assignments {
    private final Rewriter statements;
    private final ExpressionRewriter expressions;

    Assignments(Rewriter statements, ExpressionRewriter expressions) {
        this.statements = statements;
        this.expressions = expressions;
    }

    static Expression assign(Expression variable, Expression value) {
        return new BinaryExpression(variable, Token.newSymbol(Types.ASSIGN, -1, -1), value);
    }

    Expression declaration(DeclarationExpression declaration) {
        statements.noAnnotations(declaration);
        Expression value = expressions.rewriteOrEmpty(declaration.getRightExpression());
        if (!declaration.getAnnotations().isEmpty()) {
            declaration.setRightExpression(value); // only a trusted script has some; they belong to this very node
            return declaration;
        }
        if (declaration.isMultipleAssignmentDeclaration()) {
            List<Expression> variables = new ArrayList<>();
            for (Expression each : declaration.getTupleExpression().getExpressions()) {
                variables.add(declared((VariableExpression) each));
            }
            return new DeclarationExpression(new ArgumentListExpression(variables), declaration.getOperation(), value);
        }
        VariableExpression variable = declaration.getVariableExpression();
        VariableExpression fresh = declared(variable);
        statements.scope().holds(fresh.getName(), parameter(declaration.getRightExpression()));
        String type = statements.scope().typeOf(fresh.getName());
        if (type != null && !type.isEmpty() && !(value instanceof EmptyExpression)) {
            value = expressions.cast(Rewriter.placeOf(declaration.getRightExpression()), type, value);
        }
        return new DeclarationExpression(fresh, declaration.getOperation(), value);
    }

    /** The parameter that {@code param('users', 50)} declares; empty when the expression is something else. */
    private static String parameter(Expression value) {
        if (value instanceof MethodCallExpression call
                && call.isImplicitThis()
                && "param".equals(call.getMethodAsString())
                && call.getArguments() instanceof TupleExpression arguments) {
            for (Expression argument : arguments.getExpressions()) {
                if (argument instanceof ConstantExpression name) {
                    return String.valueOf(name.getValue());
                }
            }
        }
        return "";
    }

    private VariableExpression declared(VariableExpression variable) {
        statements.checkName(variable, variable.getName());
        String type = variable.isDynamicTyped() ? Scope.ANY : statements.typeName(variable, variable.getOriginType());
        statements.scope().declare(variable.getName(), type);
        boolean foreign = statements.trusted() && type.isEmpty() && !variable.isDynamicTyped();
        VariableExpression fresh = new VariableExpression(
                variable.getName(), foreign ? variable.getOriginType() : ClassHelper.dynamicType());
        fresh.setSourcePosition(variable);
        return fresh;
    }

    Expression assignment(BinaryExpression binary, Expression place, String operator) {
        Expression target = binary.getLeftExpression();
        Expression value = expressions.rewrite(binary.getRightExpression());
        if (target instanceof PropertyExpression property && target.getClass() == PropertyExpression.class) {
            return expressions.call(
                    "$set",
                    place,
                    expressions.rewrite(property.getObjectExpression()),
                    expressions.rewrite(property.getProperty()),
                    new ConstantExpression(operator),
                    value);
        }
        if (target instanceof BinaryExpression index
                && index.getOperation().getText().equals("[")) {
            return expressions.call(
                    "$set",
                    place,
                    expressions.rewrite(index.getLeftExpression()),
                    expressions.rewrite(index.getRightExpression()),
                    new ConstantExpression(operator),
                    value);
        }
        if (target instanceof TupleExpression tuple && operator.isEmpty()) {
            tuple.getExpressions().forEach(this::assignable);
            return new BinaryExpression(target, binary.getOperation(), value);
        }
        if (statements.trusted() && !(target instanceof VariableExpression)) {
            return new BinaryExpression(expressions.inside(target), binary.getOperation(), value);
        }
        if (!assignable(target)) {
            return ConstantExpression.NULL;
        }
        VariableExpression variable = (VariableExpression) target;
        statements.scope().holds(variable.getName(), "");
        Expression result = operator.isEmpty()
                ? value
                : expressions.call("$op", place, new ConstantExpression(operator), variable, value);
        String type = statements.scope().typeOf(variable.getName());
        if (type != null && !type.isEmpty()) {
            result = expressions.cast(Rewriter.placeOf(binary.getRightExpression()), type, result);
        }
        return assign(variable, result);
    }

    private boolean assignable(Expression target) {
        if (target instanceof VariableExpression variable) {
            if (statements.trusted() || statements.scope().sees(variable.getName())) {
                return true;
            }
            statements.refuse(
                    target,
                    "'" + variable.getName() + "' is not declared",
                    "write def " + variable.getName() + " = ..., or, for a word, leave the = out");
        } else {
            statements.refuse(target, "this cannot be assigned to", "");
        }
        return false;
    }

    Expression stepped(Expression whole, Expression target) {
        if (target instanceof VariableExpression variable && statements.scope().sees(variable.getName())) {
            return target;
        }
        if (statements.trusted()) {
            return expressions.inside(target);
        }
        statements.refuse(whole, "++ and -- need a variable of the script", "write x = x + 1");
        return new VariableExpression("it");
    }
}
