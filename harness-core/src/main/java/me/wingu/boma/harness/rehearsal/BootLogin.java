package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.GuestConnection;

/**
 * The login to a guest that boots, tried anew each time, and what the last try saw. One try is short: a connection that hangs, as one
 * may in a boot, must not use up the time of all others.
 */
final class BootLogin {

    /** From an open connection to the answer of the first command. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Supplier<GuestConnection> shell;
    private final Duration answer;
    private String seen = "not tried yet";

    /**
     * Creates the login; nothing is tried yet.
     *
     * @param shell the way to the guest by the address that it has now
     * @param timing how long an answer may take
     */
    BootLogin(Supplier<GuestConnection> shell, Timing timing) {
        this.shell = shell;
        this.answer = timing.scale(ANSWER);
    }

    /** Tries once. Returns the boot id of the kernel that answered. */
    Optional<String> bootId() {
        GuestConnection guest = shell.get();
        guest.disconnect();
        Optional<String> obstacle = guest.tryConnect();
        if (obstacle.isPresent()) {
            seen = guest.endpoint() + ": " + obstacle.get();
            return Optional.empty();
        }
        Optional<String> bootId = guest.tryRun(GuestMachine.BOOT_ID, answer)
                .filter(CommandResult::succeeded)
                .map(result -> result.stdout().strip());
        seen = guest.endpoint() + " let in, and " + bootId.map(id -> "boot " + id + " runs there").orElse("a command did not come to its end");
        return bootId;
    }

    /** Returns what the last try saw. */
    String seen() {
        return seen;
    }
}
