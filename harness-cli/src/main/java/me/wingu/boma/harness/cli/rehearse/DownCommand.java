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
        boolean there = session.with(lab -> lab.down(host.name())); // also of a host whose profile has a mistake since
        if (!there) {
            session.profiles().load(host.name());
        }
        System.out.println(there ? host.name() + " is down." : "There was no guest of " + host.name() + ".");
        return 0;
    }
}
