package me.wingu.boma.harness.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/**
 * Fetches files over HTTP.
 *
 * @param client the client, with its connect timeout
 * @param patience how long a server may stay silent, before its answer and in the middle of it
 */
record HttpFile(HttpClient client, Duration patience) {

    static final int OK = 200;

    /** So often in succession may an attempt end without having brought anything. */
    private static final int FRUITLESS_ATTEMPTS = 3;

    /**
     * Returns a small text.
     *
     * @throws HostUnreachable when there is no connection
     */
    String text(URI url) throws HostUnreachable {
        try {
            HttpResponse<String> answer = send(url, Optional.empty(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != OK) {
                throw refused(url, answer.statusCode());
            }
            return answer.body();
        } catch (HostUnreachable e) {
            throw e;
        } catch (IOException e) {
            throw broken(url, e, "try again");
        }
    }

    /**
     * Downloads a file, going on where an earlier download of it ended, and by itself after an interruption.
     *
     * @param url the file
     * @param part what there is of it, or nothing; afterwards all that the server has
     * @param progress is told how far it got
     * @throws HostUnreachable when the first attempt finds no connection
     * @throws HarnessException when the server refuses, or attempts stay fruitless; the part stays
     */
    void download(URI url, Path part, ImageProgress progress) throws IOException {
        int fruitless = 0;
        boolean connected = false;
        while (true) {
            long before = Attempt.length(part);
            try {
                new Attempt(this, url, part).run(progress);
                return;
            } catch (IOException e) {
                if (e instanceof HostUnreachable && !connected) {
                    throw e;
                }
                connected = true;
                fruitless = Attempt.length(part) > before ? 0 : fruitless + 1;
                if (fruitless == FRUITLESS_ATTEMPTS) {
                    throw broken(url, e, "try again: the download goes on at " + Attempt.length(part) + " bytes");
                }
                progress.step("The download broke off (" + e.getMessage() + "); going on");
            }
        }
    }

    <T> HttpResponse<T> send(URI url, Optional<String> range, BodyHandler<T> handler) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(patience);
        range.ifPresent(value -> request.header("Range", value));
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw HostUnreachable.tells(e) ? new HostUnreachable(url, e) : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken(url, e, "");
        }
    }

    static HarnessException refused(URI url, int status) {
        return new HarnessException(
                Kind.STEP,
                "Downloading " + url + " failed.",
                "the server answered with status " + status,
                "correct \"published\" in the image's definition, or remove it: then the image is built from packages");
    }

    private static HarnessException broken(URI url, Exception cause, String next) {
        String seen = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new HarnessException(Kind.STEP, "Downloading " + url + " failed.", seen, next, cause);
    }
}
