package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import me.wingu.boma.harness.cli.bench.LoopFigures.Figure;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.guest.SshShell;
import me.wingu.boma.harness.state.HostStateCollector;

/** The loop by Vagrant and testinfra: box, playbook, snapshots, as many reloads and checks as the cycle has reboots and tests. */
final class VagrantLoop {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final String host;
    private final int rounds;
    private final Optional<Cold> cold;
    private final LoopFigures figures;
    private final Consumer<String> said;

    /**
     * Prepares the measurement.
     *
     * @param host the host
     * @param rounds how often to restore the snapshot; at least 1
     * @param cold the cycle that it is compared with; without one there are no checks, and one reload
     * @param figures is given what was measured
     * @param said is told how far it is
     */
    VagrantLoop(String host, int rounds, Optional<Cold> cold, LoopFigures figures, Consumer<String> said) {
        this.host = host;
        this.rounds = rounds;
        this.cold = cold;
        this.figures = figures;
        this.said = said;
    }

    /** Measures one guest from its box to its last reload. */
    void measure(VagrantGuest guest, ScratchDirectory scratch) throws IOException {
        long up = guest.upAndProvision().toMillis();
        figures.add(Figure.VAGRANT_UP, up);
        said.accept("vagrant up --provision: " + up + " ms");
        figures.add(Figure.VAGRANT_SAVE, guest.save().toMillis());
        for (int round = 1; round <= rounds; round++) {
            long restore = guest.restore().toMillis();
            figures.add(Figure.VAGRANT_RESTORE, restore);
            said.accept("vagrant snapshot restore, round " + round + " of " + rounds + ": " + restore + " ms");
        }
        List<Check> checks = checks(guest.endpoint());
        long sum = up + testinfra(guest, checks, scratch);
        for (int reboot = 1; reboot <= cold.map(Cold::reboots).orElse(1); reboot++) {
            long reload = guest.reload().toMillis();
            figures.add(Figure.VAGRANT_RELOAD, reload);
            said.accept("vagrant reload: " + reload + " ms");
            sum += reload + testinfra(guest, checks, scratch);
        }
        if (cold.isPresent()) {
            figures.add(Figure.VAGRANT, sum);
        }
    }

    /** As many checks as the cycle has tests, shared out evenly among the guest's boots. */
    private List<Check> checks(SshEndpoint endpoint) {
        int count = cold.map(cycle -> cycle.tests() / (1 + cycle.reboots())).orElse(0);
        try (SshShell shell = new SshShell(endpoint)) {
            return CheckList.of(host, new HostStateCollector(shell, DEADLINE).collect(host), shell, DEADLINE)
                    .first(count);
        }
    }

    /** Makes the checks; returns how long they took, in milliseconds. */
    private long testinfra(VagrantGuest guest, List<Check> checks, ScratchDirectory scratch) {
        if (checks.isEmpty()) {
            return 0;
        }
        long took = new TestinfraChecks(guest.endpoint(), scratch.path()).time(checks).toMillis();
        figures.add(Figure.VAGRANT_CHECKS, took);
        return took;
    }
}
