package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;

class DnsAnswerTest {

    private static final DnsQuestion QUESTION = new DnsQuestion("www.example.org", "A");

    @Test
    void should_read_the_records_of_the_type_asked_for() throws Exception {
        Message query = QUESTION.query();
        Message response = responseTo(query);
        Name www = Name.fromString("www.example.org.");
        Name host = Name.fromString("host.example.org.");
        response.addRecord(new CNAMERecord(www, DClass.IN, 60, host), Section.ANSWER);
        response.addRecord(new ARecord(host, DClass.IN, 60, Namespaces.HOST), Section.ANSWER);

        DnsReply reply = DnsAnswer.read(ByteBuffer.wrap(response.toWire()), query);

        assertThat(reply).isEqualTo(new DnsReply("NOERROR", List.of("198.51.100.20"), false));
    }

    @Test
    void should_write_an_address_of_ipv6_as_everybody_does() throws Exception {
        Message query = new DnsQuestion("www.example.org", "AAAA").query();
        Message response = responseTo(query);
        response.addRecord(
                new AAAARecord(Name.fromString("www.example.org."), DClass.IN, 60, Namespaces.HOST_V6), Section.ANSWER);

        assertThat(DnsAnswer.read(ByteBuffer.wrap(response.toWire()), query).records())
                .containsExactly(Targets.text(Namespaces.HOST_V6))
                .allMatch(text -> text.contains("::"));
    }

    @Test
    void should_refuse_what_is_no_answer_to_the_query() {
        Message query = QUESTION.query();

        assertThatThrownBy(() -> DnsAnswer.read(ByteBuffer.wrap(query.toWire()), query))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> DnsAnswer.read(ByteBuffer.wrap(responseTo(QUESTION.query()).toWire()), query))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> DnsAnswer.read(ByteBuffer.wrap(new byte[] {1, 2, 3}), query))
                .isInstanceOf(IOException.class);
    }

    @Test
    void should_refuse_what_no_dns_server_can_be_asked() {
        assertThatThrownBy(() -> new DnsQuestion("www..example", "A")).isInstanceOf(HarnessException.class);
        assertThatThrownBy(() -> new DnsQuestion("www.example", "NONSENSE"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("such as A, AAAA or TXT");
    }

    private static Message responseTo(Message query) {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.addRecord(query.getQuestion(), Section.QUESTION);
        return response;
    }
}
