package me.wingu.boma.harness.hypervisor;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A guest's machine, as the hypervisor sees it. Every method throws a {@code HarnessException} when libvirt refuses. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface Domain {

    /** Returns the domain's name. */
    String name();

    /** Starts the domain: the power button of a machine that is off. */
    void start();

    /** Stops the domain at once, as by pulling the plug. Does nothing when it is off. */
    void powerOff();

    /** Stops the domain and removes its definition; its volumes stay. Does nothing when it is gone. */
    void remove();

    /**
     * Saves the running machine as it is: its memory goes into a new volume, and its disk is frozen. The machine stands
     * still meanwhile, for a second or some; then it goes on, writing to a new disk that rests on the frozen one.
     *
     * @param memoryVolume the volume to make for the memory; nobody but the hypervisor can read it
     * @param nextDiskVolume the volume to make for what is written from now on
     */
    void save(String memoryVolume, String nextDiskVolume);

    /**
     * Lets the domain, which must be off, go on from saved memory, with the disk, console and note of its definition.
     *
     * @param memoryVolume the volume that {@link #save} made, of a domain with this name and UUID
     */
    void restore(String memoryVolume);

    /** Has the running machine stand still, with its memory where it is. */
    void suspend();

    /** Lets the machine that stands still go on. */
    void resume();

    /** Returns the volume that the system disk is written to; empty when it is none of the pool's making. */
    String disk();

    /** Returns the domain's UUID, which saved memory belongs to. */
    UUID uuid();

    /**
     * Plugs the network cable in, or pulls it; lasts over stops and starts.
     *
     * @param up whether the guest is to have a carrier
     */
    void link(boolean up);

    /**
     * Limits how much of this machine's processors each of the guest's gets; lasts over stops and starts.
     *
     * @param percent of one processor, 1 to 99; 100 takes the limit away
     */
    void processorShare(int percent);

    /**
     * Returns how much memory the domain has not touched yet and may still take, in bytes; 0 when it is gone. One that was
     * only just defined may take all of its size.
     */
    long untouchedMemoryBytes();

    /** Returns how much of this machine's processors the domain has used since it was started. */
    Duration processorTime();

    /** Returns whether the domain runs now. */
    DomainState state();

    /** Returns the IPv4 address that the network's DHCP server leased to the guest, once there is one. */
    Optional<InetAddress> lease();

    /** Returns the text that the domain carries for later processes; empty when it carries none. */
    Optional<String> note();

    /**
     * Replaces the text that the domain carries for later processes.
     *
     * @param note the new text
     */
    void note(String note);

    /**
     * Returns what happened to this domain, as received by this process, oldest first.
     *
     * @param since only events received at or after this instant
     */
    List<DomainEvent> events(Instant since);
}
