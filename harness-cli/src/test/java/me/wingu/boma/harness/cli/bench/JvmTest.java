package me.wingu.boma.harness.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.wingu.boma.harness.profile.Profiles;
import org.junit.jupiter.api.Test;

class JvmTest {

    @Test
    void should_name_the_profiles_for_a_process_that_starts_elsewhere() {
        assertThat(Jvm.running(List.of("-Xmx64m"), JvmTest.class, "word"))
                .containsSubsequence(
                        "-Xmx64m", "-Dboma.profiles=" + Profiles.discover().directory(), "-cp", JvmTest.class.getName(), "word");
    }
}
