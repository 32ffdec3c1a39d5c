package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets a system property")
class LabSettingsTest {

    private static final Path HOME = Path.of("/home/op");

    @AfterEach
    void forget() {
        System.clearProperty("boma.maxvms");
    }

    @Test
    void should_have_a_default_for_everything() {
        LabSettings settings = settings(Map.of(), Map.of());

        assertThat(settings.libvirtUri()).isEqualTo("qemu:///system");
        assertThat(settings.accelerator()).isEqualTo("auto");
        assertThat(settings.ansible()).isEqualTo("auto");
        assertThat(settings.runs()).isEqualTo(Path.of("/home/op/integration-runs"));
        assertThat(settings.keys()).isEqualTo(Path.of("/home/op/.local/share/boma-it/ssh"));
        assertThat(settings.maxVms()).isEqualTo(1);
        assertThat(settings.reserveMiB()).isEqualTo(512);
    }

    @Test
    void should_take_what_is_set() {
        LabSettings settings = settings(
                Map.of("boma.libvirt", "qemu+ssh://lab/system", "boma.runs", "/srv/runs", "boma.maxvms", "2"),
                Map.of("XDG_DATA_HOME", "/data"));

        assertThat(settings.libvirtUri()).isEqualTo("qemu+ssh://lab/system");
        assertThat(settings.runs()).isEqualTo(Path.of("/srv/runs"));
        assertThat(settings.keys()).isEqualTo(Path.of("/data/boma-it/ssh"));
        assertThat(settings.maxVms()).isEqualTo(2);
    }

    @Test
    void should_let_the_system_property_win() {
        System.setProperty("boma.maxvms", "7");

        assertThat(LabSettings.ofThisProcess().maxVms()).isEqualTo(7);
    }

    @Test
    void should_name_the_environment_variable_after_the_property() {
        assertThat(LabSettings.variable("boma.maxvms")).isEqualTo("BOMA_MAXVMS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "1.5", "", "99999999999"})
    void should_refuse_what_is_no_whole_number(String value) {
        assertThatThrownBy(() -> settings(Map.of("boma.reserve", value), Map.of()))
                .isInstanceOfSatisfying(
                        HarnessException.class,
                        e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.USAGE))
                .hasMessageContaining("boma.reserve")
                .hasMessageContaining("\"" + value + "\" is no such number")
                .hasMessageContaining("BOMA_RESERVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void should_refuse_to_allow_no_guest_at_all(String value) {
        assertThatThrownBy(() -> settings(Map.of("boma.maxvms", value), Map.of()))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("boma.maxvms")
                .hasMessageContaining("1 or more");
    }

    private static LabSettings settings(Map<String, String> properties, Map<String, String> environment) {
        return LabSettings.of(
                name -> Optional.ofNullable(properties.get(name)),
                HOME,
                name -> Optional.ofNullable(environment.get(name)));
    }
}
