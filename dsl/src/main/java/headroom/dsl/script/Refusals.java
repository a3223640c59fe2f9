package headroom.dsl.script;

import org.codehaus.groovy.ast.ASTNode;

/** How the parts of Groovy that scripts cannot use are called in messages. */
final class Refusals {
    private Refusals() {}

    static String of(ASTNode node) {
        return name(node) + " not part of the language";
    }

    static String remedy(ASTNode node) {
        return switch (node.getClass().getSimpleName()) {
            case "AssertStatement" -> "state a claim with expect 'text', { ... }";
            case "ConstructorCallExpression" -> "use a list [], a map [:] or a word of the language";
            case "MethodPointerExpression", "MethodReferenceExpression" -> "write a closure: { it -> ... }";
            case "ArrayExpression" -> "write a list: [1, 2, 3]";
            default -> "";
        };
    }

    private static String name(ASTNode node) {
        return switch (node.getClass().getSimpleName()) {
            case "TryCatchStatement" -> "try and catch are";
            case "ThrowStatement" -> "throw is";
            case "SynchronizedStatement" -> "synchronized is";
            case "AssertStatement" -> "assert is";
            case "ConstructorCallExpression" -> "new is";
            case "MethodPointerExpression", "MethodReferenceExpression" -> "method references are";
            case "AttributeExpression" -> "direct field access is";
            case "ArrayExpression" -> "arrays are";
            case "BitwiseNegationExpression" -> "~ is";
            case "UnaryPlusExpression" -> "a leading + is";
            case "ClassExpression" -> "class names are";
            default -> "this construct is";
        };
    }
}
