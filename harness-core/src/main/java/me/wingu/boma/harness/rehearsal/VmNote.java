package me.wingu.boma.harness.rehearsal;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a guest's domain carries for later processes.
 *
 * @param host the rehearsed host
 * @param certs the cert tier's word
 * @param scenario the scenario, if any
 * @param run the run directory
 * @param user the account in the guest
 * @param privateKey the file with the private key of that account
 * @param hostKey the guest's public host key
 * @param hold why the guest may stay when nobody works on it
 * @param owner the process that works on it now
 * @param checkpoint the checkpoint that it can be returned to, if any
 */
record VmNote(
        String host,
        String certs,
        Optional<String> scenario,
        String run,
        String user,
        String privateKey,
        String hostKey,
        Hold hold,
        Optional<Owner> owner,
        Optional<String> checkpoint) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Refuses what an object of another origin lacks. */
    @SuppressWarnings("OptionalAssignedToNull") // what Jackson hands over for a field that is not there
    VmNote {
        Stream.of(host, certs, run, user, privateKey, hostKey, hold).forEach(Objects::requireNonNull);
        checkpoint = checkpoint == null ? Optional.empty() : checkpoint;
    }

    /** Why a guest may stay when no process works on it. */
    enum Hold {
        /** It may not: when its process is gone, it is an orphan. */
        NONE,
        /** It may not, either: its process restores it, and will have it stand by. */
        GETTING_READY,
        /** It stands still, restored, for the next run that goes on from its checkpoint, as long as its process is there. */
        STANDING_BY,
        /** A step ended, and the next one is another process. */
        BETWEEN_STEPS,
        /** Something failed, or the user asked, and the guest is there to be looked at. */
        KEPT;

        boolean outlivesItsProcess() {
            return this == BETWEEN_STEPS || this == KEPT;
        }
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    /** Reads a note; empty when it is none of this harness's. */
    static Optional<VmNote> parse(String json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, VmNote.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Returns whether nobody works on the guest and nothing holds it. */
    boolean orphaned() {
        return !hold.outlivesItsProcess() && !isOwned();
    }

    /** Returns whether the guest is only there to be looked at. */
    boolean idleAndKept() {
        return hold == Hold.KEPT && !isOwned();
    }

    /** Returns whether a process is about to have the guest stand by. */
    boolean getsReady() {
        return hold == Hold.GETTING_READY && isOwned();
    }

    /** Returns whether the guest waits for a run that goes on with it. */
    boolean standsBy() {
        return hold == Hold.STANDING_BY && isOwned();
    }

    private boolean isOwned() {
        return owner.map(Owner::alive).orElse(false);
    }

    VmNote workedOnBy(Owner process) {
        Hold taken = hold == Hold.GETTING_READY || hold == Hold.STANDING_BY ? Hold.NONE : hold;
        return new VmNote(host, certs, scenario, run, user, privateKey, hostKey, taken, Optional.of(process), checkpoint);
    }

    VmNote left(Hold why) {
        return new VmNote(host, certs, scenario, run, user, privateKey, hostKey, why, Optional.empty(), checkpoint);
    }

    VmNote standingBy() {
        return new VmNote(host, certs, scenario, run, user, privateKey, hostKey, Hold.STANDING_BY, owner, checkpoint);
    }

    VmNote restingOn(Optional<String> saved) {
        return new VmNote(host, certs, scenario, run, user, privateKey, hostKey, hold, owner, saved);
    }
}
