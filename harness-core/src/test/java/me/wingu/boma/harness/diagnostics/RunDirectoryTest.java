package me.wingu.boma.harness.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunDirectoryTest {

    private static final Instant START = Instant.parse("2026-06-17T01:02:03.004Z");

    @TempDir
    private Path parent;

    @Test
    void should_be_named_after_moment_and_host_and_be_the_user_s_alone() throws IOException {
        Path path = create(Optional.empty()).path();

        assertThat(path).isEqualTo(parent.resolve("runs/20260617T010203.004Z-askari"));
        assertThat(mode(path)).isEqualTo("rwx------");
        assertThat(mode(path.resolve("run.json"))).isEqualTo("rw-------");
    }

    @Test
    void should_write_every_field_of_the_schema() throws IOException {
        RunDirectory run = create(Optional.of("forward-drop"));
        run.image(new RunRecord.Image("debian-13", "abc"));
        run.restored(new RunRecord.Restored(
                "applied+clean", "c0ffee", START, "/runs/1",
                List.of(new Reboot("clean", "y", "z", 41, List.of("boot id: y -> z"), Optional.empty()))));
        run.step(new RunRecord.Step("up", START, 1500, "passed", "ansible@198.51.100.150"));
        run.reboot(new Reboot("power-loss", "a", "b", 42, List.of("boot id: a -> b"), Optional.empty()));
        run.boot(new RunRecord.SeenBoot(
                START, 120, Optional.of(5_300L),
                List.of(new RunRecord.Port("stranger", "443/tcp", Optional.of(14_213L), false))));
        run.tests(new RunRecord.Tests(3, 1, 2));
        run.write("console.log", "Linux\n");
        run.outcome("failed", true);

        assertThat(json(run.path()))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {
                          "schema": 1,
                          "host": "askari",
                          "certs": "internal",
                          "scenario": "forward-drop",
                          "startedAt": "2026-06-17T01:02:03.004Z",
                          "outcome": "failed",
                          "kept": true,
                          "image": { "name": "debian-13", "sha512": "abc" },
                          "accelerator": "tcg",
                          "restoredFrom": [ {
                            "stage": "applied+clean", "key": "c0ffee", "takenAt": "2026-06-17T01:02:03.004Z",
                            "run": "/runs/1", "reboots": [ {
                              "kind": "clean", "bootIdBefore": "y", "bootIdAfter": "z", "durationMs": 41,
                              "evidence": [ "boot id: y -> z" ], "boot": null
                            } ]
                          } ],
                          "steps": [ {
                            "name": "up", "startedAt": "2026-06-17T01:02:03.004Z", "durationMs": 1500,
                            "status": "passed", "detail": "ansible@198.51.100.150"
                          } ],
                          "reboots": [ {
                            "kind": "power-loss", "bootIdBefore": "a", "bootIdAfter": "b", "durationMs": 42,
                            "evidence": [ "boot id: a -> b" ],
                            "boot": {
                              "kernelStartedAt": "2026-06-17T01:02:03.004Z", "precisionMs": 120, "firewallMs": 5300,
                              "ports": [ { "from": "stranger", "service": "443/tcp", "firstOpenMs": 14213,
                                           "beforeFirewall": false } ]
                            }
                          } ],
                          "tests": { "passed": 3, "failed": 1, "skipped": 2 },
                          "files": [ "console.log" ]
                        }"""));
    }

    @Test
    void should_say_at_the_beginning_that_nobody_has_judged() throws IOException {
        JsonNode json = json(create(Optional.empty()).path());

        assertThat(json.get("outcome").asString()).isEqualTo("running");
        assertThat(json.get("scenario").isNull()).isTrue();
        assertThat(json.get("image").isNull()).isTrue();
        assertThat(json.get("steps").isEmpty()).isTrue();
        assertThat(json.get("files").isEmpty()).isTrue();
    }

    @Test
    void should_keep_secrets_out_of_every_text() throws IOException {
        RunDirectory run = create(Optional.empty());
        run.step(new RunRecord.Step("apply", START, 1, "failed", "token hunter2 refused"));
        Path file = run.write("journal.txt", "login with hunter2\n");

        assertThat(file).hasContent("login with ********");
        assertThat(Files.readString(run.path().resolve("run.json"))).doesNotContain("hunter2");
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../up", "a/b", "/etc/passwd", ".hidden", "a\\b", "a\nb", "a b"})
    void should_refuse_a_name_that_leads_elsewhere(String name) {
        RunDirectory run = create(Optional.empty());

        assertThatIllegalArgumentException().isThrownBy(() -> run.write(name, "x")).withMessageContaining("plain file");
        assertThatIllegalArgumentException().isThrownBy(() -> run.file(name));
    }

    @Test
    void should_tell_runs_of_the_same_moment_apart() throws Exception {
        Callable<Path> start = () -> create(Optional.empty()).path();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Path> paths = new ArrayList<>();
            for (var run : pool.invokeAll(Collections.nCopies(8, start))) {
                paths.add(run.get());
            }
            assertThat(paths).doesNotHaveDuplicates().hasSize(8).allMatch(p -> Files.exists(p.resolve("run.json")));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void should_be_continued_by_a_later_process() throws IOException {
        Path path = create(Optional.of("forward-drop")).path();

        RunDirectory later = RunDirectory.open(path, RunDirectoryTest::strike);
        later.step(new RunRecord.Step("apply", START, 1, "passed", ""));

        assertThat(json(path).get("steps").get(0).get("name").asString()).isEqualTo("apply");
        assertThat(later.record().scenario()).contains("forward-drop");
        assertThat(later.record().startedAt()).isEqualTo(START);
    }

    @Test
    void should_say_which_record_cannot_be_read() throws IOException {
        Files.writeString(parent.resolve("run.json"), "{ broken");

        assertThatThrownBy(() -> RunDirectory.open(parent, RunDirectoryTest::strike))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Reading " + parent.resolve("run.json") + " failed");
    }

    @Test
    void should_say_where_a_directory_cannot_be_made() throws IOException {
        Path file = Files.createFile(parent.resolve("runs"));

        assertThatThrownBy(() -> create(Optional.empty()))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Creating the run directory in " + file)
                .hasMessageContaining("BOMA_RUNS");
    }

    private RunDirectory create(Optional<String> scenario) {
        return RunDirectory.create(
                parent.resolve("runs"), RunRecord.begin("askari", "internal", scenario, START, "tcg"), RunDirectoryTest::strike);
    }

    private static JsonNode json(Path run) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(run.resolve("run.json")));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String strike(String text) {
        return text.replace("hunter2", "********");
    }
}
