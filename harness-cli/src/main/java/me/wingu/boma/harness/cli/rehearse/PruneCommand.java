package me.wingu.boma.harness.cli.rehearse;

import java.util.List;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.rehearsal.Lab;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;

/** Destroys whatever rehearsals left. */
@Command(
        name = "prune",
        description = "Destroys every leftover boma-it VM with its disk, seed, keys and network; not those that a"
                + " running process works on.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class PruneCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        List<String> gone = new LabSession(System.out).with(Lab::prune);
        gone.forEach(name -> System.out.println("removed " + name));
        if (gone.isEmpty()) {
            System.out.println("Nothing was left.");
        }
        return 0;
    }
}
