package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/** An HTTP client that sends from one address to one address, and neither resolves, redirects, retries nor keeps. */
final class PinnedHttp {

    private PinnedHttp() {}

    static CloseableHttpClient client(Source source, InetAddress host, Patience patience) {
        return HttpClients.custom()
                .setConnectionManager(connections(host, patience))
                .setRoutePlanner(new FromSource(source))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout(patience))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("boma-harness")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
    }

    private static HttpClientConnectionManager connections(InetAddress host, Patience patience) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Pinned(host))
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        OpenTls.context(), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(patience))
                        .setSocketTimeout(timeout(patience))
                        .build())
                .build();
    }

    private static Timeout timeout(Patience patience) {
        return Timeout.of(patience.eachMillis(), TimeUnit.MILLISECONDS);
    }

    /** Every name is the probed host. */
    private record Pinned(InetAddress host) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String name) {
            return new InetAddress[] {host};
        }

        @Override
        public String resolveCanonicalHostname(String name) {
            return name;
        }
    }

    private static final class FromSource extends DefaultRoutePlanner {

        private final Source source;

        FromSource(Source source) {
            super(null);
            this.source = source;
        }

        @Override
        protected InetAddress determineLocalAddress(HttpHost firstHop, HttpContext context) {
            return source.address();
        }
    }
}
