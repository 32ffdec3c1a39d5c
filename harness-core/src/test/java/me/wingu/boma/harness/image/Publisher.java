package me.wingu.boma.harness.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A publisher of one image, on the loopback address; it can be told to misbehave. */
final class Publisher implements AutoCloseable {

    private static final Pattern REST = Pattern.compile("bytes=(\\d+)-");

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> ranges = new CopyOnWriteArrayList<>();

    private volatile byte[] content;
    private volatile String sums;
    private volatile boolean knowsRanges = true;
    private volatile int status = 200;
    private volatile int bytesBeforeCut = Integer.MAX_VALUE;
    private volatile boolean cutsForEver;
    private volatile boolean fallsSilent;

    private Publisher(HttpServer server, String scheme, byte[] content) {
        this.server = server;
        this.scheme = scheme;
        publish(content);
        server.createContext("/image.qcow2", this::image);
        server.createContext("/SHA512SUMS", this::list);
        server.setExecutor(threads);
        server.start();
    }

    static Publisher http(byte[] content) throws IOException {
        return new Publisher(HttpServer.create(address(), 0), "http", content);
    }

    static Publisher https(SSLContext identity, byte[] content) throws IOException {
        HttpsServer server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        return new Publisher(server, "https", content);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    PublishedImage image() {
        String base = scheme + "://127.0.0.1:" + server.getAddress().getPort();
        return new PublishedImage(URI.create(base + "/image.qcow2"), URI.create(base + "/SHA512SUMS"));
    }

    /** Replaces the image and its sum. */
    void publish(byte[] newContent) {
        content = newContent.clone();
        list(Sha512.of(newContent) + "  image.qcow2\n");
    }

    /** Replaces the list alone. */
    void list(String text) {
        sums = text;
    }

    void answersWith(int newStatus) {
        status = newStatus;
    }

    void doesNotKnowRanges() {
        knowsRanges = false;
    }

    /** Breaks the next answer off, or each one. */
    void cutsAfter(int bytes, boolean forEver) {
        bytesBeforeCut = bytes;
        cutsForEver = forEver;
    }

    /** Stops sending in the middle, and leaves the connection open. */
    void fallsSilent() {
        fallsSilent = true;
    }

    /** What the requests for the image asked for; an empty text is a request for all of it. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    private void list(HttpExchange exchange) throws IOException {
        byte[] text = sums.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private void image(HttpExchange exchange) throws IOException {
        String asked = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("");
        ranges.add(asked);
        byte[] all = content;
        Matcher rest = REST.matcher(asked);
        int start = knowsRanges && rest.matches() ? Integer.parseInt(rest.group(1)) : 0;
        try (exchange) {
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
            } else if (start >= all.length) {
                exchange.getResponseHeaders().set("Content-Range", "bytes */" + all.length);
                exchange.sendResponseHeaders(416, -1);
            } else {
                if (start > 0) {
                    exchange.getResponseHeaders()
                            .set("Content-Range", "bytes " + start + "-" + (all.length - 1) + "/" + all.length);
                }
                exchange.sendResponseHeaders(start > 0 ? 206 : 200, all.length - start);
                send(exchange, Arrays.copyOfRange(all, start, all.length));
            }
        }
    }

    private void send(HttpExchange exchange, byte[] bytes) throws IOException {
        int length = Math.min(bytes.length, bytesBeforeCut);
        if (!cutsForEver) {
            bytesBeforeCut = Integer.MAX_VALUE;
        }
        exchange.getResponseBody().write(bytes, 0, fallsSilent ? length / 2 : length);
        exchange.getResponseBody().flush();
        if (fallsSilent) {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
