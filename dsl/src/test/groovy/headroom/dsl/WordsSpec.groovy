package headroom.dsl

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
import headroom.dsl.claims.PointFigures
import headroom.dsl.script.Word
import headroom.dsl.script.WordTable
import java.lang.reflect.Modifier
import org.codehaus.groovy.runtime.DefaultGroovyMethods
import spock.lang.Specification

class WordsSpec extends Specification {
    static final List<Class> BLOCKS = [ScenarioWords, ValueWords, SiteWords, TrafficWords, SloWords, DeployWords, ModelWords, HardwareWords, QuantizationWords, ReportWords, ClaimWords, PointFigures]

    def "no word of #block.simpleName shares its name with a method that Groovy gives to everything"() {
        given:
        def taken = [Object, Script, Closure, DefaultGroovyMethods].collectMany { it.methods*.name } as Set

        expect:
        WordTable.of(block).names().size() > 2 || block == ClaimWords
        WordTable.of(block).names().findAll { it in taken } == []

        where:
        block << BLOCKS
    }

    def "every public method of #block.simpleName is a word with a line of doc and an example that uses it"() {
        expect:
        block.declaredMethods.findAll { Modifier.isPublic(it.modifiers) && !it.synthetic && it.name != 'toString' }.every {
            def word = it.getAnnotation(Word)
            word != null && word.doc().length() in 5..130 && word.example().contains(it.name)
        }

        where:
        block << BLOCKS
    }

    def "'#word' of #block is recognised and refused by name: #message"() {
        given:
        def script = block ? "$block 'x', { $word 1 }\n" : "$word 'x'\n"

        expect:
        Scripts.mistakes(script).any { it ==~ /1:\d+ \Q$message\E \| remove it/ }

        where:
        block     | word                | message
        ''        | 'endpoint'          | 'bought APIs are not simulated yet'
        ''        | 'cache'             | 'response caches are not simulated yet'
        ''        | 'schedule'          | 'moving deferrable work is not simulated yet'
        ''        | 'fault'             | 'faults are not simulated yet'
        ''        | 'cost'              | 'costs beyond rent and electricity are not simulated yet'
        ''        | 'capacity'          | 'the search for capacity is not simulated yet'
        ''        | 'recommend'         | 'the search for configurations is not simulated yet'
        'site'    | 'powerCap'          | 'power caps of a whole site are not simulated yet'
        'site'    | 'ups'               | 'uninterruptible power is not simulated yet'
        'traffic' | 'diurnal'           | 'a daily rhythm is not simulated yet'
        'traffic' | 'agent'             | 'agent loops are not simulated yet'
        'traffic' | 'deadline'          | 'deadlines are not simulated yet'
        'deploy'  | 'autoscale'         | 'autoscaling is not simulated yet'
    }

    def "a script's own method cannot take the name of one that Groovy gives to scripts"() {
        expect:
        Scripts.mistakes("def $name(a) { a }").collect { it.split(' \\| ')[0] } == ["1:1 Groovy has a method '$name' of its own".toString()]

        where:
        name << ['evaluate', 'println', 'sleep', 'getBinding', 'invokeMethod', 'with']
    }
}
