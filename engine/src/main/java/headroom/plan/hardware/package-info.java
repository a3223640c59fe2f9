/** What it runs on: a device's memory, bandwidth, peaks and power, and the server around it. */
@NullMarked
package headroom.plan.hardware;

import org.jspecify.annotations.NullMarked;
