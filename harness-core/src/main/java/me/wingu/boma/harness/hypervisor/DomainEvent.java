package me.wingu.boma.harness.hypervisor;

import java.time.Instant;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Something that the hypervisor reported of a domain.
 *
 * @param at when it was received
 * @param domain the domain's name
 * @param kind what happened
 * @param detail libvirt's own word for the circumstances; may be empty
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record DomainEvent(Instant at, String domain, Kind kind, String detail) {

    /** What can happen to a domain, as far as a rehearsal cares. */
    public enum Kind {
        /** The domain began to run. */
        STARTED,
        /** The guest itself reset the machine: a reboot from the inside. */
        GUEST_RESET,
        /** The domain stands still. */
        SUSPENDED,
        /** The domain runs again. */
        RESUMED,
        /** The domain stopped; the detail says whether the guest shut down, or somebody destroyed it. */
        STOPPED,
        /** The guest crashed. */
        CRASHED,
        /** Anything else; the detail names it. */
        OTHER
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.name() : kind + " (" + detail + ")";
    }
}
