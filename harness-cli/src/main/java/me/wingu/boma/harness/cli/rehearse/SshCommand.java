package me.wingu.boma.harness.cli.rehearse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.guest.SshEndpoint;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Opens a shell on the host's virtual machine. */
@Command(name = "ssh", description = "Opens a shell on the host's virtual machine.", mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class SshCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND", description = "A command to run instead of a shell.")
    private List<String> command = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LabSession session = new LabSession(System.err);
        session.profiles().load(host.name());
        SshEndpoint guest = session.with(lab -> lab.endpoint(host.name()));
        Path knownHosts = Files.createTempFile("boma-it-known-hosts", "");
        try {
            Files.writeString(knownHosts, guest.knownHostsLine() + "\n");
            List<String> words = new ArrayList<>(List.of(
                    "ssh", "-i", guest.privateKey().toString(), "-o", "UserKnownHostsFile=" + knownHosts,
                    "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=yes",
                    guest.user() + "@" + guest.address()));
            words.addAll(isSetApart() ? command.subList(1, command.size()) : command);
            return new ProcessBuilder(words).inheritIO().start().waitFor();
        } finally {
            Files.delete(knownHosts);
        }
    }

    /** Whether the command comes after {@code --}. */
    private boolean isSetApart() {
        return !command.isEmpty() && command.get(0).equals("--");
    }
}
