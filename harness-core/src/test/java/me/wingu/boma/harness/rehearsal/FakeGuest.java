package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.rehearsal.FakeHypervisor.Fault;

/** The shell of a machine in memory; it understands what a rehearsal asks. */
final class FakeGuest implements GuestConnection {

    private final SshEndpoint endpoint;
    private final FakeDomain domain;

    FakeGuest(SshEndpoint endpoint, FakeDomain domain) {
        this.endpoint = endpoint;
        this.domain = domain;
    }

    @Override
    public SshEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public Optional<String> tryConnect() {
        return domain.isReachable() && domain.isAt(endpoint.address()) ? Optional.empty() : Optional.of("No route to host");
    }

    @Override
    public CommandResult run(String script, Duration deadline) {
        tryConnect().ifPresent(obstacle -> {
            throw new HarnessException(HarnessException.Kind.STEP, "Reaching " + endpoint + " failed.", obstacle, "");
        });
        switch (domain.breaksOff()) {
            case 2 -> throw new HarnessException(
                    HarnessException.Kind.STEP, "Running a script failed.", "the connection broke", "");
            case 1 -> {
                return new CommandResult(-1, "", "", Duration.ofMillis(1)); // killed: no exit status, no output
            }
            default -> {}
        }
        return new CommandResult(0, answer(script), "", Duration.ofMillis(1));
    }

    private String answer(String script) {
        if (script.contains("boma-it collects")) {
            return "\n=== boma-it collects nft-ruleset.txt\ntable inet filter {\n}\n";
        }
        if (script.contains("collect_nftables")) {
            domain.isRead();
            return "nonce\n";
        }
        if (script.startsWith("date -u -s")) { // what a restored guest is woken up with
            domain.isWokenUp();
            return "boot " + domain.bootId() + "\nclock " + System.currentTimeMillis() / 1000.0 + "\n";
        }
        if (script.startsWith("cat /proc/sys/kernel/random/boot_id")) {
            return domain.bootId() + "\n";
        }
        if (script.startsWith("systemctl reboot")) {
            domain.resetItself();
            return "";
        }
        if (script.contains("is-system-running")) {
            return domain.has(Fault.FAILED_UNIT) ? "degraded\nssh.service\n" : "running\n";
        }
        if (script.startsWith(ContainerStates.QUESTION) && domain.has(Fault.CONTAINER_IS_STARTING)) {
            String health = domain.asksForContainers() == 1 ? "health: starting" : "healthy";
            return "containers [{\"Id\":\"a\",\"State\":\"running\",\"Status\":\"Up 3 seconds (" + health + ")\"}]\n";
        }
        if (script.equals("cat /proc/uptime")) {
            return "12.50 20.00\n";
        }
        if (script.startsWith("systemctl show --value -p ActiveEnterTimestampMonotonic")) {
            return "5300000\n\n0\n";
        }
        return "";
    }

    @Override
    public void disconnect() {}

    @Override
    public void close() {}
}
