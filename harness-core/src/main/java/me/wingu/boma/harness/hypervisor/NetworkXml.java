package me.wingu.boma.harness.hypervisor;

import java.util.stream.Collectors;

/** Writes libvirt's description of the isolated network. */
final class NetworkXml {

    private NetworkXml() {}

    /**
     * Describes the network. The spanning tree is off: with it, a bridge port forwards nothing for seconds after a
     * guest's start or restore. The bridge has the same hardware address each time: a restored guest remembers it.
     *
     * <p>dnsmasq gives an address out without pinging it for three seconds first, as its manual says of {@code no-ping}:
     * nobody else gives out addresses here. And it does not send a guest's own name back to it ({@code
     * dhcp-ignore-names}), which would have networkd start hostnamed and polkit in each boot, to set what is set.
     */
    static String network(IsolatedNetwork n) {
        return """
                <network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'>
                  <name>%s</name>
                  <forward mode='nat'/>
                  <bridge name='%s' stp='off' delay='0'/>
                  <mac address='52:54:00:b0:3a:17'/>
                  <dns enable='yes'/>
                  <ip address='%s' prefix='24'>
                    <dhcp><range start='%s.100' end='%s.199'/></dhcp>
                  </ip>
                  <ip family='ipv6' address='%s' prefix='64'>
                    <dhcp><range start='%s1:0' end='%s1:ffff'/></dhcp>
                  </ip>
                %s  <dnsmasq:options>
                    <dnsmasq:option value='no-ping'/>
                    <dnsmasq:option value='dhcp-ignore-names'/>
                  </dnsmasq:options>
                </network>
                """
                .formatted(
                        n.name(),
                        n.bridge(),
                        n.gateway(),
                        n.prefix(),
                        n.prefix(),
                        n.gateway6(),
                        n.prefix6(),
                        n.prefix6(),
                        n.vantages().stream().map(NetworkXml::vantage).collect(Collectors.joining()));
    }

    /** With the network's own prefix: libvirt masquerades what leaves each prefix, and a vantage must arrive as itself. */
    private static String vantage(String address) {
        return address.contains(":")
                ? "  <ip family='ipv6' address='%s' prefix='64'/>%n".formatted(Xml.escape(address))
                : "  <ip address='%s' prefix='24'/>%n".formatted(Xml.escape(address));
    }
}
