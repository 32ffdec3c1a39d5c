package me.wingu.boma.harness.diagnostics;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What {@code run.json} says of one run. Scripts depend on its shape: a field is added, never changed, as long as
 * {@link #SCHEMA} stays the same.
 *
 * @param schema the version of this shape
 * @param host the rehearsed host
 * @param certs the cert tier's word
 * @param scenario the scenario, if the run had one
 * @param startedAt when the run began
 * @param outcome {@code passed}, {@code failed} (an assertion), {@code error} (a step), or {@code running} as long as
 *     nobody has judged
 * @param kept whether the virtual machine was left for inspection
 * @param image the golden image; empty before the first boot
 * @param accelerator {@code kvm} or {@code tcg}
 * @param restoredFrom the checkpoints that the run went on from, in order; empty when everything was done anew
 * @param steps the steps, in order
 * @param reboots the verified reboots of this very run, in order; those that a checkpoint rests on are told with it
 * @param tests how the assertions ended
 * @param files the other files of the run directory, by name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@JsonPropertyOrder({
    "schema",
    "host",
    "certs",
    "scenario",
    "startedAt",
    "outcome",
    "kept",
    "image",
    "accelerator",
    "restoredFrom",
    "steps",
    "reboots",
    "tests",
    "files"
})
public record RunRecord(
        int schema,
        String host,
        String certs,
        Optional<String> scenario,
        Instant startedAt,
        String outcome,
        boolean kept,
        Optional<Image> image,
        String accelerator,
        List<Restored> restoredFrom,
        List<Step> steps,
        List<Reboot> reboots,
        Tests tests,
        List<String> files) {

    /** The version of the shape that this class describes. */
    public static final int SCHEMA = 1;

    /**
     * The golden image of a run.
     *
     * @param name the definition's name
     * @param sha512 the image's own checksum, hexadecimal
     */
    public record Image(String name, String sha512) {}

    /**
     * A checkpoint that a run went on from. That is no reboot.
     *
     * @param stage how far the guest had come: {@code up}, {@code applied}, {@code applied+clean}
     * @param key what identifies the stage together with all that led to it
     * @param takenAt when the guest was saved
     * @param run the run directory of the run that saved it
     * @param reboots the verified reboots that it rests on, in order
     */
    public record Restored(String stage, String key, Instant takenAt, String run, List<Reboot> reboots) {

        /** Copies the list. */
        public Restored {
            reboots = List.copyOf(reboots);
        }
    }

    /**
     * One step of a run.
     *
     * @param name the step's name, such as {@code up}
     * @param startedAt when it began
     * @param durationMs how long it took, in milliseconds
     * @param status {@code passed} or {@code failed}
     * @param detail one line of what it found; may be empty
     */
    public record Step(String name, Instant startedAt, long durationMs, String status, String detail) {}

    /**
     * A boot as it was seen from outside. Times are milliseconds since the kernel's start.
     *
     * @param kernelStartedAt when the kernel started, by this machine's clock
     * @param precisionMs how far that may be off
     * @param firewallMs when the firewall was in force; empty when no unit loaded one
     * @param ports every port that was watched, from every vantage
     */
    public record SeenBoot(Instant kernelStartedAt, long precisionMs, Optional<Long> firewallMs, List<Port> ports) {

        /** Copies the list. */
        public SeenBoot {
            ports = List.copyOf(ports);
        }
    }

    /**
     * One port as one vantage saw it while the host booted.
     *
     * @param from the vantage; {@code stranger over IPv6} for the other IP version
     * @param service the port, such as {@code 443/tcp}
     * @param firstOpenMs when it first answered; empty when it never did
     * @param beforeFirewall whether it could be reached before the firewall was in force
     */
    public record Port(String from, String service, Optional<Long> firstOpenMs, boolean beforeFirewall) {}

    /**
     * How many assertions ended how.
     *
     * @param passed tests that passed
     * @param failed tests that failed or broke
     * @param skipped tests that did not run
     */
    public record Tests(int passed, int failed, int skipped) {}

    /** Copies the lists; a record of an earlier version has no checkpoints in it. */
    public RunRecord {
        restoredFrom = restoredFrom == null ? List.of() : List.copyOf(restoredFrom);
        steps = List.copyOf(steps);
        reboots = List.copyOf(reboots);
        files = List.copyOf(files);
    }

    /**
     * Begins a record.
     *
     * @param host the rehearsed host
     * @param certs the cert tier's word
     * @param scenario the scenario, if any
     * @param startedAt when the run began
     * @param accelerator {@code kvm} or {@code tcg}
     */
    public static RunRecord begin(
            String host, String certs, Optional<String> scenario, Instant startedAt, String accelerator) {
        return new RunRecord(
                SCHEMA,
                host,
                certs,
                scenario,
                startedAt,
                "running",
                false,
                Optional.empty(),
                accelerator,
                List.of(),
                List.of(),
                List.of(),
                new Tests(0, 0, 0),
                List.of());
    }

    RunRecord withImage(Image used) {
        return new RunRecord(
                schema, host, certs, scenario, startedAt, outcome, kept, Optional.of(used), accelerator,
                restoredFrom, steps, reboots, tests, files);
    }

    RunRecord withRestored(Restored restored) {
        return new RunRecord(
                schema, host, certs, scenario, startedAt, outcome, kept, image, accelerator,
                plus(restoredFrom, restored), steps, reboots, tests, files);
    }

    RunRecord withStep(Step step) {
        return new RunRecord(
                schema, host, certs, scenario, startedAt, outcome, kept, image, accelerator, restoredFrom,
                plus(steps, step), reboots, tests, files);
    }

    RunRecord withReboot(Reboot reboot) {
        return new RunRecord(
                schema, host, certs, scenario, startedAt, outcome, kept, image, accelerator, restoredFrom, steps,
                plus(reboots, reboot), tests, files);
    }

    /** Adds what was seen of the boot after the last reboot. */
    RunRecord withBoot(SeenBoot seen) {
        List<Reboot> changed = new ArrayList<>(reboots);
        int last = changed.size() - 1;
        changed.set(last, changed.get(last).with(seen));
        return new RunRecord(
                schema, host, certs, scenario, startedAt, outcome, kept, image, accelerator, restoredFrom, steps,
                changed, tests, files);
    }

    RunRecord withFiles(List<String> names) {
        return new RunRecord(
                schema, host, certs, scenario, startedAt, outcome, kept, image, accelerator, restoredFrom, steps,
                reboots, tests, names);
    }

    RunRecord withTests(Tests counted) {
        return new RunRecord(
                schema, host, certs, scenario, startedAt, outcome, kept, image, accelerator, restoredFrom, steps,
                reboots, counted, files);
    }

    RunRecord withOutcome(String judged, boolean left) {
        return new RunRecord(
                schema, host, certs, scenario, startedAt, judged, left, image, accelerator, restoredFrom, steps,
                reboots, tests, files);
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
