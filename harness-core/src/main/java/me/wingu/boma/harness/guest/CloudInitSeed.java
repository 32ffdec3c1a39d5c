package me.wingu.boma.harness.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.PrivateFiles;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What cloud-init tells a new guest about itself, by the NoCloud data source: its name, the account of the harness and
 * the host key that the harness pins.
 *
 * @param instanceId the identity of this guest; a new one makes cloud-init start over
 * @param hostname the guest's fully qualified or short host name
 * @param user the account to create, with password-less sudo
 * @param authorizedKey the public key that may log in, as one line
 * @param hostKey the guest's own host key pair
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CloudInitSeed(
        String instanceId, String hostname, String user, String authorizedKey, SshKeyPair hostKey) {

    /** The source of cloud-init's user data, with the private host key in it. */
    String userData() {
        String shortName = hostname.replaceFirst("\\..*", "");
        return """
                #cloud-config
                hostname: %s
                fqdn: %s
                prefer_fqdn_over_hostname: false
                manage_etc_hosts: false
                ssh_deletekeys: true
                ssh_genkeytypes: [ed25519]
                ssh_keys:
                  ed25519_private: |
                %s
                  ed25519_public: %s
                ssh_pwauth: false
                users:
                  - name: %s
                    gecos: rehearsal harness
                    shell: /bin/bash
                    lock_passwd: true
                    sudo: "ALL=(ALL) NOPASSWD:ALL"
                    ssh_authorized_keys:
                      - %s
                """
                .formatted(
                        shortName,
                        hostname,
                        hostKey.privateText().strip().indent(4).stripTrailing(),
                        hostKey.publicLine(),
                        user,
                        authorizedKey);
    }

    /** The source of cloud-init's meta data. */
    String metaData() {
        return "instance-id: %s\nlocal-hostname: %s\n"
                .formatted(instanceId, hostname.replaceFirst("\\..*", "").toLowerCase(Locale.ROOT));
    }

    /**
     * Writes the seed as an ISO 9660 image with the volume name that NoCloud looks for. Its sources, a private key among
     * them, lie beside it meanwhile: what removes a killed rehearsal's image removes them too.
     *
     * @param iso the file to write, in a directory that is there
     * @throws HarnessException when {@code xorriso} is missing or fails
     */
    public void writeTo(Path iso) {
        try {
            Path directory = Files.createTempDirectory(iso.toAbsolutePath().getParent(), "seed"); // mode 700
            try {
                Files.writeString(directory.resolve("user-data"), userData());
                Files.writeString(directory.resolve("meta-data"), metaData());
                pack(iso, directory);
            } finally {
                PrivateFiles.delete(directory);
            }
        } catch (IOException e) {
            throw failed(iso, e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(iso, "interrupted", e);
        }
    }

    private static void pack(Path iso, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        "xorriso", "-as", "mkisofs", "-quiet", "-o", iso.toString(), "-V", "cidata", "-J", "-R",
                        directory.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("xorriso: " + output.strip());
        }
    }

    private static HarnessException failed(Path iso, String seen, Exception cause) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "Writing the cloud-init seed " + iso + " failed.",
                seen,
                "check that xorriso is installed (./boma-it setup)",
                cause);
    }
}
