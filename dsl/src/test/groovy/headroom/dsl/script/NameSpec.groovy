package headroom.dsl.script

import groovy.lang.Closure
import groovy.lang.Script
import headroom.dsl.build.DeployWords
import headroom.dsl.build.HardwareWords
import headroom.dsl.build.ModelWords
import headroom.dsl.build.QuantizationWords
import headroom.dsl.build.ReportWords
import headroom.dsl.build.ScenarioWords
import headroom.dsl.build.SiteWords
import headroom.dsl.build.SloWords
import headroom.dsl.build.TrafficWords
import headroom.dsl.build.ValueWords
import headroom.dsl.claims.ClaimWords
import headroom.dsl.claims.CostFigures
import headroom.dsl.claims.EnergyFigures
import headroom.dsl.claims.LatencyFigures
import headroom.dsl.claims.PointFigures
import org.codehaus.groovy.runtime.DefaultGroovyMethods
import org.codehaus.groovy.runtime.DefaultGroovyStaticMethods
import org.codehaus.groovy.runtime.ProcessGroovyMethods
import org.codehaus.groovy.runtime.StringGroovyMethods
import spock.lang.Specification

class NameSpec extends Specification {
    def "no word of #vocabulary.simpleName is a method that Groovy gives to every object, script or closure"() {
        when:
        def words = WordTable.of(vocabulary).names()

        then:
        !words.isEmpty()
        words.findAll { it in GROOVYS } == []

        where:
        vocabulary << [
                ScenarioWords, SiteWords, HardwareWords, QuantizationWords, ModelWords, TrafficWords, SloWords, DeployWords,
                ReportWords, ValueWords, ClaimWords, PointFigures, LatencyFigures, CostFigures, EnergyFigures]
    }

    def "the names it is held to are those that a script could reach"() {
        expect:
        GROOVYS.containsAll(['run', 'evaluate', 'println', 'getClass', 'execute', 'with', 'call', 'sleep', 'use', 'each', 'size'])
    }

    /** Methods of Object, Script and Closure, and the extensions of Groovy for any object or text. */
    static final Set<String> GROOVYS = [Object, Script, Closure].collectMany { it.methods*.name.toList() }.toSet() +
        [DefaultGroovyMethods, DefaultGroovyStaticMethods, StringGroovyMethods, ProcessGroovyMethods].collectMany { it.methods*.name.toList() }
}
