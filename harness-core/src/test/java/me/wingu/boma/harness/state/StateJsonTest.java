package me.wingu.boma.harness.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StateJsonTest {

    private final HostState state = new RecordedHost().state("askari");

    @Test
    void should_read_what_it_wrote() {
        HostState again = HostState.parse(state.toJson());

        assertThat(again.host()).isEqualTo("askari");
        assertThat(again.timings()).isEqualTo(state.timings());
        for (Subject<?> subject : writtenSubjects()) {
            assertThat(again.reading(subject)).as(subject.name()).isEqualTo(state.reading(subject));
        }
        assertThat(again.reading(Subject.NFTABLES)).hasToString("not asked for");
    }

    @Test
    void should_show_the_same_drift_as_the_states_themselves() {
        HostState later = new RecordedHost()
                .replace("docker", "\"unless-stopped\"", "\"no\"")
                .without("wireguard", "wg")
                .state("askari later");

        assertThat(Drift.between(HostState.parse(state.toJson()), HostState.parse(later.toJson())))
                .isEqualTo(Drift.between(state, later))
                .satisfies(drift -> assertThat(drift.differences()).isNotEmpty());
    }

    @Test
    void should_have_a_shape_that_scripts_can_rely_on() {
        JsonNode json = JsonMapper.shared().readTree(state.toJson());

        assertThat(json.propertyNames())
                .containsExactly("schema", "host", "tookMs", "collectorsMs", "state", "missing");
        assertThat(json.at("/schema").asInt()).isEqualTo(3);
        assertThat(json.at("/state/boot/kernel").asString()).isEqualTo("6.12.107+deb13-cloud-amd64");
        assertThat(json.at("/state/sysctls/values").isObject()).isTrue();
        assertThat(json.at("/missing/auditRules/why").asString()).isEqualTo("NOT_PRESENT");
        assertThat(json.at("/missing/auditRules/detail").asString()).isEqualTo("auditctl");
        assertThat(json.at("/state/units/all/0").has("active")).isTrue();
    }

    @Test
    void should_refuse_what_is_no_saved_state() {
        assertThatThrownBy(() -> HostState.parse("{}"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Reading a saved state failed.")
                .hasMessageContaining("boma-it state HOST --json");
        assertThatThrownBy(() -> HostState.parse("no JSON")).isInstanceOf(HarnessException.class);
    }

    private static List<Subject<?>> writtenSubjects() {
        return Subject.all().stream().filter(subject -> subject.type() != Ruleset.class).toList();
    }
}
