package me.wingu.boma.harness.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/**
 * Fetches published images and keeps each under its SHA-512 sum. What an interruption left is kept under that sum too, and
 * the next attempt goes on from there.
 *
 * @param http how to fetch
 */
record Downloads(HttpFile http) {

    private static final Duration CONNECTING = Duration.ofSeconds(20);
    private static final int SHORT_SUM = 16;

    /** Follows redirects, and has the patience that a busy publisher needs. */
    static Downloads patiently() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECTING)
                .build();
        return new Downloads(new HttpFile(client, Duration.ofSeconds(60)));
    }

    /**
     * Returns the published file, verified against the publisher's list; downloads it if it is not here.
     *
     * @param image what to fetch
     * @param directory where this image's downloads lie, and nothing else; earlier publications are removed from it
     * @param progress is told how far it got
     * @throws HostUnreachable when there is no connection to the publisher
     * @throws HarnessException when the download fails in any other way, or the file is not what the list says
     */
    Path fetch(PublishedImage image, Path directory, ImageProgress progress) throws IOException {
        Files.createDirectories(directory);
        String expected = publishedSum(image);
        Path whole = directory.resolve(expected + ".qcow2");
        Path part = directory.resolve(expected + ".part");
        dropOutdated(directory, Set.of(whole, part));
        if (Files.exists(whole)) {
            return whole;
        }
        boolean resumed = Files.exists(part);
        progress.step((resumed ? "Resuming the download of " : "Downloading ") + image.url());
        http.download(image.url(), part, progress);
        String actual = Sha512.of(part);
        if (actual.equals(expected)) {
            DurableFiles.publish(part, whole);
            return whole;
        }
        Files.delete(part);
        if (resumed) {
            progress.step("The resumed file is not what the publisher's list says; starting over");
            return fetch(image, directory, progress); // with nothing to resume, hence once
        }
        throw wrongSum(image, expected, actual);
    }

    private String publishedSum(PublishedImage image) throws IOException {
        URI list = image.checksumsUrl();
        return new ChecksumList(http.text(list)).sumOf(image.fileName()).orElseThrow(() -> new HarnessException(
                Kind.STEP,
                "The image cannot be verified: " + list + " has no SHA-512 sum of " + image.fileName() + ".",
                "",
                "correct \"checksumsUrl\" or \"url\" in the image's definition"));
    }

    private static void dropOutdated(Path directory, Set<Path> current) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(directory)) {
            all = files.toList();
        }
        for (Path file : all) {
            if (!current.contains(file)) {
                Files.delete(file);
            }
        }
    }

    private static HarnessException wrongSum(PublishedImage image, String expected, String actual) {
        return new HarnessException(
                Kind.STEP,
                "The image from " + image.url() + " has a wrong checksum; it was thrown away.",
                "SHA-512 " + actual.substring(0, SHORT_SUM) + "…, and the publisher's list says "
                        + expected.substring(0, SHORT_SUM) + "…",
                "try again; if it stays so, somebody altered the file on its way, or the publisher is just replacing it");
    }
}
