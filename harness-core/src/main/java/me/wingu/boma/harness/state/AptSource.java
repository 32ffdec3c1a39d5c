package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One place that APT takes binary packages from.
 *
 * @param uri where: {@code https://deb.example.org/debian/}
 * @param release the release as it is named in the sources: {@code trixie-security}
 * @param component {@code main}, {@code contrib}, …
 * @param file where it is written, with the line: {@code /etc/apt/sources.list.d/debian.sources:1}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record AptSource(String uri, String release, String component, String file) {

    @Override
    public String toString() {
        return uri + " " + release + " " + component + " (" + file + ")";
    }
}
