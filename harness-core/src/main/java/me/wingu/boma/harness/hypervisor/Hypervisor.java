package me.wingu.boma.harness.hypervisor;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The machine monitor that runs the guests. Every method throws a {@code HarnessException} that says what was asked,
 * of what, and libvirt's answer.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface Hypervisor extends AutoCloseable {

    /** Every domain, volume, network and filter of the harness has a name that begins so; nothing else is touched. */
    String PREFIX = "boma-it";

    /** Returns the URI that the connection was opened with. */
    String uri();

    /** Returns what answers there: the versions of libvirt and QEMU, for people and for {@code run.json}. */
    String version();

    /**
     * Returns what a guest's processor is made of, as far as a saved guest depends on it: the host's own with hardware
     * virtualization; emulated ones are all alike.
     */
    String processor();

    /** Returns how guests are run. */
    Accelerator accelerator();

    /** Returns how many processors the machine has that runs the guests, at least 1. */
    int processors();

    /** Returns the memory that a new guest could take, in bytes. */
    long availableMemoryBytes();

    /**
     * Finds a domain by its name.
     *
     * @param name the domain's name
     * @return the domain, running or not; empty when there is none
     */
    Optional<Domain> find(String name);

    /** Returns all domains of the harness, running or not. */
    List<Domain> domains();

    /**
     * Defines a domain, without starting it.
     *
     * @param definition what it is made of; the name must be free
     */
    Domain define(DomainDefinition definition);

    /** Returns the harness's storage pool; it is created on the first use. */
    VolumeStore volumes();

    /**
     * Makes sure that a network is there, runs, and has all its vantages. One that lacks a vantage is remade, unless a
     * guest is on it.
     *
     * @param network the network
     */
    void ensureNetwork(IsolatedNetwork network);

    /**
     * Puts a wall around a guest, or replaces it; one that is in use changes for its running guest at once.
     *
     * @param filter what the guest may reach
     */
    void ensureFilter(GuestFilter filter);

    /** Removes every network and filter of the harness that no domain uses. Returns the names of what was removed. */
    List<String> removeIdleNetworks();

    @Override
    void close();
}
