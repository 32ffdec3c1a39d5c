package me.wingu.boma.harness.hypervisor;

import java.util.stream.Collectors;

/** Writes libvirt's descriptions of the isolated network and of the filter that contains its guests. */
final class NetworkXml {

    private NetworkXml() {}

    /**
     * Describes the network. The spanning tree is off: with it, a bridge port forwards nothing for seconds after a
     * guest's start or restore.
     */
    static String network(IsolatedNetwork n) {
        return """
                <network>
                  <name>%s</name>
                  <forward mode='nat'/>
                  <bridge name='%s' stp='off' delay='0'/>
                  <dns enable='yes'/>
                  <ip address='%s' prefix='24'>
                    <dhcp><range start='%s.100' end='%s.199'/></dhcp>
                  </ip>
                  <ip family='ipv6' address='%s' prefix='64'>
                    <dhcp><range start='%s1:0' end='%s1:ffff'/></dhcp>
                  </ip>
                %s</network>
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

    /**
     * Describes the filter on a guest's interface: its own subnet is open to it, every other private, shared, link-local
     * and loopback range (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291) is closed, the rest is the wide net.
     */
    static String filter(IsolatedNetwork n) {
        return """
                <filter name='%1$s' chain='root'>
                  <filterref filter='no-mac-spoofing'/>
                  <rule action='accept' direction='out' priority='100'><ip dstipaddr='%2$s.0' dstipmask='24'/></rule>
                  <rule action='accept' direction='out' priority='100'><ipv6 dstipaddr='%3$s' dstipmask='64'/></rule>
                  <rule action='accept' direction='out' priority='100'><ipv6 dstipaddr='fe80::' dstipmask='10'/></rule>
                  <rule action='drop' direction='out' priority='200'><ip dstipaddr='10.0.0.0' dstipmask='8'/></rule>
                  <rule action='drop' direction='out' priority='200'><ip dstipaddr='172.16.0.0' dstipmask='12'/></rule>
                  <rule action='drop' direction='out' priority='200'><ip dstipaddr='192.168.0.0' dstipmask='16'/></rule>
                  <rule action='drop' direction='out' priority='200'><ip dstipaddr='100.64.0.0' dstipmask='10'/></rule>
                  <rule action='drop' direction='out' priority='200'><ip dstipaddr='169.254.0.0' dstipmask='16'/></rule>
                  <rule action='drop' direction='out' priority='200'><ip dstipaddr='127.0.0.0' dstipmask='8'/></rule>
                  <rule action='drop' direction='out' priority='200'><ipv6 dstipaddr='fc00::' dstipmask='7'/></rule>
                </filter>
                """
                .formatted(n.name(), n.prefix(), n.prefix6());
    }
}
