package headroom.dsl.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.LambdaExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Token;

/**
 * Rewrites expressions: each call, name, property, index, operator, cast, range and text goes through one of the doors
 * of {@link GuardedScript}, with its place.
 */
final class ExpressionRewriter {
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "<=>", "<<", "in");
    private static final Map<String, String> COMPOUND =
            Map.of("+=", "+", "-=", "-", "*=", "*", "/=", "/", "%=", "%", "**=", "**", "<<=", "<<");
    private static final Set<String> HIDDEN = Set.of("this", "super", "owner", "delegate", "thisObject", "binding");

    private final Rewriter statements;
    private final CompiledScript script;
    private final Assignments assignments;

    ExpressionRewriter(Rewriter statements, CompiledScript script) {
        this.statements = statements;
        this.script = script;
        this.assignments = new Assignments(statements, this);
    }

    Expression rewrite(Expression expression) {
        Class<?> kind = expression.getClass();
        if (kind == ConstantExpression.class) {
            return constant((ConstantExpression) expression);
        } else if (kind == EmptyExpression.class) {
            return expression;
        } else if (kind == VariableExpression.class) {
            return variable((VariableExpression) expression);
        } else if (kind == MethodCallExpression.class) {
            return methodCall((MethodCallExpression) expression);
        } else if (kind == PropertyExpression.class) {
            return property((PropertyExpression) expression);
        } else if (kind == DeclarationExpression.class) {
            return assignments.declaration((DeclarationExpression) expression);
        } else if (kind == BinaryExpression.class) {
            return binary((BinaryExpression) expression);
        } else if (kind == ClosureExpression.class || kind == LambdaExpression.class) {
            return closure((ClosureExpression) expression);
        } else if (kind == ListExpression.class) {
            return list((ListExpression) expression);
        } else if (kind == MapExpression.class || kind == NamedArgumentListExpression.class) {
            return map((MapExpression) expression);
        } else if (kind == GStringExpression.class) {
            return text((GStringExpression) expression);
        } else if (kind == RangeExpression.class) {
            return range((RangeExpression) expression);
        } else if (kind == UnaryMinusExpression.class) {
            return call("$negative", place(expression), rewrite(((UnaryMinusExpression) expression).getExpression()));
        } else if (kind == BooleanExpression.class || kind == NotExpression.class) {
            return condition((BooleanExpression) expression);
        } else if (kind == TernaryExpression.class) {
            TernaryExpression choice = (TernaryExpression) expression;
            return new TernaryExpression(
                    condition(choice.getBooleanExpression()),
                    rewrite(choice.getTrueExpression()),
                    rewrite(choice.getFalseExpression()));
        } else if (kind == ElvisOperatorExpression.class) {
            ElvisOperatorExpression choice = (ElvisOperatorExpression) expression;
            return new ElvisOperatorExpression(
                    rewrite(choice.getTrueExpression()), rewrite(choice.getFalseExpression()));
        } else if (kind == CastExpression.class) {
            return cast((CastExpression) expression);
        } else if (kind == PostfixExpression.class) {
            PostfixExpression step = (PostfixExpression) expression;
            return new PostfixExpression(assignments.stepped(expression, step.getExpression()), step.getOperation());
        } else if (kind == PrefixExpression.class) {
            PrefixExpression step = (PrefixExpression) expression;
            return new PrefixExpression(step.getOperation(), assignments.stepped(expression, step.getExpression()));
        }
        if (statements.trusted()) {
            return inside(expression);
        }
        statements.refuse(expression, Refusals.of(expression), Refusals.remedy(expression));
        return ConstantExpression.NULL;
    }

    /** What a trusted script may use beyond the language stays; what it holds is rewritten. */
    Expression inside(Expression expression) {
        return expression.transformExpression(this::rewrite);
    }

    /** Numbers too long to be computed with are told apart when they are first used. */
    private Expression constant(ConstantExpression constant) {
        Object value = constant.getValue();
        return value instanceof java.math.BigDecimal || value instanceof java.math.BigInteger
                ? call("$made", place(constant), constant)
                : constant;
    }

    /** A value that will be compared or hashed by Groovy itself. */
    Expression key(Expression expression) {
        Expression rewritten = rewrite(expression);
        return rewritten instanceof ConstantExpression ? rewritten : call("$key", place(expression), rewritten);
    }

    Expression rewriteOrEmpty(Expression expression) {
        return expression instanceof EmptyExpression ? expression : rewrite(expression);
    }

    BooleanExpression condition(BooleanExpression condition) {
        Expression inner = rewrite(condition.getExpression());
        return condition instanceof NotExpression ? new NotExpression(inner) : new BooleanExpression(inner);
    }

    /** {@code this.name(arguments)}: one of the doors. */
    Expression call(String name, Expression... arguments) {
        MethodCallExpression call = new MethodCallExpression(
                VariableExpression.THIS_EXPRESSION, name, new ArgumentListExpression(arguments));
        call.setImplicitThis(false);
        return call;
    }

    Expression cast(int place, String type, Expression value) {
        return call("$cast", new ConstantExpression(place, true), new ConstantExpression(type), value);
    }

    private static ConstantExpression place(org.codehaus.groovy.ast.ASTNode node) {
        return new ConstantExpression(Rewriter.placeOf(node), true);
    }

    private Expression variable(VariableExpression variable) {
        String name = variable.getName();
        if (statements.scope().sees(name)) {
            String parameter = statements.scope().parameterOf(name);
            return parameter.isEmpty() ? variable : call("$held", new ConstantExpression(parameter), variable);
        }
        if (statements.trusted() && (HIDDEN.contains(name) || ClassNames.isClass(name))) {
            return variable;
        }
        if (HIDDEN.contains(name)) {
            statements.refuse(variable, "'" + name + "' is not part of the language", "");
            return ConstantExpression.NULL;
        }
        script.visible(Rewriter.placeOf(variable), statements.scope().names());
        return call("$name", place(variable), new ConstantExpression(name));
    }

    private Expression methodCall(MethodCallExpression call) {
        Expression method = call.getMethod();
        int place = Rewriter.placeOf(method.getLineNumber() > 0 ? method : call);
        Expression named = ConstantExpression.NULL;
        List<Expression> positional = new ArrayList<>();
        List<Expression> given = ((TupleExpression) call.getArguments()).getExpressions();
        for (int i = 0; i < given.size(); i++) {
            Expression argument = given.get(i);
            if (i == 0 && argument instanceof MapExpression entries) {
                entries.getMapEntryExpressions().forEach(entry -> {
                    if (entry.getKeyExpression() instanceof ConstantExpression key && key.getValue() != null) {
                        script.argument(place, key.getValue(), Rewriter.placeOf(entry.getValueExpression()));
                        script.argument(place, CompiledScript.nameOf(key.getValue()), Rewriter.placeOf(key));
                    }
                });
                named = map(entries);
            } else {
                script.argument(place, positional.size(), Rewriter.placeOf(argument));
                positional.add(argument instanceof SpreadExpression spread ? spread(spread) : rewrite(argument));
            }
        }
        Expression places = new ConstantExpression(place, true);
        Expression values = new ListExpression(positional);
        if (!call.isImplicitThis()) {
            Expression name = method instanceof ConstantExpression ? method : rewrite(method);
            return call("$invoke", places, rewrite(call.getObjectExpression()), name, mode(call), named, values);
        }
        if (!(method instanceof ConstantExpression)) {
            statements.refuse(call, "the name of a call must be written out", "");
            return ConstantExpression.NULL;
        }
        String name = call.getMethodAsString();
        if (method.getLastColumnNumber() - method.getColumnNumber() > name.length()
                && method.getLastLineNumber() == method.getLineNumber()) {
            statements.refuse(method, "a comma is missing behind '" + name + "'", "write '" + name + "', ...");
            return ConstantExpression.NULL;
        }
        Expression local = ConstantExpression.NULL;
        if (statements.scope().sees(name)) {
            local = new VariableExpression(name);
        } else {
            script.visible(place, statements.scope().names());
        }
        return call("$call", places, new ConstantExpression(name), local, named, values);
    }

    private static ConstantExpression mode(MethodCallExpression call) {
        return new ConstantExpression(Values.mode(call.isSafe(), call.isSpreadSafe()), true);
    }

    private Expression property(PropertyExpression property) {
        if (statements.trusted() && ClassNames.isQualified(property, statements.scope())) {
            return property;
        }
        Expression name = property.getProperty();
        Expression key = name instanceof ConstantExpression ? name : rewrite(name);
        int place = Rewriter.placeOf(name.getLineNumber() > 0 ? name : property);
        int mode = Values.mode(property.isSafe(), property.isSpreadSafe());
        return call(
                "$get",
                new ConstantExpression(place, true),
                rewrite(property.getObjectExpression()),
                key,
                new ConstantExpression(mode, true));
    }

    private Expression binary(BinaryExpression binary) {
        Token operation = binary.getOperation();
        String operator = operation.getText();
        Expression place = new ConstantExpression(Place.of(operation.getStartLine(), operation.getStartColumn()), true);
        if (operator.equals("=") || COMPOUND.containsKey(operator)) {
            return assignments.assignment(binary, place, COMPOUND.getOrDefault(operator, ""));
        }
        if (operator.equals("[")) {
            return call("$at", place, rewrite(binary.getLeftExpression()), rewrite(binary.getRightExpression()));
        }
        script.noteSubtraction(binary);
        Expression left = rewrite(binary.getLeftExpression());
        Expression right = rewrite(binary.getRightExpression());
        if (operator.equals("&&") || operator.equals("||")) {
            return new BinaryExpression(left, operation, right);
        }
        if (!OPERATORS.contains(operator) && statements.trusted()) {
            return new BinaryExpression(left, operation, right);
        }
        if (!OPERATORS.contains(operator)) {
            statements.refuse(binary, "the operator " + operator + " is not part of the language", "");
            return ConstantExpression.NULL;
        }
        return call("$op", place, new ConstantExpression(operator), left, right);
    }

    private Expression closure(ClosureExpression closure) {
        Scope scope = statements.scope();
        scope.open();
        Parameter[] parameters = closure.getParameters();
        if (closure instanceof LambdaExpression || (parameters != null && parameters.length > 0)) {
            closure.setCode(statements.withParameters(
                    parameters == null ? Parameter.EMPTY_ARRAY : parameters, closure.getCode()));
        } else {
            if (parameters != null) {
                scope.declare("it", Scope.ANY);
            }
            closure.setCode(statements.statement(closure.getCode()));
        }
        closure.setCode(statements.ticking(closure, closure.getCode()));
        scope.close();
        if (closure instanceof LambdaExpression) {
            ClosureExpression plain = new ClosureExpression(closure.getParameters(), closure.getCode());
            plain.setSourcePosition(closure);
            return plain;
        }
        return closure;
    }

    private Expression list(ListExpression list) {
        List<Expression> values = new ArrayList<>();
        for (Expression each : list.getExpressions()) {
            values.add(each instanceof SpreadExpression spread ? spread(spread) : rewrite(each));
        }
        return call("$made", place(list), new ListExpression(values));
    }

    private Expression spread(SpreadExpression spread) {
        Expression values = spread.getExpression();
        return new SpreadExpression(call("$each", place(values), rewrite(values)));
    }

    private Expression map(MapExpression map) {
        List<MapEntryExpression> entries = new ArrayList<>();
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            Expression key = entry.getKeyExpression();
            Expression value = rewrite(entry.getValueExpression());
            if (key instanceof SpreadMapExpression) {
                value = call("$entries", place(entry), value);
                entries.add(new MapEntryExpression(new SpreadMapExpression(value), value));
                continue;
            }
            entries.add(new MapEntryExpression(key(key), value));
        }
        return call("$made", place(map), new MapExpression(entries));
    }

    private Expression text(GStringExpression text) {
        List<Expression> parts = new ArrayList<>(text.getStrings());
        List<Expression> values = new ArrayList<>();
        text.getValues().forEach(value -> values.add(rewrite(value)));
        return call("$text", new ListExpression(parts), new ListExpression(values));
    }

    private Expression range(RangeExpression range) {
        if (range.isExclusiveLeft()) {
            statements.refuse(range, "a range includes its start", "write from..to or from..<to");
        }
        return call(
                "$range",
                place(range),
                rewrite(range.getFrom()),
                rewrite(range.getTo()),
                new ConstantExpression(!range.isExclusiveRight(), true));
    }

    private Expression cast(CastExpression cast) {
        String type = statements.typeName(cast, cast.getType());
        Expression value = rewrite(cast.getExpression());
        if (type.isEmpty() && statements.trusted()) {
            return inside(cast);
        }
        return type.isEmpty() ? value : cast(Rewriter.placeOf(cast), type, value);
    }
}
