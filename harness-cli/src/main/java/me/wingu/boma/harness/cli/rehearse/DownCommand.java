package me.wingu.boma.harness.cli.rehearse;

import java.util.concurrent.Callable;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Destroys the host's virtual machine and everything that belongs to it. */
@Command(
        name = "down",
        description = "Destroys the host's virtual machine and everything that belongs to it.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class DownCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Override
    public Integer call() {
        LabSession session = new LabSession(System.out);
        session.profiles().load(host.name());
        return session.with(lab -> {
            System.out.println(
                    lab.down(host.name()) ? host.name() + " is down." : "There was no guest of " + host.name() + ".");
            return 0;
        });
    }
}
