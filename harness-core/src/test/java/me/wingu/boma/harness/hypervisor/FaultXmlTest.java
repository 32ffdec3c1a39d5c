package me.wingu.boma.harness.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultXmlTest {

    private static final String DOMAIN =
            """
            <domain type='qemu'>
              <name>boma-it-web</name>
              <vcpu>2</vcpu>
              <devices>
                <interface type='network'>
                  <mac address='52:54:00:00:00:01'/>
                  <alias name='net0'/>
                </interface>
              </devices>
            </domain>
            """;

    @Test
    void should_describe_the_interface_alone_with_one_link_state() {
        String down = FaultXml.link(DOMAIN, false);

        assertThat(Xml.select(down, "/interface/link/@state")).containsExactly("down");
        assertThat(Xml.select(down, "/interface/mac/@address")).containsExactly("52:54:00:00:00:01");
        String again = FaultXml.link(DOMAIN.replace("<alias name='net0'/>", "<link state='down'/>"), true);
        assertThat(Xml.select(again, "/interface/link/@state")).containsExactly("up");
    }

    @Test
    void should_limit_the_processors_and_take_the_limit_away() {
        String slow = FaultXml.processorShare(DOMAIN, 40);
        assertThat(Xml.select(slow, "/domain/cputune/period | /domain/cputune/quota")).containsExactly("100000", "40000");

        String slower = FaultXml.processorShare(slow, 20);
        assertThat(Xml.select(slower, "/domain/cputune/quota")).containsExactly("20000");

        String usual = FaultXml.processorShare(slower, 100);
        assertThat(Xml.select(usual, "/domain/cputune")).isEmpty();
        assertThat(Xml.select(usual, "/domain/name")).containsExactly("boma-it-web");
        assertThat(FaultXml.quota(100)).isNegative();
    }
}
