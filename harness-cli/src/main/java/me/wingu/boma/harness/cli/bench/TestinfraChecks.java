package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.guest.SshEndpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks with testinfra, as Debian packages it: OpenSSH with a persistent connection, without pytest around it. */
final class TestinfraChecks implements Checker {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SshEndpoint guest;
    private final Path scratch;

    /**
     * Creates the checker.
     *
     * @param guest where the guest is reached
     * @param scratch a directory for what OpenSSH and Python read
     */
    TestinfraChecks(SshEndpoint guest, Path scratch) {
        this.guest = guest;
        this.scratch = scratch;
    }

    @Override
    public String name() {
        return "testinfra";
    }

    @Override
    public Duration time(List<Check> checks) {
        try {
            Path knownHosts = Files.writeString(scratch.resolve("known_hosts"), guest.knownHostsLine() + "\n");
            Path config = Files.writeString(scratch.resolve("ssh_config"), config(knownHosts));
            Path program = Files.writeString(scratch.resolve("checks.py"), Resource.text("checks.py"));
            // Debian's own Python: it is the one that Debian's testinfra is installed for.
            Process process = new ProcessBuilder(
                            "/usr/bin/python3", program.toString(), "ssh://guest", config.toString())
                    .redirectError(scratch.resolve("stderr").toFile())
                    .start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(JSON.writeValueAsString(checks));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw failed(Files.readString(scratch.resolve("stderr")));
            }
            return judged(JSON.readTree(output), checks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    private Duration judged(JsonNode answer, List<Check> checks) {
        if (answer.path("made").asInt() != checks.size() || !answer.path("failed").isEmpty()) {
            throw new AssertionError("testinfra did not make all checks, or they failed: " + answer);
        }
        return Duration.ofMillis(answer.path("ms").asLong());
    }

    private String config(Path knownHosts) {
        return """
                Host guest
                  HostName %s
                  Port %d
                  User %s
                  IdentityFile %s
                  IdentitiesOnly yes
                  UserKnownHostsFile %s
                  StrictHostKeyChecking yes
                """
                .formatted(guest.address(), guest.port(), guest.user(), guest.privateKey(), knownHosts);
    }

    private static HarnessException failed(String seen) {
        return new HarnessException(
                Kind.MACHINE, "Checking with testinfra failed.", seen.strip(), "apt-get install python3-testinfra");
    }
}
