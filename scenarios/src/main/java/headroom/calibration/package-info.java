/**
 * Fits constants of serving engines to figures that were measured. It knows trials and errors, not scripts: whoever asks
 * says how a trial is run.
 */
@NullMarked
package headroom.calibration;

import org.jspecify.annotations.NullMarked;
