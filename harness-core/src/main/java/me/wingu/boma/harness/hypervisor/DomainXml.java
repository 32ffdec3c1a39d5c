package me.wingu.boma.harness.hypervisor;

import java.util.stream.Collectors;

/** Writes libvirt's description of a guest's machine. */
final class DomainXml {

    /** The namespace of the note in a domain's metadata. */
    static final String NOTE_NAMESPACE = "https://boma.wingu.me/harness/note/1";

    private DomainXml() {}

    /**
     * Describes a domain. The panic device makes a crash of the guest's kernel an event; the console is appended to, so
     * that a power loss does not wipe the boot before it. The processors sit in one socket: Linux distrusts the clocks of
     * several, and asking another clock instead leaves the emulated processor each time. Devices are on the root bus, as
     * on bare QEMU, and there are no others, because each bridge and controller costs a boot some time.
     *
     * <p>A restored guest learns by its generation id that its random numbers were used before, and it reports its free
     * pages, so that a saved one holds only what it uses.
     *
     * @param directory where the volumes lie. Disks are named as files: when a guest is saved, libvirt changes the disk
     *     of its definition only if that is named as the running guest's is
     */
    static String of(DomainDefinition d, Accelerator accelerator, String directory) {
        return """
                <domain type='%s'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <genid/>
                  <metadata><boma:note xmlns:boma='%s'>%s</boma:note></metadata>
                  <memory unit='MiB'>%d</memory>
                  <vcpu>%d</vcpu>
                  <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
                  <features><acpi/><apic/></features>
                  <cpu mode='%s'><topology sockets='1' cores='%d' threads='1'/>%s</cpu>
                  <clock offset='utc'/>
                  <on_poweroff>destroy</on_poweroff>
                  <on_reboot>restart</on_reboot>
                  <on_crash>preserve</on_crash>
                  <devices>
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='qcow2' discard='unmap'/>
                      <source file='%s'/>
                      <target dev='vda' bus='virtio'/>
                      <address type='pci' domain='0' bus='0' slot='3' function='0'/>
                    </disk>
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='raw'/>
                      <source file='%s'/>
                      <target dev='vdb' bus='virtio'/>
                      <readonly/>
                      <address type='pci' domain='0' bus='0' slot='4' function='0'/>
                    </disk>
                    <interface type='network'>
                      <mac address='%s'/>
                      <source network='%s'/>
                      <model type='virtio'/>
                      <address type='pci' domain='0' bus='0' slot='2' function='0'/>
                      <filterref filter='%s'/>
                    </interface>
                    <serial type='pty'>
                      <log file='%s' append='on'/>
                      <target type='isa-serial' port='0'/>
                    </serial>
                    <console type='pty'><target type='serial' port='0'/></console>
                    <rng model='virtio'>
                      <backend model='random'>/dev/urandom</backend>
                      <address type='pci' domain='0' bus='0' slot='5' function='0'/>
                    </rng>
                    <panic model='isa'/>
                    <memballoon model='virtio' freePageReporting='on'>
                      <address type='pci' domain='0' bus='0' slot='6' function='0'/>
                    </memballoon>
                    <controller type='usb' model='none'/>
                  </devices>
                </domain>
                """
                .formatted(
                        accelerator.domainType(),
                        Xml.escape(d.name()),
                        d.uuid(),
                        NOTE_NAMESPACE,
                        Xml.escape(d.note()),
                        d.memoryMiB(),
                        d.vcpus(),
                        accelerator == Accelerator.KVM ? "host-passthrough" : "maximum",
                        d.vcpus(),
                        accelerator.unwantedFeatures().stream()
                                .map(feature -> "<feature policy='disable' name='" + feature + "'/>")
                                .collect(Collectors.joining()),
                        Xml.escape(directory + "/" + d.diskVolume()),
                        Xml.escape(directory + "/" + d.seedVolume()),
                        Xml.escape(d.macAddress()),
                        Xml.escape(d.networkName()),
                        Xml.escape(d.filterName()),
                        Xml.escape(directory + "/" + d.consoleVolume()));
    }
}
