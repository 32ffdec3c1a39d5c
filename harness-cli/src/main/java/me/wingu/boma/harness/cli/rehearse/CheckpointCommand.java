package me.wingu.boma.harness.cli.rehearse;

import java.util.List;
import me.wingu.boma.harness.rehearsal.SavedGuest;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists and removes saved guests. */
@Command(
        name = "checkpoint",
        description = "Lists and removes saved guests, which fast runs go on from.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class CheckpointCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Refuses the bare command: it names no work. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command: list or prune.");
    }

    @Command(
            name = "list",
            description = "Lists the saved guests, the most recently used first, and says what outdated them.",
            mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
        LabSession session = new LabSession(System.err);
        List<SavedGuest> saved = session.with(lab -> lab.savedGuests(session.profiles()));
        if (json) {
            System.out.println(PrettyJson.of(saved));
        } else if (saved.isEmpty()) {
            System.out.println("There is none.");
        } else {
            saved.forEach(System.out::println);
        }
        return 0;
    }

    @Command(
            name = "prune",
            description = "Removes the saved guests that are damaged, unused for too long, or too much.",
            mixinStandardHelpOptions = true)
    int prune(@Option(names = "--all", description = "Remove all of them.") boolean all) {
        List<String> gone = new LabSession(System.out).with(lab -> lab.pruneSavedGuests(all));
        gone.forEach(name -> System.out.println("removed " + name));
        if (gone.isEmpty()) {
            System.out.println("Nothing was removed.");
        }
        return 0;
    }
}
