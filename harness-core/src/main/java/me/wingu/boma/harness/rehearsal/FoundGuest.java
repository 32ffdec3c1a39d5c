package me.wingu.boma.harness.rehearsal;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.profile.HostProfile;

/**
 * A host's guest that an earlier step left, or that another process works on.
 *
 * @param domain its domain
 * @param note what the harness noted on it
 */
record FoundGuest(Domain domain, VmNote note) {

    /**
     * Finds the domain of a host's guest, whatever its state.
     *
     * @throws HarnessException of kind {@code USAGE} when there is none
     */
    static Domain domainOf(Hypervisor hypervisor, String host) {
        return hypervisor.find(HostProfile.PREFIX + host).orElseThrow(() -> {
            List<Domain> others = hypervisor.domains();
            return new HarnessException(
                    HarnessException.Kind.USAGE,
                    "There is no guest of " + host + ".",
                    others.isEmpty() ? "there is no guest at all" : "guests: " + others,
                    "./boma-it up " + host);
        });
    }

    /**
     * Finds a host's guest that can be asked something.
     *
     * @throws HarnessException of kind {@code USAGE} when there is none, when it is not the harness's, or when it stands
     *     by for a test
     */
    static FoundGuest of(Hypervisor hypervisor, String host) {
        Domain domain = domainOf(hypervisor, host);
        VmNote note = domain.note().flatMap(VmNote::parse).orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "The guest " + domain.name() + " cannot be taken up: it carries no note of this harness.",
                "",
                "./boma-it down " + host));
        FoundGuest found = new FoundGuest(domain, note);
        if (note.hold() == VmNote.Hold.STANDING_BY) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "The guest " + domain.name() + " cannot be asked anything: it stands still, and stands by for the next test.",
                    found.process() + (note.standsBy() ? " keeps" : ", which has ended, kept") + " it ready",
                    "./boma-it up " + host + " --fast makes one to work with, in its place");
        }
        return found;
    }

    /**
     * Refuses a guest that another living process works on.
     *
     * @throws HarnessException of kind {@code MACHINE} when one does
     */
    void refuseWhileInUse() {
        Optional<Owner> other = note.owner().filter(Owner::alive).filter(owner -> !owner.equals(Owner.self()));
        if (other.isPresent()) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "The guest " + domain.name() + " is in use: another process works on it.",
                    process() + ", run " + note.run(),
                    note.standsBy() ? "end that process: it is ./boma-it standby" : "wait for it to end");
        }
    }

    private String process() {
        return note.owner().map(owner -> "process " + owner.pid()).orElse("a process");
    }
}
