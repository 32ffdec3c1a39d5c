package me.wingu.boma.harness.hypervisor;

/** Writes libvirt's description of a guest's machine. */
final class DomainXml {

    /** The namespace of the note in a domain's metadata. */
    static final String NOTE_NAMESPACE = "https://boma.wingu.me/harness/note/1";

    private DomainXml() {}

    /**
     * Describes a domain. The panic device makes a crash of the guest's kernel an event; the console is appended to, so
     * that a power loss does not wipe the boot before it.
     */
    static String of(DomainDefinition d, Accelerator accelerator, String pool, String consolePath) {
        return """
                <domain type='%s'>
                  <name>%s</name>
                  <metadata><boma:note xmlns:boma='%s'>%s</boma:note></metadata>
                  <memory unit='MiB'>%d</memory>
                  <vcpu>%d</vcpu>
                  <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
                  <features><acpi/><apic/></features>
                  <cpu mode='%s'/>
                  <clock offset='utc'/>
                  <on_poweroff>destroy</on_poweroff>
                  <on_reboot>restart</on_reboot>
                  <on_crash>preserve</on_crash>
                  <devices>
                    <disk type='volume' device='disk'>
                      <driver name='qemu' type='qcow2' discard='unmap'/>
                      <source pool='%s' volume='%s'/>
                      <target dev='vda' bus='virtio'/>
                    </disk>
                    <disk type='volume' device='cdrom'>
                      <driver name='qemu' type='raw'/>
                      <source pool='%s' volume='%s'/>
                      <target dev='sda' bus='sata'/>
                      <readonly/>
                    </disk>
                    <interface type='network'>
                      <mac address='%s'/>
                      <source network='%s'/>
                      <model type='virtio'/>
                      <filterref filter='%s'/>
                    </interface>
                    <serial type='pty'>
                      <log file='%s' append='on'/>
                      <target type='isa-serial' port='0'/>
                    </serial>
                    <console type='pty'><target type='serial' port='0'/></console>
                    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
                    <panic model='isa'/>
                    <memballoon model='virtio'/>
                  </devices>
                </domain>
                """
                .formatted(
                        accelerator.domainType(),
                        Xml.escape(d.name()),
                        NOTE_NAMESPACE,
                        Xml.escape(d.note()),
                        d.memoryMiB(),
                        d.vcpus(),
                        accelerator == Accelerator.KVM ? "host-passthrough" : "maximum",
                        pool,
                        Xml.escape(d.diskVolume()),
                        pool,
                        Xml.escape(d.seedVolume()),
                        Xml.escape(d.macAddress()),
                        Xml.escape(d.networkName()),
                        Xml.escape(d.filterName()),
                        Xml.escape(consolePath));
    }
}
