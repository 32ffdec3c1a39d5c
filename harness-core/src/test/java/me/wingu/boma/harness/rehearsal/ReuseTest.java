package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;

class ReuseTest {

    private static Reuse choose(Map<String, String> settings, Map<String, String> properties, Map<String, String> env) {
        return Reuse.choose(
                name -> Optional.ofNullable(settings.get(name)),
                name -> Optional.ofNullable(properties.get(name)),
                name -> Optional.ofNullable(env.get(name)));
    }

    @Test
    void should_be_fast_in_an_ide() {
        assertThat(choose(Map.of(), Map.of("java.version", "17"), Map.of("CI", "false"))).isEqualTo(Reuse.FAST);
    }

    @Test
    void should_be_fresh_in_a_build_and_in_continuous_integration() {
        assertThat(choose(Map.of(), Map.of("surefire.real.class.path", "x"), Map.of())).isEqualTo(Reuse.FRESH);
        assertThat(choose(Map.of(), Map.of("surefire.test.class.path", "x"), Map.of())).isEqualTo(Reuse.FRESH);
        assertThat(choose(Map.of(), Map.of("org.gradle.test.worker", "1"), Map.of())).isEqualTo(Reuse.FRESH);
        assertThat(choose(Map.of(), Map.of(), Map.of("CI", "true"))).isEqualTo(Reuse.FRESH);
    }

    @Test
    void should_heed_what_is_asked_for() {
        assertThat(choose(Map.of("boma.fast", "true"), Map.of(), Map.of("CI", "1"))).isEqualTo(Reuse.FAST);
        assertThat(choose(Map.of("boma.fast", "false"), Map.of(), Map.of())).isEqualTo(Reuse.FRESH);
        assertThat(choose(Map.of("boma.fresh", "true"), Map.of(), Map.of())).isEqualTo(Reuse.FRESH);
    }

    @Test
    void should_refuse_both() {
        assertThatThrownBy(() -> choose(Map.of("boma.fast", "true", "boma.fresh", "true"), Map.of(), Map.of()))
                .isInstanceOfSatisfying(
                        HarnessException.class, e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.USAGE));
    }
}
