package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.hypervisor.DomainEvent;

/**
 * Reboots a guest and proves it: the boot id changed, the hypervisor saw the guest reset itself (or we pulled the plug
 * ourselves), and the console shows the end of one kernel and the first line of the next.
 */
final class RebootStep {

    private static final Pattern RESTARTING = Pattern.compile("reboot: Restarting system|reboot: machine restart");
    private static final Pattern NEW_KERNEL = Pattern.compile("\\[ *0\\.000000\\] Linux version \\S+");

    private final Timing timing;

    RebootStep(Timing timing) {
        this.timing = timing;
    }

    /**
     * Reboots a guest.
     *
     * @param down is called as soon as the old kernel is gone
     * @return what proves it; nothing of the boot was watched yet
     */
    Reboot reboot(GuestMachine guest, RebootKind kind, Runnable down) {
        String before = guest.bootId();
        int mark = guest.consoleLength();
        Instant ordered = Instant.now();
        DomainEvent seen = kind == RebootKind.CLEAN ? resetByGuest(guest, ordered, down) : pullThePlug(guest, ordered, down);
        String after =
                guest.awaitBoot("booting again, after " + seen + " at " + seen.at(), Optional.of(before), ordered);
        Duration took = Duration.between(ordered, Instant.now());
        List<String> evidence = new ArrayList<>();
        evidence.add("boot id: " + before + " -> " + after);
        evidence.add("hypervisor: " + seen + " at " + seen.at());
        evidence.addAll(onConsole(guest, mark, kind));
        return new Reboot(kind.label(), before, after, took.toMillis(), evidence, Optional.empty());
    }

    private DomainEvent resetByGuest(GuestMachine guest, Instant ordered, Runnable down) {
        guest.run("systemctl reboot --no-block");
        guest.shell().disconnect();
        DomainEvent reset = guest.await(
                "the reset",
                "shutting down, ordered at " + ordered,
                timing.shutdown(),
                ordered,
                () -> first(guest, ordered, DomainEvent.Kind.GUEST_RESET));
        down.run();
        return reset;
    }

    private DomainEvent pullThePlug(GuestMachine guest, Instant ordered, Runnable down) {
        guest.shell().disconnect();
        guest.domain().powerOff();
        DomainEvent stopped = first(guest, ordered, DomainEvent.Kind.STOPPED)
                .orElseGet(() -> new DomainEvent(
                        Instant.now(), guest.domain().name(), DomainEvent.Kind.STOPPED, "power cut by the harness"));
        down.run();
        guest.domain().start();
        return stopped;
    }

    private static Optional<DomainEvent> first(GuestMachine guest, Instant since, DomainEvent.Kind kind) {
        return guest.domain().events(since).stream()
                .filter(e -> e.kind() == kind)
                .findFirst();
    }

    private static List<String> onConsole(GuestMachine guest, int mark, RebootKind kind) {
        List<String> lines = guest.consoleSince(mark).lines().toList();
        List<String> evidence = new ArrayList<>();
        int end = kind == RebootKind.CLEAN ? find(lines, RESTARTING, 0) : 0;
        int start = find(lines, NEW_KERNEL, Math.max(end, 0));
        if (end >= 0 && kind == RebootKind.CLEAN) {
            evidence.add("console: " + lines.get(end).strip());
        }
        if (start >= 0) {
            evidence.add("console: " + shortened(lines.get(start).strip()));
        }
        if (end < 0 || start < 0) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Proving the reboot of " + guest.domain().name() + " failed: the console does not show it.",
                    (end < 0 ? "no line of a restarting kernel; " : "") + (start < 0 ? "no first line of a kernel; " : "")
                            + "the console said since the order:\n"
                            + String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size())),
                    "let the guest's kernel write to its console: console=ttyS0, without quiet");
        }
        return evidence;
    }

    private static int find(List<String> lines, Pattern pattern, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).find()) {
                return i;
            }
        }
        return -1;
    }

    private static String shortened(String line) {
        return line.length() <= 100 ? line : line.substring(0, 99) + "…";
    }
}
