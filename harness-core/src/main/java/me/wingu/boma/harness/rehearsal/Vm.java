package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.Shell;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a test holds of a rehearsed host. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Vm {

    private final Rehearsal rehearsal;
    private final GuestMachine guest;

    Vm(Rehearsal rehearsal, GuestMachine guest) {
        this.rehearsal = rehearsal;
        this.guest = guest;
    }

    /** Returns the host's name. */
    public String host() {
        return rehearsal.plan().profile().host();
    }

    /** Returns the guest's IPv4 address on the isolated network. */
    public String address() {
        return guest.shell().endpoint().address();
    }

    /**
     * Returns the source address of a vantage.
     *
     * @param vantage a name from the profile
     * @throws HarnessException when the profile has no such vantage
     */
    public String address(String vantage) {
        return rehearsal.plan().profile().vantage(vantage).orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "Host " + host() + " has no vantage \"" + vantage + "\".",
                "vantages: " + rehearsal.plan().profile().vantages(),
                "name one of these, or add it to \"vantages\" in the profile"));
    }

    /** Returns the guest's shell, for what no assertion covers. */
    public Shell shell() {
        return guest.shell();
    }

    /** Returns the deadline that suits this machine where hardware virtualization would need the given one. */
    public Duration patience(Duration withKvm) {
        return new Timing(rehearsal.lab().hypervisor().accelerator()).scale(withKvm);
    }

    /** Returns the kernel's boot id, as it is now. */
    public String bootId() {
        return guest.bootId();
    }

    /** Returns everything that the guest has written to its serial console. */
    public String console() {
        return guest.console();
    }
}
