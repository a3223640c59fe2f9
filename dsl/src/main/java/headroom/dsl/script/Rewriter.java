package headroom.dsl.script;

import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.ast.stmt.ContinueStatement;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;

/**
 * Walks the statements of a freshly parsed script by exact node class, refuses whatever is not listed, and has every
 * expression rewritten by {@link ExpressionRewriter}. It runs before names are resolved and before any annotation or
 * transformation could act.
 */
final class Rewriter {
    /** Types that a variable or a cast may name; anything else would open a way to classes. */
    static final Set<String> TYPES = Set.of(
            "int",
            "Integer",
            "long",
            "Long",
            "double",
            "Double",
            "BigDecimal",
            "Number",
            "boolean",
            "Boolean",
            "String",
            "List",
            "Map",
            "Closure");

    private final Findings findings;
    private final boolean trusted;
    private Scope scope = new Scope();
    private final ExpressionRewriter expressions;

    Rewriter(CompiledScript script, Findings findings) {
        this.findings = findings;
        this.trusted = script.rules().trusted();
        this.expressions = new ExpressionRewriter(this, script);
    }

    /** Whether what is not listed is left to Groovy instead of being refused. */
    boolean trusted() {
        return trusted;
    }

    Scope scope() {
        return scope;
    }

    void refuse(ASTNode node, String message, String remedy) {
        findings.add(placeOf(node), message, remedy);
    }

    static int placeOf(ASTNode node) {
        return Place.of(node.getLineNumber(), node.getColumnNumber());
    }

    /** The body of the script. */
    void script(MethodNode run) {
        scope = new Scope();
        run.setCode(statement(run.getCode()));
    }

    /** A method that the script declares; it sees its parameters only. */
    void method(MethodNode method) {
        if (trusted) {
            if (!method.isStatic()) { // a static one has no words
                scope = new Scope();
                method.setCode(withParameters(method.getParameters(), method.getCode()));
            }
            return;
        }
        if (method.isStatic() || method.isAbstract()) {
            refuse(
                    method,
                    "a method of a script can be neither static nor abstract",
                    "write def " + method.getName() + "(...) { ... }");
            return;
        }
        checkName(method, method.getName());
        if (GroovyNames.ofScripts().contains(method.getName())) {
            refuse(method, "Groovy has a method '" + method.getName() + "' of its own", "choose another name");
        }
        noAnnotations(method);
        ClassNode returned = method.getReturnType();
        if (!ClassHelper.isObjectType(returned)
                && !ClassHelper.isPrimitiveVoid(returned)
                && !ClassHelper.isDynamicTyped(returned)) {
            refuse(
                    method,
                    "a method of a script cannot declare what it returns",
                    "write def " + method.getName() + "(...) { ... }");
            method.setReturnType(ClassHelper.dynamicType());
        }
        if (method.getGenericsTypes() != null || method.getExceptions().length > 0) {
            refuse(
                    method,
                    "a method of a script has no type parameters and throws nothing",
                    "write def " + method.getName() + "(...) { ... }");
        }
        scope = new Scope();
        method.setCode(withParameters(method.getParameters(), method.getCode()));
    }

    /** Declares {@code parameters}, strips their types, and converts them on entry instead. */
    Statement withParameters(Parameter[] parameters, Statement body) {
        BlockStatement entry = new BlockStatement();
        for (Parameter parameter : parameters) {
            checkName(parameter, parameter.getName());
            noAnnotations(parameter);
            if (parameter.hasInitialExpression()) {
                parameter.setInitialExpression(expressions.rewrite(parameter.getInitialExpression()));
            }
            String type = parameter.isDynamicTyped() ? Scope.ANY : typeName(parameter, parameter.getType());
            if (!trusted || !type.isEmpty()) {
                parameter.setType(ClassHelper.dynamicType());
            }
            scope.declare(parameter.getName(), type);
            if (!type.isEmpty()) {
                VariableExpression variable = new VariableExpression(parameter.getName());
                entry.addStatement(new ExpressionStatement(Assignments.assign(
                        variable,
                        expressions.cast(placeOf(parameter), type, new VariableExpression(parameter.getName())))));
            }
        }
        Statement rewritten = statement(body);
        if (entry.isEmpty()) {
            return rewritten;
        }
        entry.addStatement(rewritten);
        return entry;
    }

    /** The name of a declared type, {@link Scope#ANY} after refusing one that is not allowed. */
    String typeName(ASTNode node, ClassNode type) {
        String name = type.getUnresolvedName();
        if (TYPES.contains(name)) {
            return name;
        }
        if (!trusted && !name.equals("Object") && !name.equals("java.lang.Object")) {
            refuse(node, "the type " + name + " is not part of the language", "write def, or leave the type out");
        }
        return Scope.ANY;
    }

    /** Names with a dollar sign belong to the rewriting and to Groovy's parser, whose own nodes have no line. */
    void checkName(ASTNode node, String name) {
        if (!trusted && name.indexOf('$') >= 0 && node.getLineNumber() > 0) {
            refuse(node, "the name '" + name + "' contains a dollar sign", "use letters, digits and _");
        }
    }

    void noAnnotations(AnnotatedNode node) {
        node.getAnnotations().forEach(annotation -> {
            if (!trusted && annotation.getLineNumber() > 0) {
                refuse(annotation, "annotations are not part of the language", "remove it");
            }
        });
    }

    Statement statement(Statement statement) {
        Class<?> kind = statement.getClass();
        if (kind == BlockStatement.class) {
            scope.open();
            List<Statement> inner = ((BlockStatement) statement).getStatements();
            inner.replaceAll(this::statement);
            scope.close();
        } else if (kind == ExpressionStatement.class) {
            ExpressionStatement line = (ExpressionStatement) statement;
            line.setExpression(expressions.rewrite(line.getExpression()));
        } else if (kind == ReturnStatement.class) {
            ReturnStatement line = (ReturnStatement) statement;
            line.setExpression(expressions.rewrite(line.getExpression()));
        } else if (kind == IfStatement.class) {
            IfStatement branch = (IfStatement) statement;
            branch.setBooleanExpression(expressions.condition(branch.getBooleanExpression()));
            branch.setIfBlock(statement(branch.getIfBlock()));
            branch.setElseBlock(statement(branch.getElseBlock()));
        } else if (kind == WhileStatement.class) {
            WhileStatement loop = (WhileStatement) statement;
            loop.setBooleanExpression(expressions.condition(loop.getBooleanExpression()));
            loop.setLoopBlock(ticking(loop, statement(loop.getLoopBlock())));
        } else if (kind == DoWhileStatement.class) {
            DoWhileStatement loop = (DoWhileStatement) statement;
            loop.setLoopBlock(ticking(loop, statement(loop.getLoopBlock())));
            loop.setBooleanExpression(expressions.condition(loop.getBooleanExpression()));
        } else if (kind == ForStatement.class) {
            forLoop((ForStatement) statement);
        } else if (kind == SwitchStatement.class) {
            switchOn((SwitchStatement) statement);
        } else if (kind != EmptyStatement.class
                && !(statement instanceof EmptyStatement)
                && kind != BreakStatement.class
                && kind != ContinueStatement.class) {
            if (trusted && FreeStatements.rewrite(statement, this, expressions)) {
                return statement;
            }
            refuse(statement, Refusals.of(statement), Refusals.remedy(statement));
        } else {
            label(statement);
        }
        return statement;
    }

    private void label(Statement statement) {
        if (!trusted
                && statement.getStatementLabels() != null
                && !statement.getStatementLabels().isEmpty()) {
            refuse(statement, "labels are not part of the language", "write the name without a colon");
        }
    }

    private void forLoop(ForStatement loop) {
        scope.open();
        Expression values = loop.getCollectionExpression();
        if (values instanceof ClosureListExpression header) {
            header.setVariableScope(new VariableScope());
            header.getExpressions().replaceAll(expressions::rewriteOrEmpty);
        } else {
            loop.setCollectionExpression(expressions.call(
                    "$each", new ConstantExpression(placeOf(values), true), expressions.rewrite(values)));
            loopVariable(loop.getValueVariable());
            if (loop.getIndexVariable() != null) {
                loopVariable(loop.getIndexVariable());
            }
        }
        loop.setLoopBlock(ticking(loop, statement(loop.getLoopBlock())));
        scope.close();
    }

    /** The body, which first counts a step. */
    BlockStatement ticking(ASTNode node, Statement body) {
        BlockStatement counted = new BlockStatement();
        counted.addStatement(
                new ExpressionStatement(expressions.call("$tick", new ConstantExpression(placeOf(node), true))));
        counted.addStatement(body);
        return counted;
    }

    private void loopVariable(Parameter variable) {
        checkName(variable, variable.getName());
        noAnnotations(variable);
        if (!trusted && !variable.isDynamicTyped()) {
            refuse(
                    variable,
                    "the variable of a for loop cannot have a type",
                    "write for (" + variable.getName() + " in ...)");
        }
        scope.declare(variable.getName(), Scope.ANY);
    }

    private void switchOn(SwitchStatement choice) {
        choice.setExpression(expressions.key(choice.getExpression()));
        for (CaseStatement option : choice.getCaseStatements()) {
            option.setExpression(expressions.key(option.getExpression()));
            option.setCode(statement(option.getCode()));
        }
        choice.setDefaultStatement(statement(choice.getDefaultStatement()));
    }
}
