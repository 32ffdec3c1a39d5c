package me.wingu.boma.harness.profile;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How big a host's virtual machine is.
 *
 * @param vcpus virtual processors, 1 to 64
 * @param memoryMiB memory in MiB, 512 to 262144
 * @param diskGiB size of the thin overlay in GiB, 4 to 2048
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Sizing(int vcpus, int memoryMiB, int diskGiB) {

    /** What a profile gets that says nothing: 2 processors, 3 GiB of memory, 20 GiB of disk. */
    public static final Sizing DEFAULT = new Sizing(2, 3072, 20);
}
