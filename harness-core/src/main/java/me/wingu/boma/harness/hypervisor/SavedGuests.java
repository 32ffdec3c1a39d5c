package me.wingu.boma.harness.hypervisor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.jna.ConnectionPointer;

/**
 * The two calls of libvirt that libvirt-java 0.5.4 does not have: to read the description in a file of saved memory, and
 * to start a domain from it with another one. Bound by JNA, which libvirt-java is bound by itself.
 */
final class SavedGuests {

    private static final int SECURE = 1; // VIR_DOMAIN_SAVE_IMAGE_XML_SECURE
    private static final int RUNNING = 2; // VIR_DOMAIN_SAVE_RUNNING

    private static final Calls LIBVIRT = Native.load("virt", Calls.class);

    private SavedGuests() {}

    /** The functions as {@code libvirt-domain.h} and {@code virterror.h} declare them. */
    interface Calls extends Library {

        @Nullable Pointer virDomainSaveImageGetXMLDesc(ConnectionPointer connection, String file, int flags);

        int virDomainRestoreFlags(ConnectionPointer connection, String file, String description, int flags);

        @Nullable String virGetLastErrorMessage();
    }

    /** A connection that lets its native handle be seen. */
    static final class Open extends Connect {

        Open(String uri) throws LibvirtException {
            super(uri);
        }

        ConnectionPointer handle() {
            return vcp;
        }
    }

    /** Reads the description of the domain whose memory a file holds. */
    static String description(Open connection, String file) {
        String doing = "Reading the saved guest " + file;
        Pointer text = LIBVIRT.virDomainSaveImageGetXMLDesc(connection.handle(), file, SECURE);
        if (text == null) {
            throw refused(doing);
        }
        try {
            return text.getString(0, StandardCharsets.UTF_8.name());
        } finally {
            Native.free(Pointer.nativeValue(text)); // the caller's to free, says libvirt
        }
    }

    /** Lets a domain go on from saved memory. */
    static void restore(Open connection, String file, String description) {
        if (LIBVIRT.virDomainRestoreFlags(connection.handle(), file, description, RUNNING) != 0) {
            throw refused("Restoring the saved guest " + file);
        }
    }

    private static HarnessException refused(String doing) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                doing + " failed: libvirt refused.",
                Optional.ofNullable(LIBVIRT.virGetLastErrorMessage()).orElse("no reason given"),
                "start afresh: -Dboma.fresh=true, or remove the checkpoint: ./boma-it checkpoint prune --all");
    }
}
