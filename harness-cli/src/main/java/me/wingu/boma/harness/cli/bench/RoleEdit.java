package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.profile.Site;

/** A copy of a host's site, in which one role gets another task each time; the site itself stays as it is. */
final class RoleEdit {

    private final RehearsalPlan plan;
    private final Path tasks;

    /**
     * Copies a plan's site.
     *
     * @param original the plan
     * @param copy where to; not there yet
     * @throws HarnessException when none of the profile's roles has a file of tasks
     */
    RoleEdit(RehearsalPlan original, Path copy) throws IOException {
        HostProfile profile = original.profile();
        copyTree(profile.site().directory(), copy);
        Site site = profile.site();
        Path playbook = copy.resolve(site.directory().relativize(site.playbook()));
        this.plan = new RehearsalPlan(
                profile.withSite(new Site(copy, playbook, site.roles(), site.groups(), site.ignoreInventory())),
                original.certs(), original.scenario(), original.riskR6Accepted());
        List<Path> candidates = new ArrayList<>();
        for (String role : site.roles()) {
            candidates.add(copy.resolve("roles").resolve(role).resolve("tasks/main.yml"));
        }
        this.tasks = candidates.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        Kind.USAGE, "There is no role of " + profile.host() + " to edit.", "tried " + candidates,
                        "leave this part out: --only test,cold"));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (Path each : tree.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Returns the plan with one task more, another one each time. */
    RehearsalPlan another() {
        try {
            Files.writeString(
                    tasks,
                    """

                    - name: A task that was added for the measurement
                      ansible.builtin.command: "true"
                      changed_when: false
                    """,
                    StandardOpenOption.APPEND);
            return plan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
