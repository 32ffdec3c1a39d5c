package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Progress;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.HostStateCollector;
import me.wingu.boma.harness.state.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how long 22 and 200 mixed checks of one guest take: with this harness from outside, with testinfra from
 * outside, and with goss inside the guest. All of them make the same checks, all of which hold, in turns.
 */
@Command(
        name = "checks",
        description = "Measures 22 and 200 checks of a guest beside testinfra and goss.",
        mixinStandardHelpOptions = true)
final class BenchChecksCommand implements Callable<Integer> {

    private static final int FEW = 22;
    private static final int MANY = 200;
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** What tells of the units the same as {@link Subject#STARTUP}: the slowest question of all, when systemctl asks it. */
    private static final String PLAIN = """
            systemctl show --no-pager -p Id,Names,Type,Result,ExecMainStatus,NRestarts,MainPID,InactiveExitTimestampMonotonic,\
            ActiveEnterTimestampMonotonic,After,Requires,Wants,WantedBy,TriggeredBy,Triggers,Listen,BindIPv6Only,NeedDaemonReload,\
            TimersCalendar,TimersMonotonic,NextElapseUSecRealtime \
            '*.service' '*.socket' '*.timer' '*.path' '*.mount' '*.target'
            """;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = "askari",
            paramLabel = "HOST",
            description = "The host whose image and size to use (${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "COUNT",
            description = "How often to measure; the median counts (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--goss", paramLabel = "FILE", description = "goss for the guest; by default that of the search path.")
    private Optional<Path> goss = Optional.empty();

    @Option(names = "--json", description = "Print the medians for machines.")
    private boolean json;

    private final Map<String, Sample> samples = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        Rounds.require("--rounds", rounds);
        goss.ifPresent(BenchChecksCommand::requireReadable);
        Profiles profiles = Profiles.discover();
        RehearsalPlan plan = RehearsalPlan.of(profiles.load(host), Optional.empty(), Optional.empty(), false);
        try (ScratchDirectory scratch = ScratchDirectory.create();
                Lab lab = Lab.open(LabSettings.ofThisProcess(), profiles, Progress.SILENT);
                Rehearsal rehearsal = lab.begin(plan)) {
            try {
                rehearsal.up();
                measure(rehearsal.vm(), lab, scratch.path());
            } finally {
                if (rehearsal.hasGuest()) {
                    rehearsal.down();
                }
            }
        }
        print();
        return 0;
    }

    /** A guest takes a minute to boot: what it would fail for in the end is told before. */
    private static void requireReadable(Path goss) {
        if (!Files.isRegularFile(goss) || !Files.isReadable(goss)) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE, "There is no goss to be read at " + goss + ".", "", "name the program: --goss FILE");
        }
    }

    private void measure(Vm vm, Lab lab, Path scratch) {
        Duration deadline = vm.patience(DEADLINE);
        List<Checker> checkers = new ArrayList<>();
        checkers.add(new OurChecks(vm.shell(), deadline));
        checkers.add(new TestinfraChecks(lab.endpoint(host), scratch));
        goss.or(() -> GossChecks.onPath().stream().findFirst())
                .ifPresent(binary -> checkers.add(new GossChecks(binary, vm.shell(), deadline)));
        CheckList list = CheckList.of(host, vm.state(), vm.shell(), deadline);
        measureState(vm, deadline);
        for (int round = 1; round <= rounds; round++) {
            for (int count : List.of(FEW, MANY)) {
                List<Check> checks = list.first(count);
                checkers.forEach(checker -> samples
                        .computeIfAbsent(checker.name() + count, name -> new Sample())
                        .add(checker.time(checks).toMillis()));
            }
            Collections.rotate(checkers, 1); // who comes later finds what others ran translated, on an emulated guest
            spec.commandLine().getErr().printf("round %d of %d: %s%n", round, rounds, samples);
            spec.commandLine().getErr().flush();
        }
    }

    /**
     * Everything in one execution, beside each subject in an execution of its own, of which the slowest counts, and beside the
     * slowest question as one would ask it without the harness.
     */
    private void measureState(Vm vm, Duration deadline) {
        HostStateCollector collector = new HostStateCollector(vm.shell(), deadline);
        Sample whole = samples.computeIfAbsent("state", name -> new Sample());
        Sample slowest = samples.computeIfAbsent("slowest", name -> new Sample());
        Sample plain = samples.computeIfAbsent("plain", name -> new Sample());
        for (int round = 1; round <= rounds; round++) {
            whole.add(collector.collect(host).took().toMillis());
            slowest.add(Subject.all().stream()
                    .mapToLong(subject -> collector.collect(host, List.of(subject)).took().toMillis())
                    .max()
                    .orElseThrow());
            plain.add(vm.shell().run(PLAIN, deadline).took().toMillis());
        }
    }

    private void print() {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            samples.forEach((name, sample) -> out.printf("%-13s ms  %s%n", name, sample));
            out.printf(Locale.ROOT, "faster than testinfra: %s times at %d checks, %s times at %d%n",
                    ratio("testinfra", FEW), FEW, ratio("testinfra", MANY), MANY);
            if (samples.containsKey("goss" + MANY)) {
                out.printf("goss inside the guest takes %s of our time at %d checks%n", ratio("goss", MANY), MANY);
            } else {
                out.println("goss was not measured: there is none on the search path, and none was named (--goss FILE)");
            }
            out.printf("the whole state takes %s times one plain systemctl show of its units, and %s times its slowest subject%n",
                    stateBy("plain"), stateBy("slowest"));
            return;
        }
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("ratio22", ratio("testinfra", FEW));
        numbers.put("ratio200", ratio("testinfra", MANY));
        numbers.put("stateRatio", stateBy("plain"));
        numbers.put("stateBySubjectRatio", stateBy("slowest"));
        numbers.put("gossRatio22", ratio("goss", FEW));
        numbers.put("gossRatio200", ratio("goss", MANY));
        samples.forEach((name, sample) ->
                numbers.put(name + "Ms", String.format(Locale.ROOT, "%.0f", sample.median())));
        List<String> pairs = numbers.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .toList();
        out.println("{" + String.join(",", pairs) + "}");
    }

    private String stateBy(String other) {
        return String.format(Locale.ROOT, "%.2f", samples.get("state").median() / samples.get(other).median());
    }

    /** Their time by ours; {@code null} for a tool that was not there. */
    private String ratio(String theirs, int count) {
        Optional<Sample> sample = Optional.ofNullable(samples.get(theirs + count));
        return sample.map(s -> String.format(Locale.ROOT, "%.2f", s.median() / samples.get("boma" + count).median()))
                .orElse("null");
    }
}
