package me.wingu.boma.harness.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A network namespace that lasts as long as one script. */
public final class ScratchNamespace {

    private ScratchNamespace() {}

    /** Runs a POSIX shell script in a new namespace, and returns what it printed; it must end well. */
    public static String run(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("unshare", "-n", "sh", "-s").start();
        try (var input = shell.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return output;
    }
}
