package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What came of a DNS query over UDP.
 *
 * @param question what was asked
 * @param reply what the server answered; empty when nothing, or nothing valid, came back: the trial says why
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record DnsAnswer(DnsQuestion question, Optional<DnsReply> reply, Trial trial) {

    /** Asks a DNS server from a vantage. */
    static DnsAnswer ask(Vantage vantage, InetAddress host, int port, DnsQuestion question, Patience patience) {
        Message query = question.query();
        DatagramAnswer answer = vantage.exchange(host, port, ByteBuffer.wrap(query.toWire()), patience);
        Trial trial = answer.trial()
                .retold("DNS query for " + question.name() + " " + question.type() + " to " + Targets.text(host, port));
        if (answer.reply().isEmpty()) {
            return new DnsAnswer(question, Optional.empty(), trial);
        }
        try {
            DnsReply reply = read(answer.reply().get(), query);
            String seen = reply.status() + " " + reply.records() + (reply.truncated() ? ", truncated" : "");
            return new DnsAnswer(question, Optional.of(reply), trial.having(seen));
        } catch (IOException invalid) {
            String seen = "the answer is not what was asked for: " + invalid.getMessage();
            return new DnsAnswer(question, Optional.empty(), trial.having(seen));
        }
    }

    static DnsReply read(ByteBuffer datagram, Message query) throws IOException {
        Message response = new Message(Bytes.of(datagram));
        if (!response.getHeader().getFlag(Flags.QR) || response.getHeader().getID() != query.getHeader().getID()) {
            throw new IOException("another DNS transaction's id, or no response");
        }
        int type = query.getQuestion().getType();
        List<String> records = response.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == type || type == Type.ANY)
                .map(record -> Targets.canonical(record.rdataToString()))
                .toList();
        return new DnsReply(
                Rcode.string(response.getRcode()), records, response.getHeader().getFlag(Flags.TC));
    }
}
