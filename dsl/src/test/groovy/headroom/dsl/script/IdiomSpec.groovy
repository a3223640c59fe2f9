package headroom.dsl.script

import spock.lang.Specification

/** What people write in Groovy without thinking, and what it gives. */
class IdiomSpec extends Specification {
    def "#script gives #value"() {
        given:
        def findings = new Findings(script)
        def compiled = ScriptCompiler.compile(script, findings, ScriptRules.GUARDED)
        LaterWords none = [refusal: { a, b -> null }, argumentRefusal: { a, b -> null }, home: { a -> null }] as LaterWords

        when:
        def guard = new Guard(compiled, findings, MathWords.ALL, none)
        def result = guard.evaluate('', MathWords.ALL) { guard.include(compiled) }

        then:
        findings.inOrder()*.message() == []
        result == value

        where:
        script                                                              || value
        '1 + 2 * 3'                                                         || 7
        '7 / 2'                                                             || 3.5
        '7.intdiv(2)'                                                       || 3
        '7 % 3'                                                             || 1
        '2 ** 10'                                                           || 1024
        '-(3 - 5)'                                                          || 2
        '1.5 + 0.25'                                                        || 1.75
        'def a = 1; a += 2; a *= 5; a'                                      || 15
        'def i = 1; i++; ++i; i--; i'                                       || 2
        'int n = 7.9; n'                                                    || 7
        'double x = 3; x / 2'                                               || 1.5d
        "(int) 3.7 + ('4' as int)"                                          || 7
        "def (a, b) = [1, 2]; a - b"                                        || -1
        'def a = 1, b = 2; (a, b) = [b, a]; [a, b]'                         || [2, 1]
        'def n = null; n ?: 5'                                              || 5
        'def n = null; n?.size()'                                           || null
        "3 > 2 ? 'more' : 'less'"                                           || 'more'
        '!(1 > 2) && (2 > 1 || false)'                                      || true
        '3 <=> 4'                                                           || -1
        '2 in [1, 2, 3]'                                                    || true
        "def users = 8; \"\$users users, \${users * 2} requests\""          || '8 users, 16 requests'
        "'a' + 1 + 'b'"                                                     || 'a1b'
        "'ab' * 3"                                                          || 'ababab'
        "'Fp16'.toLowerCase().capitalize()"                                 || 'Fp16'
        "'a,b,c'.split(',')"                                                || ['a', 'b', 'c']
        "'a b c'.tokenize()"                                                || ['a', 'b', 'c']
        "'abc'[1] + 'abc'[0..1] + 'abc'[-1]"                                || 'babc'
        "'7'.padLeft(3, '0')"                                               || '007'
        "'12'.toInteger() + '1.5'.toBigDecimal()"                           || 13.5
        "'int8-awq'.replace('int8', 'int4').contains('int4')"               || true
        '(1..4).sum()'                                                      || 10
        '(0..<5).size()'                                                    || 5
        '(1..10).step(3)'                                                   || [1, 4, 7, 10]
        '[1, 2, 3].collect { it * it }'                                     || [1, 4, 9]
        '[1, 2, 3, 4].findAll { it % 2 == 0 }'                              || [2, 4]
        '[3, 1, 2].sort()'                                                  || [1, 2, 3]
        '[3, 1, 2].sort { -it }'                                            || [3, 2, 1]
        '[3, 1, 2].sort { a, b -> a <=> b }'                                || [1, 2, 3]
        "['bb', 'a', 'ccc'].max { it.size() }"                              || 'ccc'
        "['bb', 'a', 'ccc'].groupBy { it.size() }"                          || [2: ['bb'], 1: ['a'], 3: ['ccc']]
        "['x', 'y'].collectEntries { [(it): it + it] }"                     || [x: 'xx', y: 'yy']
        '[1, 2, 3].inject(0) { sum, each -> sum + each }'                   || 6
        "['a', 'b'].withIndex().collect { name, i -> name + i }"            || ['a0', 'b1']
        "['a', 'b'].indexed().collect { i, name -> name + i }"              || ['a0', 'b1']
        "def out = []; ['a', 'b'].eachWithIndex { name, i -> out << name + i }; out" || ['a0', 'b1']
        '[1, 2, 3].any { it > 2 } && [1, 2].every { it < 3 }'               || true
        '[[1, 2], [3]].flatten() + [4]'                                     || [1, 2, 3, 4]
        '[[1, 2], [3, 4]].transpose()'                                      || [[1, 3], [2, 4]]
        "[[1, 2], ['a', 'b']].combinations().size()"                        || 4
        '[1, 1, 2].unique() + [1, 1, 2].countBy { it }.values().toList()'   || [1, 2, 2, 1]
        '(1..6).collate(2)'                                                 || [[1, 2], [3, 4], [5, 6]]
        '[*1..3, *[4]]'                                                     || [1, 2, 3, 4]
        '[1, 2, 3]*.toString().join("-")'                                   || '1-2-3'
        '[1, 2, 3] - [2]'                                                   || [1, 3]
        'def l = [1]; l << 2; l.add(3); l[0] = 9; l'                        || [9, 2, 3]
        '[1, 2, 3, 4][1..2] + [1, 2][-1]'                                   || [2, 3, 2]
        '[1, 2, 3].take(2) + [1, 2, 3].drop(2) + [1, 2].first() + [1, 2].last()' || [1, 2, 3, 1, 2]
        '[1, 2, 3].average()'                                               || 2
        "def m = [a: 1]; m.b = 2; m['c'] = 3; m.a + m.b + m['c']"           || 6
        "[a: 1, b: 2].collect { k, v -> k + v }"                            || ['a1', 'b2']
        "[a: 1, b: 2].findAll { it.value > 1 }.keySet().toList()"           || ['b']
        "[a: 1] + [b: 2]"                                                   || [a: 1, b: 2]
        "[*: [a: 1], b: 2]"                                                 || [a: 1, b: 2]
        "[a: 2].getOrDefault('x', 5) + ([a: 1].get('a'))"                   || 6
        'def m = [:].withDefault { it * 2 }; m[4]'                          || 8
        'def t = 0; for (i in 1..3) { t += i }; t'                          || 6
        'def t = 0; for (int i = 0; i < 4; i++) { t += i }; t'              || 6
        'def t = 0; for (e in [a: 1, b: 2]) { t += e.value }; t'            || 3
        'def n = 0; while (n < 5) { n++; if (n == 3) break }; n'            || 3
        'def t = 0; for (i in 1..5) { if (i % 2) continue; t += i }; t'     || 6
        'def t = 0; 3.times { t += it }; 1.upto(2) { t += it }; t'          || 6
        "switch (2) { case 1: 'one'; break; case [2, 3]: 'some'; break; default: 'many' }" || 'some'
        "def kind(n) { switch (n) { case 0..9: return 'small'; default: return 'big' } }; kind(5) + kind(10)" || 'smallbig'
        'def twice = { it * 2 }; twice(4)'                                  || 8
        'def add = { a, b = 10 -> a + b }; add(1) + add(1, 2)'              || 14
        'def add = { a, b -> a + b }; add.curry(1)(2)'                      || 3
        'def f(n) { n < 2 ? n : f(n - 1) + f(n - 2) }; f(12)'               || 144
        'def f(n) { n == 0 ? 1 : n * f(n - 1) }; f(10)'                     || 3628800
        'def f(int n, String s = "x") { s * n }; f(2) + f(1, "y")'          || 'xxy'
        'def square = { it -> it * it }; [1, 2].collect(square)'            || [1, 4]
        'Math.max(3, 4) + Math.ceil(1.2)'                                   || 6
        'if (1 > 2) { 5 } else if (2 > 1) { 6 } else { 7 }'                 || 6
        'def x = 10; def f = { y -> x + y }; x = 20; f(1)'                  || 21
        "def rows = [[n: 1, t: 'a'], [n: 2, t: 'b']]; rows.n + rows*.t" || [1, 2, "a", "b"]
    }
}
