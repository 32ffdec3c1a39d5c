package me.wingu.boma.harness.hypervisor;

import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.HarnessException;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** Turns libvirt's answers into the harness's failures. */
final class LibvirtCalls {

    private static final Set<ErrorNumber> NOT_THERE = Set.of(
            ErrorNumber.VIR_ERR_NO_DOMAIN,
            ErrorNumber.VIR_ERR_NO_NETWORK,
            ErrorNumber.VIR_ERR_NO_NWFILTER,
            ErrorNumber.VIR_ERR_NO_STORAGE_POOL,
            ErrorNumber.VIR_ERR_NO_STORAGE_VOL);

    private LibvirtCalls() {}

    /** A question to libvirt. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws LibvirtException;
    }

    /** An order to libvirt. */
    @FunctionalInterface
    interface Order {
        void give() throws LibvirtException;
    }

    /** Asks, and tells a refusal with what was being done. */
    static <T> T ask(String doing, Question<T> question) {
        try {
            return question.ask();
        } catch (LibvirtException e) {
            throw refused(doing, e);
        }
    }

    /** Orders, and tells a refusal with what was being done. */
    static void order(String doing, Order order) {
        try {
            order.give();
        } catch (LibvirtException e) {
            throw refused(doing, e);
        }
    }

    /** Looks something up that may not be there. */
    static <T> Optional<T> lookUp(String doing, Question<T> question) {
        try {
            return Optional.of(question.ask());
        } catch (LibvirtException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw refused(doing, e);
        }
    }

    /** Orders something of an object that may be gone, or at rest, already; then there is nothing to do. */
    static void orderIfThere(String doing, Order order) {
        try {
            order.give();
        } catch (LibvirtException e) {
            boolean atRest = e.getError().getCode() == ErrorNumber.VIR_ERR_OPERATION_INVALID;
            if (!isMissing(e) && !atRest) {
                throw refused(doing, e);
            }
        }
    }

    /** Returns whether libvirt said that the object is not there. */
    static boolean isMissing(LibvirtException e) {
        return NOT_THERE.contains(e.getError().getCode());
    }

    /** Tells a refusal. */
    static HarnessException refused(String doing, LibvirtException e) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                doing + " failed: libvirt refused.",
                String.valueOf(e.getMessage()),
                "run ./boma-it doctor; the daemon's own log has more (journalctl -u libvirtd)",
                e);
    }
}
