package me.wingu.boma.harness.probe;

import java.nio.ByteBuffer;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * One question to a DNS server.
 *
 * @param name the name asked for; absolute, with or without the final dot
 * @param type the record type, such as {@code A}, {@code AAAA} or {@code TXT}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record DnsQuestion(String name, String type) {

    /**
     * Creates a question.
     *
     * @throws HarnessException when the name or the type is not one of the DNS
     */
    public DnsQuestion {
        record(name, type);
    }

    static DnsQuestion rootServers() {
        return new DnsQuestion(".", "NS");
    }

    Message query() {
        return Message.newQuery(record(name, type));
    }

    ByteBuffer datagram() {
        return ByteBuffer.wrap(query().toWire());
    }

    private static Record record(String name, String type) {
        int number = Type.value(type);
        try {
            if (number > 0) {
                return Record.newRecord(Name.concatenate(Name.fromString(name), Name.root), number, DClass.IN);
            }
            throw unusable(name, type, null);
        } catch (TextParseException | NameTooLongException malformed) {
            throw unusable(name, type, malformed);
        }
    }

    private static HarnessException unusable(String name, String type, @Nullable Exception cause) {
        return new HarnessException(
                HarnessException.Kind.USAGE,
                "\"" + name + "\" of type \"" + type + "\" cannot be asked of a DNS server.",
                cause == null ? "no such record type" : String.valueOf(cause.getMessage()),
                "give a domain name, and a type such as A, AAAA or TXT",
                cause);
    }
}
