package me.wingu.boma.harness.probe;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a DNS server answered.
 *
 * @param status the response code, such as {@code NOERROR}, {@code NXDOMAIN} or {@code REFUSED}
 * @param records the data of the answers of the type asked for, as zone files write them; aliases left out
 * @param truncated whether the server said that more would fit only in TCP
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record DnsReply(String status, List<String> records, boolean truncated) {

    /** Creates a reply; keeps a copy of the records. */
    public DnsReply {
        records = List.copyOf(records);
    }
}
