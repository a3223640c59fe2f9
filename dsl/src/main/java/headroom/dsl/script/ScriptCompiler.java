package headroom.dsl.script;

import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import java.net.URL;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SimpleMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a script to a class whose every dispatch goes through the guard. No global AST transformation of the class
 * path takes part.
 */
public final class ScriptCompiler {
    private static final String CLASS_NAME = "Scenario";
    private static final String TRANSFORMATIONS = "org.codehaus.groovy.transform.";
    private static final String OWN = "org.codehaus.groovy.transform.BaseScriptASTTransformation";

    private ScriptCompiler() {}

    /** The compiled script; null when it has mistakes, which are then in {@code findings}. */
    public static @Nullable CompiledScript compile(String source, Findings findings, ScriptRules rules) {
        ScriptLimits limits = rules.limits();
        if (source.length() > limits.sourceCharacters()) {
            findings.add(
                    Place.WHOLE_SCRIPT,
                    "the script has more than " + limits.sourceCharacters() + " characters",
                    "keep what is large in a file of its own");
            return null;
        }
        Integer tooDeep = Nesting.tooDeep(source, limits.nesting());
        if (tooDeep != null) {
            findings.add(
                    tooDeep,
                    "the script nests more than " + limits.nesting() + " brackets inside each other",
                    "use variables for the parts");
            return null;
        }
        CompiledScript script = new CompiledScript(rules);
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(GuardedScript.class.getName());
        configuration.getOptimizationOptions().put(CompilerConfiguration.INVOKEDYNAMIC, Boolean.FALSE);
        configuration.addCompilationCustomizers(new Rewriting(script, findings));
        ClassLoader own = ScriptCompiler.class.getClassLoader();
        GroovyClassLoader loader =
                rules.trusted() ? new GroovyClassLoader(own, configuration) : new Loader(own, configuration);
        try {
            GroovyCodeSource code = new GroovyCodeSource(source, CLASS_NAME + ".groovy", "/headroom/script");
            code.setCachable(false);
            Class<?> type = loader.parseClass(code);
            if (findings.isEmpty()) {
                script.compiledTo(type);
                return script;
            }
        } catch (MultipleCompilationErrorsException e) {
            if (findings.isEmpty()) {
                syntaxErrors(e, findings);
            }
        } catch (StackOverflowError e) {
            findings.add(Place.WHOLE_SCRIPT, "the script is nested too deep to be read", "use variables for its parts");
        } catch (CompilationFailedException e) {
            findings.add(Place.WHOLE_SCRIPT, String.valueOf(e.getMessage()), "");
        }
        return null;
    }

    private static void syntaxErrors(MultipleCompilationErrorsException failure, Findings findings) {
        List<? extends Message> errors = failure.getErrorCollector().getErrors();
        for (Message error : errors) {
            if (error instanceof SyntaxErrorMessage syntax) {
                SyntaxException cause = syntax.getCause();
                String text = String.valueOf(cause.getOriginalMessage());
                findings.add(Place.of(cause.getLine(), cause.getStartColumn()), "syntax error: " + text, "");
            } else {
                findings.add(Place.WHOLE_SCRIPT, error.toString(), "");
            }
        }
    }

    private static final class Rewriting extends CompilationCustomizer {
        private final CompiledScript script;
        private final Findings findings;

        Rewriting(CompiledScript script, Findings findings) {
            super(CompilePhase.CONVERSION);
            this.script = script;
            this.findings = findings;
        }

        @Override
        public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
            ModuleNode module = source.getAST();
            Rewriter rewriter = new Rewriter(script, findings);
            if (script.rules().trusted()) {
                module.getStaticStarImports().values().forEach(node -> script.staticImport(node.getClassName()));
                module.getStaticImports().values().forEach(node -> script.staticImport(node.getClassName()));
            } else if (type.equals(module.getClasses().get(0))) {
                module(module, rewriter);
            }
            if (type.isScript()) {
                methods(type, rewriter);
            } else if (!script.rules().trusted()) {
                rewriter.refuse(type, "classes are not part of the language", "use a map [name: value] or a closure");
            }
            if (!findings.isEmpty()) {
                source.getErrorCollector().addErrorAndContinue(new SimpleMessage("refused", source));
            }
        }

        private static void module(ModuleNode module, Rewriter rewriter) {
            if (module.getPackage() != null) {
                rewriter.refuse(module.getPackage(), "package is not part of the language", "remove the line");
            }
            module.getImports().forEach(node -> refuseImport(rewriter, node));
            module.getStarImports().forEach(node -> refuseImport(rewriter, node));
            module.getStaticImports().values().forEach(node -> refuseImport(rewriter, node));
            module.getStaticStarImports().values().forEach(node -> refuseImport(rewriter, node));
        }

        private static void refuseImport(Rewriter rewriter, org.codehaus.groovy.ast.ImportNode node) {
            rewriter.refuse(node, "import is not part of the language", "remove the line: every word is there already");
            rewriter.noAnnotations(node);
        }

        private void methods(ClassNode type, Rewriter rewriter) {
            for (MethodNode method : type.getMethods()) {
                if (!isBody(method) && !isMain(method)) {
                    script.method(method.getName());
                }
            }
            for (MethodNode method : type.getMethods()) {
                if (isBody(method)) {
                    rewriter.script(method);
                } else if (!isMain(method)) {
                    rewriter.method(method);
                }
            }
            type.getFields().forEach(field -> {
                if (field.getLineNumber() > 0 && !script.rules().trusted()) {
                    rewriter.refuse(field, "fields are not part of the language", "write def");
                }
            });
        }

        private static boolean isBody(MethodNode method) {
            return method.getName().equals("run") && method.getParameters().length == 0;
        }

        private static boolean isMain(MethodNode method) {
            return method.getName().equals("main") && method.isStatic();
        }
    }

    /** Compiles with transformations hidden. */
    private static final class Loader extends GroovyClassLoader {
        Loader(ClassLoader parent, CompilerConfiguration configuration) {
            super(parent, configuration);
        }

        @Override
        protected CompilationUnit createCompilationUnit(CompilerConfiguration config, CodeSource source) {
            return new CompilationUnit(
                    config, source, this, new GroovyClassLoader(new WithoutTransformations(getParent()), config));
        }
    }

    /** Knows the one transformation that gives scripts their superclass, and no other. */
    private static final class WithoutTransformations extends ClassLoader {
        WithoutTransformations(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("groovy.") || (name.startsWith(TRANSFORMATIONS) && !name.startsWith(OWN))) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public @Nullable URL getResource(String name) {
            return null;
        }

        @Override
        public Enumeration<URL> getResources(String name) {
            return Collections.emptyEnumeration();
        }
    }
}
