package headroom.engine.kernel

import spock.lang.Specification

class SimulationSpec extends Specification {

    def "events at one instant happen by priority, then by actor, whoever was scheduled first"() {
        given:
        def simulation = new Simulation()
        def fired = []
        int a = simulation.add({ now, priority -> fired << "a$priority" } as Actor)
        int b = simulation.add({ now, priority -> fired << "b$priority" } as Actor)
        int c = simulation.add({ now, priority -> fired << "c$priority" } as Actor)

        when:
        simulation.schedule(c, 5, Priority.STEP_START)
        simulation.schedule(b, 5, Priority.ARRIVAL)
        simulation.schedule(a, 5, Priority.ARRIVAL)
        simulation.run(10)

        then:
        fired == ['a2', 'b2', 'c3']
    }

    def "the clock never goes back: random rescheduling fires in order, nothing twice, nothing lost"() {
        given:
        def random = new SplittableRandom(seed)
        def simulation = new Simulation()
        def pending = new TreeMap<Integer, Long>()
        def fired = []
        def actors = []
        20.times { int i ->
            actors << simulation.add({ long now, int priority ->
                fired << now
                assert pending.remove(i) == now
                assert pending.values().every { it >= now }
                3.times {
                    int other = random.nextInt(20)
                    if (fired.size() < 500) {
                        long when = now + random.nextInt(4)
                        pending[other] = when
                        simulation.schedule(actors[other], when, random.nextInt(3))
                    }
                }
            } as Actor)
        }

        when:
        pending[0] = 0L
        simulation.schedule(actors[0], 0, Priority.ARRIVAL)
        simulation.run(Long.MAX_VALUE - 1)

        then:
        fired == fired.sort(false)
        pending.isEmpty()

        where:
        seed << (1..20)
    }

    def "an event before now is a fault of the caller"() {
        given:
        def simulation = new Simulation()
        int actor = -1
        actor = simulation.add({ long now, int priority -> simulation.schedule(actor, now - 1, 0) } as Actor)
        simulation.schedule(actor, 7, 0)

        when:
        simulation.run(10)

        then:
        def e = thrown(IllegalStateException)
        e.message == 'actor 0 schedules 6 ns, before 7'
    }

    def "nothing beyond the limit happens"() {
        given:
        def simulation = new Simulation()
        def fired = []
        int actor = simulation.add({ long now, int priority -> fired << now } as Actor)
        simulation.schedule(actor, 11, 0)

        expect:
        simulation.run(10) == 0
        fired == []
    }
}
