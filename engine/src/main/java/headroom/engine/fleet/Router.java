package headroom.engine.fleet;

import headroom.engine.kernel.Draws;
import headroom.plan.serving.RoutingPolicy;

/** Chooses the replica that takes the next request. */
interface Router {
    /**
     * Index of the chosen replica.
     *
     * @param loads unfinished requests of each replica
     */
    int choose(int[] loads);

    /** The router of {@code policy}; {@code draws} feeds the policies that use chance. */
    static Router of(RoutingPolicy policy, Draws draws) {
        return switch (policy) {
            case ROUND_ROBIN -> new RoundRobin();
            case LEAST_LOADED -> Router::leastLoaded;
            case POWER_OF_TWO -> new PowerOfTwo(draws);
        };
    }

    private static int leastLoaded(int[] loads) {
        int best = 0;
        for (int i = 1; i < loads.length; i++) {
            if (loads[i] < loads[best]) {
                best = i;
            }
        }
        return best;
    }

    /** One after the other. */
    final class RoundRobin implements Router {
        private int next;

        @Override
        public int choose(int[] loads) {
            int chosen = next;
            next = chosen + 1 == loads.length ? 0 : chosen + 1;
            return chosen;
        }
    }

    /** The less loaded of two different replicas drawn at random; of equals, the first drawn. */
    final class PowerOfTwo implements Router {
        private final Draws draws;
        private long choices;

        PowerOfTwo(Draws draws) {
            this.draws = draws;
        }

        @Override
        public int choose(int[] loads) {
            int count = loads.length;
            if (count == 1) {
                return 0;
            }
            int first = draws.below(2 * choices, count);
            int second = draws.below(2 * choices + 1, count - 1);
            if (second >= first) {
                second++;
            }
            choices++;
            return loads[second] < loads[first] ? second : first;
        }
    }
}
