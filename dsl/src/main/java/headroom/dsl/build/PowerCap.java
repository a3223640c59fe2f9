package headroom.dsl.build;

import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.plan.hardware.AcceleratorSpec;
import headroom.plan.hardware.ServerSpec;
import headroom.units.Quantity;
import org.jspecify.annotations.Nullable;

/** The most that a step may draw, stated for one device or for a whole server at the wall. */
record PowerCap(@Nullable Quantity stated, boolean ofServer) {
    static final PowerCap NONE = new PowerCap(null, false);

    /** The cap of exactly one of the two. */
    static PowerCap of(@Nullable Quantity device, @Nullable Quantity server) {
        if ((device == null) == (server == null)) {
            throw new Mistake("powerCap needs either device: or server:", "write, for example, powerCap device: 450.W");
        }
        return new PowerCap(device == null ? server : device, server != null);
    }

    /** A device under this cap; what the host, fans and power supplies take of a server's cap is not for its devices. */
    AcceleratorSpec on(AcceleratorSpec device, ServerSpec server) {
        Quantity most = stated;
        if (most == null) {
            return device;
        }
        double watts =
                ofServer ? (most.si() / server.wallFactor() - server.hostWatts()) / server.accelerators() : most.si();
        return device.with(device.power().capped(watts));
    }

    /** The same of a deployment's; null after reporting why it has no such device. */
    @Nullable
    AcceleratorSpec on(Adapted where, Pass pass, Frame frame) {
        Shelf shelf = pass.shelf();
        int place = frame.placeOf("powerCap", pass.guard().place());
        return pass.guard().attempt(place, () -> on(shelf.accelerator(where), shelf.server(where)));
    }
}
