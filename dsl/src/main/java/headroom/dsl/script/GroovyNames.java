package headroom.dsl.script;

import groovy.lang.MetaClass;
import groovy.lang.MetaMethod;
import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Names of the methods that Groovy gives to every script. A script's own method of that name could reach them. */
final class GroovyNames {
    private GroovyNames() {}

    static Set<String> ofScripts() {
        Set<String> names = new HashSet<>();
        MetaClass scripts = InvokerHelper.getMetaClass(GuardedScript.class);
        for (MetaMethod method : scripts.getMetaMethods()) {
            names.add(method.getName());
        }
        for (MetaMethod method : scripts.getMethods()) {
            names.add(method.getName());
        }
        return names;
    }
}
