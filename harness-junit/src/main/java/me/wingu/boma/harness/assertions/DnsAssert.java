package me.wingu.boma.harness.assertions;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import me.wingu.boma.harness.probe.DnsAnswer;
import me.wingu.boma.harness.probe.DnsReply;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a DNS server answered. Each needs a valid answer. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class DnsAssert extends AbstractAssert<DnsAssert, DnsAnswer> {

    /** Creates the assertions on one answer. */
    public DnsAssert(DnsAnswer actual) {
        super(actual, DnsAssert.class);
    }

    /**
     * Verifies the response code.
     *
     * <pre>{@code
     * assertThat(vm.outside().dns("host.example.org", "A").from("mesh")).hasStatus("NOERROR");    // passes
     * assertThat(vm.outside().dns("nobody.example.org", "A").from("mesh")).hasStatus("NOERROR");  // fails: NXDOMAIN
     * }</pre>
     *
     * @param expected a response code such as {@code NOERROR}, {@code NXDOMAIN} or {@code REFUSED}
     */
    public DnsAssert hasStatus(String expected) {
        String status = reply().status();
        if (!status.equals(expected)) {
            fail("Expecting the status " + expected + " but it is " + status);
        }
        return this;
    }

    /**
     * Verifies the records, in any order.
     *
     * <pre>{@code
     * assertThat(dns).resolvesTo("198.51.100.5");                   // passes
     * assertThat(dns).resolvesTo("198.51.100.5", "198.51.100.6");   // fails when only one is there
     * }</pre>
     *
     * @param expected the data of each record as zone files write it, IPv6 addresses in their short form (RFC 5952); at least one
     */
    public DnsAssert resolvesTo(String... expected) {
        if (expected.length == 0) {
            throw new IllegalArgumentException("no record at all would assert nothing: use hasStatus(\"NXDOMAIN\")");
        }
        List<String> records = reply().records();
        if (!new TreeSet<>(records).equals(new TreeSet<>(Arrays.asList(expected)))) {
            fail("Expecting " + Arrays.toString(expected) + " but the answer is " + records);
        }
        return this;
    }

    private DnsReply reply() {
        isNotNull();
        if (actual.reply().isEmpty()) {
            fail("Expecting a DNS answer but there was none");
        }
        return actual.reply().orElseThrow();
    }

    private void fail(String problem) {
        failWithMessage("%s", Tried.failure(problem, actual.trial()));
    }
}
