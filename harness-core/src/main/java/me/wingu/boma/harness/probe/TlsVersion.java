package me.wingu.boma.harness.probe;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A version of TLS that servers may still offer; the oldest first. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum TlsVersion {
    /** RFC 2246; deprecated by RFC 8996. */
    TLS_1_0("TLS 1.0"),
    /** RFC 4346; deprecated by RFC 8996. */
    TLS_1_1("TLS 1.1"),
    /** RFC 5246. */
    TLS_1_2("TLS 1.2"),
    /** RFC 8446. */
    TLS_1_3("TLS 1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /** Returns the version as its RFC writes it: {@code TLS 1.2}. */
    @Override
    public String toString() {
        return text;
    }
}
