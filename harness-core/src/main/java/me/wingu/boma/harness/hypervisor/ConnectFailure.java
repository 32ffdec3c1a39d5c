package me.wingu.boma.harness.hypervisor;

import me.wingu.boma.harness.HarnessException;
import org.libvirt.LibvirtException;

/** Tells why libvirt cannot be reached, and what mends it. */
final class ConnectFailure {

    private ConnectFailure() {}

    /** Explains a refused connection by the words that libvirt chose. */
    static HarnessException explain(String uri, LibvirtException e) {
        String seen = String.valueOf(e.getMessage());
        String why;
        String next;
        if (seen.contains("Permission denied") || seen.contains("authentication")) {
            why = "this user may not.";
            next = "add the user to the groups libvirt and kvm (./boma-it setup does), then log in again";
        } else if (seen.contains("No such file") || seen.contains("Connection refused")) {
            why = "no daemon answers there.";
            next = "run ./boma-it setup: it installs and starts libvirt";
        } else {
            why = "libvirt refused.";
            next = "run ./boma-it doctor";
        }
        return new HarnessException(
                HarnessException.Kind.MACHINE, "Connecting to libvirt at " + uri + " failed: " + why, seen, next, e);
    }

    /** Explains that libvirt's client library is not installed. */
    static HarnessException noLibrary(UnsatisfiedLinkError e) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "Loading libvirt's client library failed.",
                String.valueOf(e.getMessage()),
                "run ./boma-it setup: it installs libvirt",
                e);
    }
}
