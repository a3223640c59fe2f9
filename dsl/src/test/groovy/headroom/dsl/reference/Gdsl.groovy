package headroom.dsl.reference

/** The GDSL file as IntelliJ IDEA runs it: contexts decide where a contributor speaks, contributors tell members. */
class Gdsl {
    Map superClass
    private final List<List> contributors = []

    private static final Gdsl READ = parsed()

    static Gdsl read() {
        READ
    }

    private static Gdsl parsed() {
        def gdsl = new Gdsl()
        def script = new GroovyShell(new Binding([
                scriptSuperClass: { Map args -> gdsl.superClass = args },
                context         : { Map args -> args },
                scriptScope     : { -> 'script' },
                closureScope    : { -> 'closure' },
                contributor     : { Object contexts, Closure body -> gdsl.contributors << [[contexts].flatten(), body] }])).parse(Gdsl.getResource('/headroom.gdsl').text)
        script.run()
        gdsl
    }

    /** Members for a name without receiver, in the block that these calls enclose, outermost first. */
    List<Map> members(List<String> path) {
        told(path) { !it.ctype && (it.scope == 'script' || it.scope == 'closure' && path) }
    }

    /** Members of a value. */
    List<Map> membersOf(String type) {
        told([]) { it.ctype == type }
    }

    private List<Map> told(List<String> path, Closure<Boolean> here) {
        def members = []
        contributors.each { contexts, body ->
            assert contexts.every { it.filetypes == ['groovy'] }
            if (contexts.any(here)) {
                def run = (Closure) body.clone()
                run.delegate = new Members(path, members)
                run.resolveStrategy = Closure.DELEGATE_FIRST
                run.call()
            }
        }
        members
    }

    static class Members {
        final List<String> path
        final List<Map> members

        Members(List<String> path, List<Map> members) {
            this.path = path
            this.members = members
        }

        void method(Map args) {
            assert args.name && args.type && args.params != null && args.doc
            members << args
        }

        void property(Map args) {
            assert args.name && args.type
            members << args
        }

        Map parameter(Map args) {
            assert args.name && args.type && args.doc
            args
        }

        Object enclosingCall(String name) {
            name in path ? new Object() : null
        }
    }
}
