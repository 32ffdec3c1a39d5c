package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Sends one HTTP request and keeps what comes back. */
final class HttpProbe {

    private final Source source;

    HttpProbe(Source source) {
        this.source = source;
    }

    HttpAnswer ask(InetAddress host, HttpQuestion question, Patience patience) {
        String target = Targets.text(new InetSocketAddress(host, question.port()));
        Tried<HttpResponse> tried = Tried.to(
                question.method() + " " + question.url() + " at " + target,
                source,
                patience,
                () -> exchange(host, question, patience),
                response -> (response.status() + " " + response.reason()).strip());
        return new HttpAnswer(question, tried.value(), tried.trial());
    }

    private HttpResponse exchange(InetAddress host, HttpQuestion question, Patience patience) throws IOException {
        HttpUriRequestBase request = request(question);
        HttpClientContext context = HttpClientContext.create();
        long limit = patience.total().plus(patience.each()).toMillis(); // silence is met before the answer is late
        AtomicBoolean late = new AtomicBoolean();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> alarm = clock.schedule(
                () -> {
                    late.set(true);
                    request.abort();
                },
                limit,
                TimeUnit.MILLISECONDS);
        try (CloseableHttpClient client = PinnedHttp.client(source, host, patience)) {
            HttpResponse response =
                    response(client.executeOpen(null, request, context), context.getSSLSession());
            request.abort(); // what is beyond the limit is not waited for: it may have no end
            return response;
        } catch (IOException e) {
            if (late.get()) {
                throw new IOException("the answer was not complete within " + limit + " ms", e);
            }
            throw e;
        } finally {
            alarm.cancel(false);
            clock.shutdownNow();
        }
    }

    private static HttpUriRequestBase request(HttpQuestion question) {
        HttpUriRequestBase request = new HttpUriRequestBase(question.method(), question.url());
        question.headers().forEach(request::setHeader);
        return request;
    }

    private static HttpResponse response(
            ClassicHttpResponse raw, @Nullable SSLSession session) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (Header header : raw.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(String.valueOf(header.getValue()));
        }
        Optional<TlsSession> tls = session == null ? Optional.empty() : Optional.of(TlsProbe.session(session));
        String reason = Optional.ofNullable(raw.getReasonPhrase()).orElse("");
        return new HttpResponse(raw.getCode(), reason, headers, body(raw.getEntity()), tls);
    }

    private static String body(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        Charset charset = Optional.ofNullable(ContentType.parseLenient(entity.getContentType()))
                .map(type -> type.getCharset(StandardCharsets.UTF_8))
                .orElse(StandardCharsets.UTF_8);
        InputStream content = entity.getContent();
        return new String(content.readNBytes(HttpResponse.BODY_LIMIT), charset);
    }
}
