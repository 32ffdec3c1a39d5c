package me.wingu.boma.harness.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdeRunTest {

    @Test
    void should_start_a_test_with_the_settings_of_the_build() throws IOException {
        List<String> settings = IdeRun.settings();

        assertThat(settings).startsWith("-ea").contains("-XX:TieredStopAtLevel=1").allMatch(word -> word.startsWith("-"));
    }
}
