package me.wingu.boma.harness.cli.rehearse;

import java.util.concurrent.Callable;
import me.wingu.boma.harness.rehearsal.RebootKind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reboots the host's virtual machine, and proves that it rebooted. */
@Command(
        name = "reboot",
        description = "Reboots the host's virtual machine, and proves that it rebooted.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class RebootCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "clean (default), or power-loss: as by pulling the plug.")
    private String kind = RebootKind.CLEAN.label();

    @Override
    public Integer call() {
        RebootKind wanted = RebootKind.of(kind);
        return new LabSession(System.out).resuming(host.name(), rehearsal -> {
            rehearsal.reboot(wanted).evidence().forEach(System.out::println);
            return 0;
        });
    }
}
