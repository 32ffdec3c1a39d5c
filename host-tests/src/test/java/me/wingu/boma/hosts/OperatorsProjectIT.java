package me.wingu.boma.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * An operator's own Maven project, {@code docs/examples/web}, built and run outside this one: it stands on the jars that this build
 * has just made, as if they had been installed. Its tasks are carried out by Ansible alone, as where nothing is emulated.
 */
@Tag("integration")
@ResourceLock("boma-it")
class OperatorsProjectIT {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final long MINUTES = 20;

    @TempDir
    private Path directory;

    @Test
    void aThirdHostIsRehearsedByAProjectOfItsOwn() throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Path project = directory.resolve("project");
        copy(root.resolve("docs/examples/web"), project);
        copy(root.resolve("profiles/images"), project.resolve("profiles/images"));

        String output = run(
                project,
                "mvn", "--batch-mode", "--no-transfer-progress",
                "-Dmaven.repo.local=" + repository(root), "-Dboma.keep=never", "verify");

        assertThat(output).contains("Running org.example.WebIT", "Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
    }

    /** Returns a local repository with all that this build's own has, and the harness's artifacts beside. */
    private Path repository(Path root) throws Exception {
        Path repository = directory.resolve("repository");
        String own = System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
        run(directory, "cp", "--recursive", "--symbolic-link", own, repository.toString());
        Path group = repository.resolve("me/wingu/boma");
        run(directory, "rm", "--recursive", "--force", group.toString());
        install(root.resolve("pom.xml"), group, "boma-harness", ".pom");
        for (String module : List.of("harness-core", "harness-junit")) {
            install(root.resolve(module + "/pom.xml"), group, module, ".pom");
            install(root.resolve(module + "/target/" + module + "-" + VERSION + ".jar"), group, module, ".jar");
        }
        return repository;
    }

    private static void install(Path file, Path group, String artifact, String ending) throws IOException {
        Path place = group.resolve(artifact).resolve(VERSION);
        Files.createDirectories(place);
        Files.copy(file, place.resolve(artifact + "-" + VERSION + ending), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.filter(Files::isRegularFile).filter(p -> !p.toString().contains("/target/")).toList()) {
                Path copy = to.resolve(from.relativize(path));
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
    }

    private static String run(Path directory, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("BOMA_ANSIBLE", "plain");
        Process process = builder.start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroy();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0).as("%s:%n%s", String.join(" ", command), output).isTrue();
        return output;
    }
}
