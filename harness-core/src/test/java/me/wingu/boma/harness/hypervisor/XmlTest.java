package me.wingu.boma.harness.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XmlTest {

    private static final String HOSTILE = "a'/><x y=\"&amp;\">]]>";

    private static final UUID ID = UUID.fromString("c0ffee00-0000-4000-8000-000000000001");

    @ParameterizedTest
    @EnumSource
    void should_describe_a_domain_whatever_its_names_hold(Accelerator accelerator) {
        String xml = DomainXml.of(
                new DomainDefinition(
                        HOSTILE, ID, 2, 3072, HOSTILE + 1, HOSTILE + 2, HOSTILE + 6, HOSTILE + 3, HOSTILE + 4, HOSTILE + 5,
                        "{\"host\": \"" + HOSTILE + "\"}"),
                accelerator,
                HOSTILE);

        assertThat(Xml.select(xml, "/domain/name")).containsExactly(HOSTILE);
        assertThat(Xml.select(xml, "/domain/metadata/*")).containsExactly("{\"host\": \"" + HOSTILE + "\"}");
        assertThat(Xml.select(xml, "/domain/uuid")).containsExactly(ID.toString());
        assertThat(Xml.select(xml, "//disk/source/@file"))
                .containsExactly(HOSTILE + "/" + HOSTILE + 1, HOSTILE + "/" + HOSTILE + 2);
        assertThat(Xml.select(xml, "//interface/source/@network")).containsExactly(HOSTILE + 3);
        assertThat(Xml.select(xml, "//interface/filterref/@filter")).containsExactly(HOSTILE + 4);
        assertThat(Xml.select(xml, "//interface/mac/@address")).containsExactly(HOSTILE + 5);
        assertThat(Xml.select(xml, "//serial/log/@file")).containsExactly(HOSTILE + "/" + HOSTILE + 6);
        assertThat(Xml.select(xml, "/domain/@type")).containsExactly(accelerator.domainType());
        assertThat(Xml.select(xml, "//x")).isEmpty();
    }

    @Test
    void should_size_a_domain_as_asked() {
        String xml = DomainXml.of(
                new DomainDefinition("boma-it-demo", ID, 3, 2048, "d", "s", "c", "n", "f", "m", ""),
                Accelerator.TCG,
                "/pool");

        assertThat(Xml.select(xml, "/domain/vcpu")).containsExactly("3");
        assertThat(Xml.select(xml, "/domain/cpu/topology[@sockets='1']/@cores"))
                .as("in one socket, so that the guest trusts its clock")
                .containsExactly("3");
        assertThat(Xml.select(xml, "/domain/memory[@unit='MiB']")).containsExactly("2048");
        assertThat(Xml.select(xml, "//serial/log/@append")).containsExactly("on");
    }

    @ParameterizedTest
    @EnumSource(Accelerator.class)
    void should_offer_an_emulated_guest_alone_less_than_there_is(Accelerator accelerator) {
        String xml = DomainXml.of(
                new DomainDefinition("boma-it-demo", ID, 3, 2048, "d", "s", "c", "n", "f", "m", ""), accelerator, "/pool");

        List<String> without = accelerator == Accelerator.TCG ? List.of("erms", "fsrm", "la57") : List.of();
        assertThat(Xml.select(xml, "/domain/cpu/feature[@policy='disable']/@name")).containsExactlyElementsOf(without);
        assertThat(Xml.select(xml, "/domain/cpu/topology/@cores")).containsExactly("3");
    }

    @Test
    void should_fit_a_saved_guest_to_the_definition_that_goes_on_from_it() {
        String saved = DomainXml.of(
                        new DomainDefinition("boma-it-demo", ID, 3, 2048, "old", "s", "c", "n", "f", "m", "old note"),
                        Accelerator.TCG,
                        "/pool")
                .replace("<genid/>", "<genid>c0ffee00-0000-4000-8000-000000000002</genid>")
                .replace("<target dev='vda'", "<backingStore type='file'><source file='/pool/golden'/></backingStore><target dev='vda'");
        String definition = DomainXml.of(
                new DomainDefinition("boma-it-demo", ID, 3, 2048, "new", "s", "c", "n", "f", "m", HOSTILE),
                Accelerator.TCG,
                "/pool");

        String fitted = SavedXml.in(saved, definition);

        assertThat(Xml.select(fitted, "//disk/source/@file")).containsExactly("/pool/new", "/pool/s");
        assertThat(Xml.select(fitted, "/domain/metadata/*")).containsExactly(HOSTILE);
        assertThat(Xml.select(fitted, "/domain/genid")).containsExactly("c0ffee00-0000-4000-8000-000000000002");
        assertThat(Xml.select(fitted, "//backingStore")).isEmpty();
    }

    @Test
    void should_describe_a_network_with_every_vantage() {
        String xml = NetworkXml.network(network("198.51.100.66", "fd00:b03a:17::66"));

        assertThat(Xml.select(xml, "/network/forward/@mode")).containsExactly("nat");
        assertThat(Xml.select(xml, "/network/ip[@prefix='24']/@address"))
                .as("with the network's own prefix: libvirt masquerades what leaves each prefix")
                .containsExactly("198.51.100.1", "198.51.100.66");
        assertThat(Xml.select(xml, "/network/ip[@prefix='64']/@address"))
                .containsExactly("fd00:b03a:17::1", "fd00:b03a:17::66");
        assertThat(Xml.select(xml, "/network/bridge/@stp")).containsExactly("off");
        assertThat(Xml.select(xml, "//*[local-name()='option']/@value"))
                .as("an address is given out without three seconds of pinging it first, and without a name")
                .containsExactly("no-ping", "dhcp-ignore-names");
    }

    @Test
    void should_close_every_private_range_but_the_guests_own() {
        String xml = FilterXml.of(filter(true), Optional.empty());

        assertThat(Xml.select(xml, "/filter/@name")).containsExactly("boma-it-demo");
        assertThat(Xml.select(xml, "/filter/uuid")).isEmpty();
        assertThat(Xml.select(xml, "//rule[@action='accept']/ip/@dstipaddr")).containsExactly("198.51.100.0");
        assertThat(Xml.select(xml, "//rule[@action='drop']/ip/@dstipaddr"))
                .contains("10.0.0.0", "100.64.0.0", "172.16.0.0", "192.168.0.0");
        assertThat(Xml.select(xml, "//rule[@action='drop']/ipv6/@dstipaddr")).contains("fc00::");
    }

    @Test
    void should_keep_a_guest_from_what_its_profile_names() {
        String xml = FilterXml.of(filter(true, "203.0.113.9", "2001:db8::/32"), Optional.of("an-id"));

        assertThat(Xml.select(xml, "/filter/uuid")).containsExactly("an-id");
        assertThat(Xml.select(xml, "//rule[@action='drop']/ip[@dstipaddr='203.0.113.9']/@dstipmask"))
                .containsExactly("32");
        assertThat(Xml.select(xml, "//rule[@action='drop']/ipv6[@dstipaddr='2001:db8::']/@dstipmask"))
                .containsExactly("32");
    }

    @Test
    void should_close_the_services_of_this_machine_but_names_and_leases() {
        String xml = FilterXml.of(filter(true), Optional.empty());

        assertThat(Xml.select(xml, "//rule[@action='drop']/tcp[@state='NEW']/@dstipaddr")).containsExactly("198.51.100.0");
        assertThat(Xml.select(xml, "//rule[@action='drop']/udp-ipv6[@state='NEW']/@dstipaddr"))
                .containsExactly("fd00:b03a:17::");
        assertThat(Xml.select(xml, "//rule[@action='accept']/udp/@dstportstart")).containsExactly("53", "67");
    }

    @Test
    void should_close_the_world_and_its_names_to_a_guest_without_egress() {
        String xml = FilterXml.of(filter(false), Optional.empty());

        assertThat(Xml.select(xml, "//rule[@action='drop']/ip[@protocol='udp']/@dstportstart")).containsExactly("53");
        assertThat(Xml.select(xml, "//rule[@action='accept']/udp/@dstportstart")).as("leases").containsExactly("67");
        assertThat(Xml.select(xml, "//rule[@action='drop'][@priority='500']/*/@dstipmask")).containsExactly("0", "0");
        assertThat(Xml.select(FilterXml.of(filter(true), Optional.empty()), "//rule[@priority='500']")).isEmpty();
    }

    private static GuestFilter filter(boolean egress, String... neverReach) {
        return new GuestFilter("boma-it-demo", network(), egress, egress, List.of(neverReach));
    }

    @Test
    void should_find_what_lies_in_a_namespace() {
        String xml =
                "<domain><metadata><boma:note xmlns:boma='urn:x'> &lt;text&gt; </boma:note></metadata></domain>";

        assertThat(Xml.select(xml, "//*[namespace-uri()='urn:x' and local-name()='note']")).containsExactly("<text>");
        assertThat(Xml.select(xml, "//*[namespace-uri()='urn:y']")).isEmpty();
    }

    @Test
    void should_say_which_text_cannot_be_read() {
        assertThatThrownBy(() -> Xml.select("<open>", "//x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<open>")
                .hasMessageContaining("//x");
    }

    @Test
    void should_read_no_entity_from_elsewhere() {
        String xml = "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><d>&e;</d>";

        assertThatThrownBy(() -> Xml.select(xml, "/d")).isInstanceOf(IllegalArgumentException.class);
    }

    private static IsolatedNetwork network(String... vantages) {
        return new IsolatedNetwork(
                "boma-it", "boma-it0", "198.51.100", "fd00:b03a:17::", new TreeSet<>(List.of(vantages)));
    }
}
