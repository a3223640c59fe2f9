/** What is asked: arrivals, lengths and service level of each class of requests. */
@NullMarked
package headroom.plan.traffic;

import org.jspecify.annotations.NullMarked;
