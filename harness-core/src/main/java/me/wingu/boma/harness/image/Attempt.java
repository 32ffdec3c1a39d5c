package me.wingu.boma.harness.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One attempt to get the rest of a file, by a range request (RFC 9110, section 14).
 *
 * @param http how to ask
 * @param url the file
 * @param part what there is of it
 */
record Attempt(HttpFile http, URI url, Path part) {

    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int CHUNK_BYTES = 256 * 1024;

    /**
     * Gets the rest.
     *
     * @throws IOException when it breaks off; what has come is in the part
     */
    void run(ImageProgress progress) throws IOException {
        long have = length(part);
        Optional<String> range = Optional.of("bytes=" + have + "-").filter(rest -> have > 0);
        HttpResponse<InputStream> answer = http.send(url, range, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            String contentRange = answer.headers().firstValue("Content-Range").orElse("");
            switch (answer.statusCode()) {
                case HttpFile.OK -> // the whole file, whether or not we asked for the rest
                    copy(body, 0, length(answer), progress, StandardOpenOption.TRUNCATE_EXISTING);
                case PARTIAL_CONTENT -> {
                    if (!contentRange.startsWith("bytes " + have + "-")) {
                        throw startOver("the server sent another range than the one asked for: " + contentRange);
                    }
                    copy(body, have, have + length(answer), progress, StandardOpenOption.APPEND);
                }
                case RANGE_NOT_SATISFIABLE -> {
                    if (!contentRange.equals("bytes */" + have)) { // otherwise all of it is here
                        throw startOver("the server's file is shorter than what is here of it");
                    }
                }
                default -> throw HttpFile.refused(url, answer.statusCode());
            }
        }
    }

    static long length(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private static long length(HttpResponse<?> answer) {
        return answer.headers().firstValueAsLong("Content-Length").orElse(0);
    }

    private void copy(InputStream body, long offset, long total, ImageProgress progress, OpenOption option)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long here = offset;
        try (StallGuard guard = new StallGuard(body, http.patience());
                OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, option)) {
            for (int read = guard.read(chunk); read >= 0; read = guard.read(chunk)) {
                out.write(chunk, 0, read);
                here += read;
                progress.transferred(here, Math.max(total, here));
            }
        }
        if (here < total) {
            throw new IOException("the server sent " + here + " of " + total + " bytes");
        }
    }

    private IOException startOver(String why) throws IOException {
        Files.deleteIfExists(part);
        return new IOException(why + "; starting over");
    }
}
