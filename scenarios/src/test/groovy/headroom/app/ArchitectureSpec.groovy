package headroom.app

import static com.tngtech.archunit.base.DescribedPredicate.describe
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices

import com.tngtech.archunit.core.domain.JavaAccess
import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.domain.PackageMatchers
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import com.tngtech.archunit.lang.ArchRule
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification

/** The order of the house: who may know whom, and what nobody may do. */
class ArchitectureSpec extends Specification {
    static final int MOST_LINES = 350

    /** Package (with what is below it, when it ends in two dots) -> packages of the house that it may know. */
    static final Map<String, List<String>> IMPORTS = [
            'headroom.units'          : [],
            'headroom.plan.model'     : ['headroom.units'],
            'headroom.plan.hardware'  : ['headroom.units', 'headroom.plan.model'],
            'headroom.plan.site'      : ['headroom.units'],
            'headroom.plan.traffic'   : ['headroom.units'],
            'headroom.plan.serving'   : ['headroom.units', 'headroom.plan.model', 'headroom.plan.hardware'],
            'headroom.plan'           : ['headroom.units', 'headroom.plan.*'],
            'headroom.plan.variation' : ['headroom.units', 'headroom.plan', 'headroom.plan.*'],
            'headroom.result'         : ['headroom.units', 'headroom.plan'],
            'headroom.summary'        : ['headroom.units', 'headroom.plan', 'headroom.plan.*', 'headroom.result'],
            'headroom.engine.kernel'  : [],
            'headroom.engine.physics' : ['headroom.units', 'headroom.plan.model', 'headroom.plan.hardware', 'headroom.plan.serving'],
            'headroom.engine.workload': ['headroom.units', 'headroom.plan.traffic', 'headroom.engine.kernel', 'headroom.engine.physics'],
            'headroom.engine.observe' : ['headroom.units', 'headroom.engine.physics', 'headroom.engine.workload'],
            'headroom.engine.serving' : ['headroom.units', 'headroom.plan.serving', 'headroom.result', 'headroom.engine.kernel',
                                         'headroom.engine.physics', 'headroom.engine.workload', 'headroom.engine.observe'],
            'headroom.engine.fleet'   : ['headroom.units', 'headroom.plan.model', 'headroom.plan.serving', 'headroom.plan.site', 'headroom.engine.kernel',
                                         'headroom.engine.physics', 'headroom.engine.workload', 'headroom.engine.observe',
                                         'headroom.engine.serving', 'headroom.result'],
            'headroom.engine.metrics' : ['headroom.units', 'headroom.plan.hardware', 'headroom.plan.traffic', 'headroom.plan.serving', 'headroom.result',
                                         'headroom.engine.physics', 'headroom.engine.workload', 'headroom.engine.observe'],
            'headroom.engine.power'   : ['headroom.units', 'headroom.plan.hardware', 'headroom.plan.serving', 'headroom.plan.site',
                                         'headroom.result', 'headroom.engine.physics', 'headroom.engine.observe'],
            'headroom.engine.cost'    : ['headroom.units', 'headroom.plan', 'headroom.plan.*', 'headroom.result'],
            'headroom.engine.run'     : ['headroom.units', 'headroom.plan', 'headroom.plan.*', 'headroom.result', 'headroom.engine.*'],
            'headroom.dsl..'          : ['headroom.units', 'headroom.plan', 'headroom.plan.*', 'headroom.result'],
            'headroom.reports..'      : ['headroom.units', 'headroom.plan', 'headroom.plan.*', 'headroom.result', 'headroom.summary'],
            'headroom.batch'          : ['headroom.units', 'headroom.plan', 'headroom.plan.variation', 'headroom.result'],
            'headroom.calibration'    : [],
            'headroom.trace'          : ['headroom.units', 'headroom.plan', 'headroom.plan.*', 'headroom.engine.observe', 'headroom.engine.physics',
                                         'headroom.engine.power', 'headroom.engine.run', 'headroom.engine.workload'],
            'headroom.app'            : ['headroom.units', 'headroom.plan', 'headroom.result', 'headroom.summary', 'headroom.batch', 'headroom.calibration', 'headroom.trace', 'headroom.plan.serving', 'headroom.plan.variation',
                                         'headroom.engine.run', 'headroom.dsl', 'headroom.dsl.catalogue', 'headroom.reports.bundle',
                                         'headroom.reports.formats', 'headroom.reports.tables'],
    ]

    /** Functions whose last bit depends on the processor; StrictMath has the same ones without that. */
    static final Set<String> INEXACT = ['exp', 'expm1', 'log', 'log10', 'log1p', 'pow', 'cbrt', 'hypot', 'sin', 'cos', 'tan',
                                        'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh']

    @Shared
    JavaClasses house = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages('headroom')

    def "#who knows no packages of the house beyond #allowed"() {
        given:
        def known = PackageMatchers.of([who, *allowed])

        expect:
        violations(classes().that().resideInAPackage(who)
                .should().onlyDependOnClassesThat(describe("are foreign, or in $who or $allowed") {
                    !it.packageName.startsWith('headroom') || known.test(it.packageName)
                })
                .allowEmptyShould(true)) == []

        where:
        who << IMPORTS.keySet()
        allowed = IMPORTS[who]
    }

    def "every package of the house has a row in the import table"() {
        expect:
        house*.packageName.unique().findAll { name ->
            !IMPORTS.keySet().any { it == name || it.endsWith('..') && (name + '.').startsWith(it[0..-2]) }
        } == []
    }

    def "packages form no cycles"() {
        expect:
        violations(slices().matching('headroom.(**)').should().beFreeOfCycles()) == []
    }

    def "#who does not touch #libraries"() {
        expect:
        violations(noClasses().that().resideInAPackage(who)
                .should().dependOnClassesThat().resideInAnyPackage(libraries as String[])
                .allowEmptyShould(true)) == []

        where:
        who                  | libraries
        'headroom.units..'   | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..', 'com.fasterxml..']
        'headroom.plan..'    | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..']
        'headroom.result..'  | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..']
        'headroom.engine..'  | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..', 'com.fasterxml..']
        'headroom.dsl..'     | ['tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..']
        'headroom.reports..' | ['groovy..', 'org.codehaus.groovy..', 'picocli..']
        'headroom.batch..'   | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..']
        'headroom.calibration..' | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..']
        'headroom.trace..'   | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..', 'picocli..']
        'headroom.app..'     | ['groovy..', 'org.codehaus.groovy..', 'tech.tablesaw..', 'org.knowm..', 'freemarker..']
    }

    def "whatever makes numbers reads no clock and draws nothing by chance"() {
        expect:
        violations(noClasses().that().resideInAnyPackage(NUMBERS)
                .should().accessTargetWhere(describe('reads a clock or draws by chance') { JavaAccess access ->
                    def owner = access.targetOwner.name
                    owner in ['java.util.Random', 'java.util.concurrent.ThreadLocalRandom', 'java.security.SecureRandom'] ||
                            owner == 'java.lang.Math' && access.name == 'random' ||
                            owner == 'java.util.UUID' && access.name == 'randomUUID' ||
                            owner == 'java.lang.System' && access.name in ['currentTimeMillis', 'nanoTime', 'identityHashCode'] ||
                            owner.startsWith('java.time.') && access.name == 'now'
                })) == []
    }

    def "whatever makes numbers computes them alike on every processor"() {
        expect:
        violations(noClasses().that().resideInAnyPackage(NUMBERS)
                .should().accessTargetWhere(describe('calls Math where StrictMath is meant') { JavaAccess access ->
                    access.targetOwner.name == 'java.lang.Math' && access.name in INEXACT
                })) == []
    }

    def "only Main ends the process"() {
        expect:
        violations(noClasses().that().doNotHaveFullyQualifiedName('headroom.app.Main')
                .should().accessTargetWhere(describe('ends the process') { JavaAccess access ->
                    access.targetOwner.name in ['java.lang.System', 'java.lang.Runtime'] && access.name in ['exit', 'halt']
                })) == []
    }

    def "only the command prints"() {
        expect:
        violations(noClasses().that().resideOutsideOfPackage('headroom.app')
                .should().accessTargetWhere(describe('prints') { JavaAccess access ->
                    access.targetOwner.name == 'java.lang.System' && access.name in ['out', 'err'] || access.name == 'printStackTrace'
                })) == []
    }

    def "nothing that all runs share can change"() {
        expect:
        violations(fields().that().areStatic().should().beFinal()) == []
    }

    def "names say what a thing is, not what kind of code it is"() {
        expect:
        violations(noClasses().should().haveNameMatching(/.*[.$](Abstract|Base)[A-Z]\w*|.*(Utils?|Manager|Impl|Helper|Data|Info)(\$.*)?/)) == []
    }

    def "no source file is longer than 350 lines"() {
        given:
        def sources = ['engine', 'dsl', 'reports', 'scenarios'].collect { Path.of('..', it, 'src/main/java') }.findAll { Files.exists(it) }

        expect:
        sources.size() >= 2
        sources.collectMany { folder -> Files.walk(folder).withCloseable { it.filter { it.toString().endsWith('.java') }.toList() } }
                .findAll { Files.lines(it).withCloseable { it.count() } > MOST_LINES } == []
    }

    private List<String> violations(ArchRule rule) {
        // A cycle lists every call that makes it; the slices say enough.
        rule.evaluate(house).failureReport.details*.replaceAll(/(?s)\n +1\. Dependencies.*/, '')
    }

    static final String[] NUMBERS = ['headroom.units..', 'headroom.plan..', 'headroom.result..', 'headroom.engine..', 'headroom.summary..']
}
