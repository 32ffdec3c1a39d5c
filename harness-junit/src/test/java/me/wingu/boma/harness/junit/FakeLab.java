package me.wingu.boma.harness.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.profile.DemoProject;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Demo;
import me.wingu.boma.harness.rehearsal.FakeHypervisor;
import me.wingu.boma.harness.rehearsal.FakeSite;
import me.wingu.boma.harness.rehearsal.ImageSource;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabParts;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Progress;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real lab over a hypervisor in memory, with a profile of the host {@code demo}; runs test classes in it. */
final class FakeLab {

    /** What this lab's redaction strikes out. */
    static final String SECRET = "hunter2hunter2";

    /** Also for the threads that JUnit starts in a run. */
    private static final ThreadLocal<FakeLab> CURRENT = new InheritableThreadLocal<>();

    private final DemoProject project;
    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final List<String> story = new CopyOnWriteArrayList<>();
    private Optional<HarnessException> siteFailure = Optional.empty();
    private Optional<HarnessException> unavailable = Optional.empty();

    FakeLab(Path directory) {
        this.project = new DemoProject(directory);
        project.write("image.qcow2", "an image");
    }

    /** Adds another host like {@code demo}. */
    FakeLab add(String host) {
        project.write("profiles/" + host + "/profile.json", "{\"roles\": [\"base\"]}\n");
        project.write("profiles/" + host + "/overlay.yml", "# nothing differs\n");
        return this;
    }

    /** The way in for the extension, which makes it from its name. */
    static final class Provider implements LabProvider {

        @Override
        public Lab open(Profiles profiles) {
            return CURRENT.get().open();
        }
    }

    FakeHypervisor hypervisor() {
        return hypervisor;
    }

    /** Returns what happened, in order: the site's applications, and what tests told. */
    List<String> story() {
        return story;
    }

    /** Adds a line to the story of the lab in use. */
    static void tell(String line) {
        CURRENT.get().story.add(line);
    }

    void failApplying(HarnessException failure) {
        siteFailure = Optional.of(failure);
    }

    void beUnavailable(HarnessException failure) {
        unavailable = Optional.of(failure);
    }

    Lab open() {
        story.add("open");
        unavailable.ifPresent(failure -> {
            throw failure;
        });
        return new Lab(
                Demo.settings(project.directory()).withMaxVms(LabSettings.ofThisProcess().maxVms()),
                new LabParts(
                        hypervisor,
                        this::image,
                        hypervisor::connect,
                        new FakeSite(this::applied),
                        text -> text.replace(SECRET, "********"),
                        Set.of()),
                Progress.SILENT);
    }

    /** Does what {@code ./boma-it up} does. */
    void leaveMachine() {
        RehearsalPlan plan = RehearsalPlan.of(profiles().load("demo"), Optional.empty(), Optional.empty(), false);
        try (Lab earlier = open(); Rehearsal rehearsal = earlier.begin(plan)) {
            rehearsal.up();
            rehearsal.leave();
        }
    }

    Profiles profiles() {
        return project.profiles();
    }

    /** Runs one test class, as {@link #run(List, String...)} does several. */
    EngineExecutionResults run(Class<?> testClass, String... parameters) {
        return run(List.of(testClass), parameters);
    }

    /** Runs test classes with configuration parameters, given as {@code key=value}; fresh unless they say otherwise. */
    EngineExecutionResults run(List<Class<?>> testClasses, String... parameters) {
        CURRENT.set(this);
        System.setProperty("boma.profiles", project.path("profiles").toString());
        try {
            EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("boma.lab", Provider.class.getName());
            if (Stream.of(parameters).noneMatch(p -> p.startsWith("boma.fast="))) {
                kit.configurationParameter("boma.fresh", "true"); // whatever runs the tests of the harness itself
            }
            testClasses.forEach(c -> kit.selectors(selectClass(c)));
            Stream.of(parameters)
                    .map(p -> p.split("=", 2))
                    .forEach(p -> kit.configurationParameter(p[0], p[1]));
            return kit.execute();
        } finally {
            System.clearProperty("boma.profiles");
            CURRENT.remove();
        }
    }

    /** Returns what the last run says of itself. */
    JsonNode record() throws IOException {
        try (Stream<Path> runs = Files.list(project.path("runs"))) {
            Path last = runs.max(Comparator.naturalOrder()).orElseThrow();
            return JsonMapper.shared().readTree(Files.readString(last.resolve("run.json")));
        }
    }

    private ImageSource.Image image(String name, Progress progress) {
        return new ImageSource.Image(name, project.path("image.qcow2"), "0".repeat(128));
    }

    private void applied() {
        story.add("apply");
        siteFailure.ifPresent(failure -> {
            throw failure;
        });
    }
}
