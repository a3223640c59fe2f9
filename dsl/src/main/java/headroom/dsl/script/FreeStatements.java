package headroom.dsl.script;

import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SynchronizedStatement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;

/** Statements that only a trusted script may use: what they hold is rewritten, so that words work in them too. */
final class FreeStatements {
    private FreeStatements() {}

    /** Whether it is one of them. */
    static boolean rewrite(Statement statement, Rewriter statements, ExpressionRewriter expressions) {
        if (statement instanceof TryCatchStatement attempt) {
            attempt.setTryStatement(statements.statement(attempt.getTryStatement()));
            for (CatchStatement each : attempt.getCatchStatements()) {
                statements.scope().open();
                statements.scope().declare(each.getVariable().getName(), Scope.ANY);
                each.setCode(statements.statement(each.getCode()));
                statements.scope().close();
            }
            attempt.setFinallyStatement(statements.statement(attempt.getFinallyStatement()));
        } else if (statement instanceof ThrowStatement end) {
            end.setExpression(expressions.rewrite(end.getExpression()));
        } else if (statement instanceof SynchronizedStatement alone) {
            alone.setExpression(expressions.rewrite(alone.getExpression()));
            alone.setCode(statements.statement(alone.getCode()));
        } else {
            return statement instanceof AssertStatement; // it shows its own text when it fails, so it stays as it is
        }
        return true;
    }
}
