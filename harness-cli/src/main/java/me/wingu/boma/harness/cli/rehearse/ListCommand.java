package me.wingu.boma.harness.cli.rehearse;

import java.util.List;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.rehearsal.GuestSummary;
import me.wingu.boma.harness.rehearsal.Lab;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the guests that are there. */
@Command(name = "list", description = "Lists the virtual machines of rehearsals.", mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ListCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<GuestSummary> guests = new LabSession(System.err).with(Lab::guests);
        if (json) {
            System.out.println(PrettyJson.of(guests));
        } else if (guests.isEmpty()) {
            System.out.println("There is none.");
        } else {
            guests.forEach(System.out::println);
        }
        return 0;
    }
}
