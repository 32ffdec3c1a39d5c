package me.wingu.boma.harness.hypervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The storage pool of the harness, reached by libvirt's storage API alone: an ordinary user may not read its files,
 * and the hypervisor may be another machine.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface VolumeStore {

    /** Returns the names of all volumes in the pool, in alphabetical order. */
    List<String> names();

    /**
     * Returns whether the pool holds a complete copy of a file.
     *
     * @param name the volume's name
     * @param sizeBytes the file's length; an interrupted upload is shorter
     */
    boolean holds(String name, long sizeBytes);

    /**
     * Returns how long a volume's file is, in bytes; empty when there is no such volume.
     *
     * @param name the volume's name
     */
    OptionalLong length(String name);

    /**
     * Copies a file into the pool, replacing a volume of that name. On a failure nothing of it stays.
     *
     * @param name the volume's name
     * @param file the file to copy
     */
    void upload(String name, Path file);

    /**
     * Creates a thin copy-on-write volume on top of another one.
     *
     * @param name the new volume's name
     * @param backing the volume below, which must never change again
     * @param capacityBytes the size that the guest sees
     */
    void createOverlay(String name, String backing, long capacityBytes);

    /**
     * Returns the volume that another one rests on.
     *
     * @param name a copy-on-write volume's name
     * @return the volume below; empty for one that rests on none
     */
    Optional<String> backing(String name);

    /**
     * Creates a volume of plain bytes: a seed, or a console's log, which grows.
     *
     * @param name the new volume's name
     * @param start what it begins with; may be empty
     */
    void createText(String name, byte[] start);

    /**
     * Reads a volume's bytes.
     *
     * @param name the volume's name
     * @param offset the first byte to read; an offset at or past the end yields nothing
     * @return the bytes from the offset to the end; nothing when there is no such volume
     */
    byte[] read(String name, long offset);

    /**
     * Deletes a volume; does nothing when there is none of that name.
     *
     * @param name the volume's name
     */
    void delete(String name);

    /** Returns how many bytes the pool can still take. */
    long availableBytes();
}
