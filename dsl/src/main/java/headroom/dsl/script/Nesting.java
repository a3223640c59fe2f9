package headroom.dsl.script;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.Token;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;
import org.jspecify.annotations.Nullable;

/** Finds brackets inside each other so deep that Groovy's parser would take minutes, or all of the stack, to read them. */
final class Nesting {
    private Nesting() {}

    /** Place of the first bracket that is nested deeper than {@code limit}; null when there is none. */
    static @Nullable Integer tooDeep(String source, int limit) {
        GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(source));
        lexer.removeErrorListeners();
        int depth = 0;
        try {
            for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
                switch (token.getType()) {
                    case GroovyLangLexer.LBRACE,
                            GroovyLangLexer.LBRACK,
                            GroovyLangLexer.SAFE_INDEX,
                            GroovyLangLexer.LPAREN -> depth++;
                    case GroovyLangLexer.RBRACE, GroovyLangLexer.RBRACK, GroovyLangLexer.RPAREN -> depth--;
                    default -> {}
                }
                if (depth > limit) {
                    return Place.of(token.getLine(), token.getCharPositionInLine() + 1);
                }
            }
        } catch (GroovySyntaxError e) {
            return null; // the compiler says it better
        }
        return null;
    }
}
