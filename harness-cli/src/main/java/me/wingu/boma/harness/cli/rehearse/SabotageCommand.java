package me.wingu.boma.harness.cli.rehearse;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.junit.HostTestReport;
import me.wingu.boma.harness.junit.HostTestReport.Ending;
import me.wingu.boma.harness.junit.HostTests;
import me.wingu.boma.harness.profile.Defect;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Interruption;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Plants defects on a good host, one at a time, and sees whether the host's tests notice. */
@Command(
        name = "sabotage",
        description = "Plants the defects of the profile's sabotage.yml on a good host, one at a time, and runs the host's"
                + " tests, which do not know them. Each must be caught.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class SabotageCommand implements Callable<Integer> {

    private static final Duration PLANTING = Duration.ofMinutes(2);

    @Mixin
    private HostParameter host = new HostParameter();

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these defects.")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print the result as JSON, in the last line of standard output.")
    private boolean json;

    /** How one defect fared: the first test that failed, or why it could not be planted. */
    private record Trial(Defect defect, Optional<String> caughtBy, Optional<String> unplanted) {

        boolean missed() {
            return caughtBy.isEmpty() && unplanted.isEmpty();
        }
    }

    @Override
    public Integer call() {
        PrintStream people = json ? System.err : System.out;
        LabSession session = new LabSession(people);
        RehearsalPlan plan =
                RehearsalPlan.of(session.profiles().load(host.name()), Optional.empty(), Optional.empty(), false);
        List<Defect> defects = chosen(plan.profile());
        if (tests().isEmpty()) { // nothing could catch a defect; making the host takes minutes
            throw TestRun.none(host.name());
        }
        List<Trial> trials = new ArrayList<>();
        makeHost(session, plan); // when that is refused, the guest that is there is not ours to destroy
        Interruption interruption = Interruption.tidiedBy(() -> session.with(lab -> lab.down(host.name())));
        try {
            String good = judgedGood(session);
            for (Defect defect : defects) {
                trials.add(attempt(session, good, defect));
                people.println(told(trials.get(trials.size() - 1)));
            }
        } finally {
            session.resuming(host.name(), rehearsal -> {
                rehearsal.down();
                return "";
            });
            interruption.close();
        }
        return report(people, trials);
    }

    private List<Defect> chosen(HostProfile profile) {
        List<Defect> all = Defect.of(profile);
        Path file = profile.directory().resolve("sabotage.yml");
        if (all.isEmpty()) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Host " + host.name() + " has no defects to plant.",
                    file + (Files.exists(file) ? " names none" : " is missing"),
                    "write defects into that file; docs/site.md shows how");
        }
        List<String> known = all.stream().map(Defect::name).toList();
        List<String> unknown = only.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Host " + host.name() + " has no defect " + String.join(", ", unknown) + ".",
                    file + " does not name it",
                    "known: " + String.join(", ", known));
        }
        return only.isEmpty() ? all : all.stream().filter(defect -> only.contains(defect.name())).toList();
    }

    /** Makes the host as it should be, and leaves it for its tests; what fails half-way is taken away again. */
    private static void makeHost(LabSession session, RehearsalPlan plan) {
        session.with(lab -> {
            try (Rehearsal rehearsal = lab.begin(plan)) {
                boolean made = false;
                try {
                    rehearsal.up();
                    rehearsal.apply(false);
                    made = true;
                } finally {
                    if (made) {
                        rehearsal.leave();
                    } else if (rehearsal.hasGuest()) {
                        rehearsal.down();
                    }
                }
                return "";
            }
        });
    }

    /**
     * Has the host judged as it should be: a test that fails here proves nothing later.
     *
     * @return the checkpoint of the good host
     */
    private String judgedGood(LabSession session) {
        HostTestReport report = tests().run();
        if (!report.failures().isEmpty() || report.names(Ending.PASSED).isEmpty()) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "The host is not good before any sabotage: its tests fail.",
                    report.failures().toString(),
                    "./boma-it cycle " + host.name());
        }
        return session.resuming(host.name(), rehearsal -> rehearsal.checkpoint("the good host"));
    }

    private HostTests tests() {
        return TestRun.find(host.name()).with("boma.attach", "true").with("boma.failFast", "true");
    }

    private Trial attempt(LabSession session, String good, Defect defect) {
        try {
            session.resuming(host.name(), rehearsal -> {
                rehearsal.returnTo(good);
                plant(rehearsal, defect);
                return "";
            });
        } catch (HarnessException e) {
            return new Trial(defect, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
        return new Trial(defect, tests().run().names(Ending.FAILED).stream().findFirst(), Optional.empty());
    }

    private static void plant(Rehearsal rehearsal, Defect defect) {
        CommandResult planted =
                rehearsal.vm().shell().run(defect.script(), rehearsal.vm().patience(PLANTING));
        if (!planted.succeeded()) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Planting the defect " + defect.name() + " failed.",
                    "exit status " + planted.exitStatus() + "\n" + planted.stderr(),
                    "correct its \"plant\": it no longer fits the host");
        }
        if (defect.reboots()) {
            rehearsal.reboot(RebootKind.CLEAN);
        }
    }

    private static String told(Trial trial) {
        String name = trial.defect().name();
        if (trial.unplanted().isPresent()) {
            return "NOT PLANTED  " + name + ": " + trial.unplanted().get();
        }
        return trial.caughtBy().map(test -> "caught  " + name + " by " + test)
                .orElseGet(() -> "MISSED  " + name + ": " + trial.defect().defect());
    }

    private int report(PrintStream people, List<Trial> trials) {
        Map<String, String> caught = new LinkedHashMap<>();
        Map<String, String> unplanted = new LinkedHashMap<>();
        trials.forEach(trial -> {
            trial.caughtBy().ifPresent(test -> caught.put(trial.defect().name(), test));
            trial.unplanted().ifPresent(why -> unplanted.put(trial.defect().name(), why));
        });
        List<String> missed =
                trials.stream().filter(Trial::missed).map(trial -> trial.defect().name()).toList();
        int applied = trials.size() - unplanted.size();
        people.printf(
                "%n%s: %d defects applied, %d caught, %d missed, %d not planted%n",
                host.name(), applied, caught.size(), missed.size(), unplanted.size());
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("host", host.name());
            map.put("applied", applied);
            map.put("caught", caught.size());
            map.put("missed", missed);
            map.put("notPlanted", unplanted);
            map.put("caughtBy", caught);
            System.out.println(JsonMapper.shared().writeValueAsString(map));
        }
        return missed.isEmpty() && unplanted.isEmpty() ? 0 : 1;
    }
}
