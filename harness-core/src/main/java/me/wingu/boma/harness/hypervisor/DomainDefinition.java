package me.wingu.boma.harness.hypervisor;

import java.util.UUID;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a guest's machine is made of. Volumes are named, not located: only the hypervisor knows where they lie.
 *
 * @param name the domain's name; begins with {@code boma-it-}
 * @param uuid the domain's UUID; that of a saved guest when this definition is to go on from it
 * @param vcpus virtual processors, at least 1
 * @param memoryMiB memory in MiB
 * @param diskVolume the volume of the system disk (qcow2)
 * @param seedVolume the volume of the cloud-init seed (ISO 9660)
 * @param consoleVolume the volume that receives the serial console
 * @param networkName the isolated network that the guest's only interface is on
 * @param filterName the {@linkplain GuestFilter filter} that contains the guest
 * @param macAddress the interface's hardware address
 * @param note a text that the domain carries as libvirt metadata, for later processes
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record DomainDefinition(
        String name,
        UUID uuid,
        int vcpus,
        int memoryMiB,
        String diskVolume,
        String seedVolume,
        String consoleVolume,
        String networkName,
        String filterName,
        String macAddress,
        String note) {}
