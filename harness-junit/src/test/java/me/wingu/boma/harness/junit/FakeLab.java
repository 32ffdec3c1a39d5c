package me.wingu.boma.harness.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Demo;
import me.wingu.boma.harness.rehearsal.FakeHypervisor;
import me.wingu.boma.harness.rehearsal.ImageSource;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabParts;
import me.wingu.boma.harness.rehearsal.Progress;
import me.wingu.boma.harness.rehearsal.SiteApplier;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real lab over a hypervisor in memory, with a profile of the host {@code demo}; runs test classes in it. */
final class FakeLab implements SiteApplier {

    /** What this lab's redaction strikes out. */
    static final String SECRET = "hunter2hunter2";

    private static final ThreadLocal<FakeLab> CURRENT = new ThreadLocal<>();

    private final Path directory;
    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final List<String> story = new ArrayList<>();
    private Optional<HarnessException> siteFailure = Optional.empty();
    private Optional<HarnessException> unavailable = Optional.empty();

    FakeLab(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("profiles/demo"));
        Files.createDirectories(directory.resolve("profiles/site/roles/base"));
        Files.writeString(directory.resolve("profiles/site/site.yml"), "- hosts: all\n");
        Files.writeString(directory.resolve("profiles/demo/overlay.yml"), "{}\n");
        Files.writeString(
                directory.resolve("profiles/demo/profile.json"), "{ \"host\": \"demo\", \"roles\": [\"base\"] }\n");
        Files.writeString(directory.resolve("image.qcow2"), "an image");
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
                Demo.settings(directory),
                new LabParts(hypervisor, this::image, hypervisor::connect, this, text -> text.replace(SECRET, "********")),
                Progress.SILENT);
    }

    Profiles profiles() {
        return Profiles.in(directory.resolve("profiles"));
    }

    /** Runs test classes with configuration parameters, given as {@code key=value}; fresh unless they say otherwise. */
    EngineExecutionResults run(List<Class<?>> testClasses, String... parameters) {
        CURRENT.set(this);
        System.setProperty("boma.profiles", directory.resolve("profiles").toString());
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

    /** Returns what the only run says of itself. */
    JsonNode record() throws IOException {
        try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
            return JsonMapper.shared()
                    .readTree(Files.readString(runs.toList().get(0).resolve("run.json")));
        }
    }

    /** Returns what the last run says of itself. */
    JsonNode latestRecord() throws IOException {
        try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
            return JsonMapper.shared()
                    .readTree(Files.readString(runs.sorted(Comparator.reverseOrder())
                            .toList()
                            .get(0)
                            .resolve("run.json")));
        }
    }

    private ImageSource.Image image(String name, Progress progress) {
        return new ImageSource.Image(name, directory.resolve("image.qcow2"), "0".repeat(128));
    }

    @Override
    public void check(RehearsalPlan plan) {}

    @Override
    public Inputs inputs(RehearsalPlan plan, byte[] key) {
        return Inputs.none().withFile("site", plan.profile().site().directory());
    }

    @Override
    public String apply(
            RehearsalPlan plan,
            SshEndpoint target,
            boolean converge,
            Duration deadline,
            Path log,
            Consumer<String> lines) {
        story.add("apply");
        try {
            Files.writeString(log, "PLAY RECAP\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        siteFailure.ifPresent(failure -> {
            throw failure;
        });
        return "ok=1";
    }
}
