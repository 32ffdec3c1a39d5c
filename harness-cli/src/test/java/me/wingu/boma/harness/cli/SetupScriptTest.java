package me.wingu.boma.harness.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the set-up that decide something, run by bash as they are; nothing here changes the machine. */
class SetupScriptTest {

    private static final Path SCRIPTS = Path.of("src", "main", "sh").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void should_copy_address_key_and_options_of_a_deb822_source() {
        Path sources = write("debian.sources", """
                Types: deb
                # a comment
                URIs: https://mirror.example/debian
                Suites: bookworm
                 bookworm-updates
                Components: main contrib
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 mQIN

                Types: deb
                URIs: https://mirror.example/debian-security
                Suites: bookworm-security
                Components: main
                """);

        assertThat(bash("deb822_backports '%s' 1".formatted(sources))).isEqualTo("""
                URIs: https://mirror.example/debian
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 mQIN
                Types: deb
                Suites: bookworm-backports
                Components: main
                """);
    }

    @Test
    void should_copy_address_and_options_of_a_one_line_source() {
        Path sources = write("sources.list", """
                # the machine's mirror
                deb [signed-by=/usr/share/keyrings/a.gpg arch=amd64] https://mirror.example/debian bookworm main contrib
                deb https://mirror.example/debian bookworm main
                """);

        assertThat(bash("one_line_backports '%s' 2".formatted(sources))).isEqualTo(
                "deb [signed-by=/usr/share/keyrings/a.gpg arch=amd64] https://mirror.example/debian"
                        + " bookworm-backports main\n");
        assertThat(bash("one_line_backports '%s' 3".formatted(sources)))
                .isEqualTo("deb https://mirror.example/debian bookworm-backports main\n");
    }

    @Test
    void should_take_the_jdk_of_java_home_only_when_it_is_recent_enough() {
        Path old = jdk("old", "11.0.2");
        Path recent = jdk("recent", "21.0.1");
        Path odd = jdk("odd", "1.8.0_402");

        assertThat(bash("JAVA_HOME='%s' jdk_home".formatted(recent))).isEqualTo(recent + "\n");
        assertThat(bash("JAVA_HOME='%s' jdk_home".formatted(old))).isNotEqualTo(old + "\n");
        assertThat(bash("JAVA_HOME='%s' jdk_home".formatted(odd))).isNotEqualTo(odd + "\n");
    }

    @Test
    void should_quote_a_printed_command_where_a_shell_needs_it() {
        assertThat(bash("quoted usermod -aG libvirt,kvm \"it's\"")).isEqualTo("usermod -aG libvirt,kvm 'it'\\''s'\n");
    }

    @Test
    void should_print_commands_instead_of_running_them_when_root_is_out_of_reach() {
        Path file = directory.resolve("untouched");

        String printed = bash("power=print; commands=(); as_root touch '%1$s'; write_as_root '%1$s' content;"
                .formatted(file) + " printf '%s\\n' \"${commands[@]}\"");

        assertThat(file).doesNotExist();
        assertThat(printed).isEqualTo("touch %1$s\ncat > %1$s <<'END'\ncontent\nEND\n".formatted(file));
    }

    @Test
    void should_tell_a_missing_package_from_an_installed_one() {
        assertThat(bash("not_installed bash no-such-package-at-all coreutils")).isEqualTo("no-such-package-at-all\n");
    }

    @Test
    void should_want_what_adopts_processes_only_where_systemd_does_not() {
        String packages = "rehearsal_packages=(bash); container_packages=(no-such-package-at-all); rehearsal_to_install";

        assertThat(bash("systemd_is_init() { false; }; " + packages)).isEqualTo("no-such-package-at-all\n");
        assertThat(bash("systemd_is_init() { true; }; " + packages)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "up --help", "nft prove -h", "setup --help", "test --help", "ssh --help"})
    void should_change_nothing_for_a_question_for_help(String words) {
        assertThat(bomaIt(words)).contains("Usage: boma-it COMMAND", "0\n").doesNotContain("set up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up askari", "ssh askari ls --help", "setup"})
    void should_set_up_before_it_does_anything_else(String words) {
        assertThat(bomaIt(words)).isEqualTo("set up\n7\n");
    }

    /** Runs {@code boma-it} where nothing was built yet, with a set-up that only says so; returns that and the exit status. */
    private String bomaIt(String words) {
        write("harness-cli/src/main/sh/setup.sh", "#!/bin/bash\necho set up\nexit 7\n").toFile().setExecutable(true);
        return bash("cp '%1$s/machine.sh' '%1$s/packages.sh' '%2$s/harness-cli/src/main/sh'; cp '%1$s/../../../../boma-it' '%2$s';"
                        .formatted(SCRIPTS, directory)
                + " status=0; '%s/boma-it' %s || status=$?; echo $status".formatted(directory, words));
    }

    private Path jdk(String name, String version) {
        Path home = directory.resolve(name);
        write(name + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        assertThat(write(name + "/bin/javac", "").toFile().setExecutable(true)).isTrue();
        return home;
    }

    private Path write(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one command with the scripts' functions, and returns what it printed. */
    private static String bash(String command) {
        List<String> words = new ArrayList<>(List.of("bash", "-euo", "pipefail", "-c"));
        words.add(". '" + SCRIPTS + "/setup.sh'; " + command);
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("bash was interrupted", e);
        }
    }
}
