package me.wingu.boma.harness.hypervisor;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Whether a domain runs. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum DomainState {
    /** The guest's processors run. */
    RUNNING,
    /** The guest stands still, but its memory is there. */
    PAUSED,
    /** The domain is defined and does not run. */
    OFF,
    /** The guest's kernel reported a crash, or QEMU died. */
    CRASHED,
    /** The hypervisor no longer knows the domain. */
    GONE
}
