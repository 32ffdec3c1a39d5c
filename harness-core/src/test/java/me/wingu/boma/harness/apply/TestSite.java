package me.wingu.boma.harness.apply;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;

/** A project with one host, {@code demo}, and a site that each test writes as it needs it. */
final class TestSite {

    private final Path profiles;

    TestSite(Path directory) throws IOException {
        this.profiles = directory.resolve("profiles");
        write("demo/profile.json", "{\"roles\": [\"demo\"], \"groups\": [\"web\"]}");
        write("demo/overlay.yml", "");
        write("site/ansible.cfg", "[privilege_escalation]\nbecome = false\n");
        write("site/roles/demo/tasks/main.yml", "[]");
        write("site/site.yml", "[]");
    }

    /** Leaves out, by an assumption, what needs Mitogen where it is not installed. */
    static void assumeItRuns(TaskRunner runner) {
        assumeTrue(
                runner == TaskRunner.PLAIN || AnsibleInstallation.find().obstacleToMitogen().isEmpty(),
                "without Mitogen it carries nothing out");
    }

    TestSite write(String name, String text) throws IOException {
        Path file = profiles.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    TestSite playbook(String text) throws IOException {
        return write("site/site.yml", text);
    }

    Path path(String name) {
        return profiles.resolve(name);
    }

    RehearsalPlan plan() {
        return RehearsalPlan.of(Profiles.in(profiles).load("demo"), Optional.empty(), Optional.empty(), false);
    }
}
