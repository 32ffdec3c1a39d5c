package me.wingu.boma.harness.rehearsal;

import java.util.Optional;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.ConsoleTestimony;
import me.wingu.boma.harness.diagnostics.GuestCollector;
import me.wingu.boma.harness.diagnostics.RunDirectory;

/** Saves what can be learned of a guest that failed: by SSH when it answers, and from the console in any case. */
final class Witness {

    private static final String CONSOLE = "console.log";

    private final RunDirectory directory;

    Witness(RunDirectory directory) {
        this.directory = directory;
    }

    /** Collects everything. Never throws: the failure that led here is the one to be told. */
    void testify(Optional<GuestMachine> guest) {
        if (guest.isEmpty()) {
            return;
        }
        try {
            console(guest);
        } catch (RuntimeException e) {
            directory.write("collection-of-console-failed.txt", e.getMessage() + "\n");
        }
        try {
            reachableShell(guest.get());
        } catch (RuntimeException e) {
            directory.write("collection-by-ssh-failed.txt", e.getMessage() + "\n" + testimony(guest.get()));
        }
    }

    private static String testimony(GuestMachine guest) {
        return ConsoleTestimony.ofLastBoot(guest.console()).reasons().stream()
                .map(reason -> "the console testifies: " + reason + "\n")
                .collect(Collectors.joining());
    }

    private void reachableShell(GuestMachine guest) {
        Optional<String> obstacle = guest.domain().lease().isEmpty()
                ? Optional.of("the guest has no address")
                : guest.shell().tryConnect();
        if (obstacle.isPresent()) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Collecting from " + guest.domain().name() + " over SSH failed; the console is the only witness.",
                    obstacle.get(),
                    "read " + directory.file(CONSOLE));
        }
        new GuestCollector().collect(guest.shell()).forEach(directory::write);
    }

    /** Saves the console alone. */
    void console(Optional<GuestMachine> guest) {
        guest.ifPresent(g -> directory.write(CONSOLE, g.console()));
    }
}
