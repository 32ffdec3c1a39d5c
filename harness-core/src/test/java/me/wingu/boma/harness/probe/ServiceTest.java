package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {

    @Test
    void should_read_what_it_writes() {
        for (Service service : List.of(Service.tcp(443), Service.udp(3478), Service.ping())) {
            assertThat(Service.parse(service.toString())).isEqualTo(service);
        }
        assertThat(Service.parse(" 80/TCP ")).isEqualTo(Service.tcp(80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "443", "tcp/443", "443/sctp", "0/tcp", "65536/udp", "99999/tcp", "-1/tcp"})
    void should_refuse_what_names_no_service(String text) {
        assertThatThrownBy(() -> Service.parse(text)).isInstanceOf(HarnessException.class);
    }

    @Test
    void should_sort_by_port() {
        List<Service> sorted = Stream.of(Service.udp(53), Service.tcp(443), Service.ping(), Service.tcp(53))
                .sorted()
                .toList();

        assertThat(sorted).hasToString("[ping, 53/tcp, 53/udp, 443/tcp]");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:0:20, [2001:db8::20]:80",
        "0:0:0:0:0:0:0:1, [::1]:80",
        "0:0:0:0:0:0:0:0, [::]:80",
        "fe80:0:0:0:1:0:0:1, [fe80::1:0:0:1]:80",
        "1:0:2:3:4:5:6:7, [1:0:2:3:4:5:6:7]:80",
        "198.51.100.20, 198.51.100.20:80",
    })
    void should_write_addresses_as_rfc_5952_does(String address, String text) throws Exception {
        assertThat(Targets.text(InetAddress.getByName(address), 80)).isEqualTo(text);
    }
}
