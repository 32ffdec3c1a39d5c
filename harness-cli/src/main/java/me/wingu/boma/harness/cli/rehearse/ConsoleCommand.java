package me.wingu.boma.harness.cli.rehearse;

import java.util.concurrent.Callable;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what the host's virtual machine wrote to its serial console. */
@Command(
        name = "console",
        description = "Prints what the host's virtual machine wrote to its serial console.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ConsoleCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Override
    public Integer call() {
        LabSession session = new LabSession(System.err);
        session.profiles().load(host.name());
        String text = session.with(lab -> lab.console(host.name()));
        System.out.print(text);
        System.out.flush();
        return 0;
    }
}
