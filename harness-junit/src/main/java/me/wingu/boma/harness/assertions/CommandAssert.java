package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.guest.CommandResult;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on a command that a test ran on a host, for what has no assertions of its own.
 *
 * <pre>{@code
 * assertThat(vm.run("nginx -t")).succeeded();                      // passes when the configuration is right
 * assertThat(vm.run("id -un")).printed("root");                    // fails for another user
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class CommandAssert extends StateAssert<CommandAssert, CommandResult> {

    /** Creates the assertions. */
    public CommandAssert(CommandResult actual) {
        super(actual, CommandAssert.class, "command");
    }

    /** Verifies that it ended with status 0. */
    public CommandAssert succeeded() {
        return exited(0);
    }

    /** Verifies its exit status, 0 to 255. */
    public CommandAssert exited(int status) {
        return check(actual.exitStatus() == status, "Expecting exit status " + status + ".", seen());
    }

    /** Verifies that it printed this text somewhere on its standard output. */
    public CommandAssert printed(String text) {
        Wording.requireText(text, "text");
        return check(actual.stdout().contains(text), "Expecting the output to contain \"" + text + "\".", seen());
    }

    private List<String> seen() {
        return Stream.of(Stream.of("exit status " + actual.exitStatus()), actual.stdout().lines(), actual.stderr().lines())
                .flatMap(part -> part)
                .toList();
    }
}
