package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.probe.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

    private static final int LENGTH = 700_000;
    private static final int HALF = LENGTH / 2;

    private final byte[] content = bytes(1);
    private final List<Long> transferred = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();

    @TempDir
    private Path directory;

    private Publisher publisher;

    @BeforeEach
    void publish() throws IOException {
        publisher = Publisher.http(content);
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void should_download_verify_and_keep_a_file_under_its_sum() throws Exception {
        Path file = fetch();

        assertThat(file).hasBinaryContent(content).hasFileName(Sha512.of(content) + ".qcow2");
        assertThat(transferred.get(transferred.size() - 1)).isEqualTo(LENGTH);
        assertThat(fetch()).isEqualTo(file);
        assertThat(publisher.ranges()).containsExactly("");
        assertNothingBut(file);
    }

    @Test
    void should_download_over_https() throws Exception {
        TestAuthority authority = new TestAuthority(directory.resolve("keys"), "CN=Publisher CA");
        try (Publisher secure = Publisher.https(authority.server("ip:127.0.0.1"), content)) {
            HttpClient client = HttpClient.newBuilder().sslContext(trusting(authority)).build();

            assertThat(downloads(client).fetch(secure.image(), directory.resolve("d"), progress())).hasBinaryContent(content);
        }
    }

    @Test
    void should_not_take_a_stranger_for_the_publisher() throws Exception {
        TestAuthority authority = new TestAuthority(directory.resolve("keys"), "CN=Nobody");
        try (Publisher secure = Publisher.https(authority.server("ip:127.0.0.1"), content)) {
            assertThatThrownBy(() -> downloads(HttpClient.newHttpClient()).fetch(secure.image(), directory.resolve("d"), progress()))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    void should_throw_a_corrupt_file_away() {
        publisher.list(Sha512.of(bytes(2)) + "  image.qcow2\n");

        assertThatThrownBy(this::fetch)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("wrong checksum")
                .hasMessageContaining(Sha512.of(content).substring(0, 16))
                .hasMessageContaining(Sha512.of(bytes(2)).substring(0, 16));
        assertNothingBut();
    }

    @Test
    void should_go_on_by_itself_where_the_connection_broke_off() throws Exception {
        publisher.cutsAfter(HALF, false);

        assertThat(fetch()).hasBinaryContent(content);
        assertThat(publisher.ranges()).hasSize(2).last().asString().matches("bytes=[1-9]\\d*-");
    }

    @Test
    void should_go_on_where_an_earlier_process_ended() throws Exception {
        Files.write(part(content), Arrays.copyOf(content, HALF));

        assertThat(fetch()).hasBinaryContent(content);
        assertThat(publisher.ranges()).containsExactly("bytes=" + HALF + "-");
        assertThat(transferred.get(0)).isGreaterThan(HALF);
        assertThat(steps).anySatisfy(step -> assertThat(step).startsWith("Resuming"));
    }

    @Test
    void should_see_that_everything_is_here_already() throws Exception {
        Files.write(part(content), content);

        assertThat(fetch()).hasBinaryContent(content);
    }

    @Test
    void should_start_over_when_what_was_here_was_wrong() throws Exception {
        Files.write(part(content), new byte[HALF]);

        assertThat(fetch()).hasBinaryContent(content);
        assertThat(publisher.ranges()).containsExactly("bytes=" + HALF + "-", "");
    }

    @Test
    void should_start_over_when_more_is_here_than_there() throws Exception {
        Files.write(part(content), new byte[LENGTH + 1]);

        assertThat(fetch()).hasBinaryContent(content);
    }

    @Test
    void should_take_the_whole_file_from_a_server_that_ignores_ranges() throws Exception {
        publisher.doesNotKnowRanges();
        Files.write(part(content), Arrays.copyOf(content, HALF));

        assertThat(fetch()).hasBinaryContent(content);
    }

    @Test
    void should_drop_what_is_here_of_earlier_publications() throws Exception {
        Files.write(part(content), Arrays.copyOf(content, HALF));
        publisher.publish(bytes(2));

        Files.write(directory.resolve(Sha512.of(bytes(3)) + ".qcow2"), bytes(3));

        Path file = fetch();

        assertThat(file).hasBinaryContent(bytes(2));
        assertThat(publisher.ranges()).containsExactly("");
        assertNothingBut(file);
    }

    @Test
    void should_keep_what_came_of_a_download_that_never_ends() {
        publisher.cutsAfter(0, true);

        assertThatThrownBy(this::fetch)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Downloading " + publisher.image().url() + " failed")
                .hasMessageContaining("try again: the download goes on at 0 bytes");
        assertThat(publisher.ranges()).hasSize(3);
    }

    @Test
    void should_give_up_on_a_server_that_falls_silent() throws Exception {
        publisher.fallsSilent();
        publisher.cutsAfter(4, true);
        Downloads impatient = new Downloads(new HttpFile(HttpClient.newHttpClient(), Duration.ofMillis(300)));
        Files.write(part(content), Arrays.copyOf(content, LENGTH - 1)); // half of the last byte is nothing

        assertThatThrownBy(() -> impatient.fetch(publisher.image(), directory, progress()))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("the server sent nothing for")
                .hasMessageContaining("goes on at " + (LENGTH - 1) + " bytes");
    }

    @Test
    void should_say_with_which_status_a_server_refused() {
        publisher.answersWith(404);

        assertThatThrownBy(this::fetch)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("status 404")
                .hasMessageContaining("\"published\"");
    }

    @Test
    void should_refuse_a_file_that_the_list_does_not_know() {
        publisher.list(Sha512.of(content) + "  other.qcow2\n");

        assertThatThrownBy(this::fetch)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("has no SHA-512 sum of image.qcow2");
        assertThat(publisher.ranges()).isEmpty();
    }

    @Test
    void should_tell_an_unreachable_host_from_every_other_failure() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + closed + "/image.qcow2");

        assertThatThrownBy(() -> downloads(HttpClient.newHttpClient())
                        .fetch(new PublishedImage(url, url.resolve("SHA512SUMS")), directory, progress()))
                .isInstanceOf(HostUnreachable.class)
                .hasMessageContaining("127.0.0.1 cannot be reached");
    }

    private Path fetch() throws IOException {
        return downloads(HttpClient.newHttpClient()).fetch(publisher.image(), directory, progress());
    }

    private Downloads downloads(HttpClient client) {
        return new Downloads(new HttpFile(client, Duration.ofSeconds(20)));
    }

    private Path part(byte[] whole) {
        return directory.resolve(Sha512.of(whole) + ".part");
    }

    private void assertNothingBut(Path... files) {
        assertThat(directory.toFile().listFiles())
                .extracting(File::toPath)
                .containsExactlyInAnyOrder(files);
    }

    private ImageProgress progress() {
        return new ImageProgress() {
            @Override
            public void step(String sentence) {
                steps.add(sentence);
            }

            @Override
            public void transferred(long bytes, long totalBytes) {
                assertThat(totalBytes).isEqualTo(LENGTH);
                transferred.add(bytes);
            }
        };
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[LENGTH];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static SSLContext trusting(TestAuthority authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.root().getBytes(StandardCharsets.UTF_8))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
