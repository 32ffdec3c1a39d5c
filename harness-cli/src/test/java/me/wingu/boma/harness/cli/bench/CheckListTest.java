package me.wingu.boma.harness.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.cli.bench.Check.Kind;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.RecordedHost;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CheckListTest {

    private final CheckList list = new CheckList(
            new RecordedHost().state("askari"),
            List.of(new FileState(
                    "askari", "/etc/a", "file", "0644", "root", "root", 1, "", Optional.empty(), Optional.empty())));

    @Test
    void should_mix_what_the_host_is() {
        List<Check> checks = list.first(8);

        assertThat(checks).doesNotHaveDuplicates().hasSize(8);
        assertThat(checks).extracting(Check::kind).contains(Kind.PACKAGE, Kind.FILE, Kind.RUNNING, Kind.USER);
        assertThat(checks).contains(new Check(Kind.FILE, "/etc/a", "0644"));
        assertThat(list.first(4)).isEqualTo(checks.subList(0, 4));
    }

    @Test
    void should_refuse_more_than_the_host_has() {
        assertThatThrownBy(() -> list.first(10_000))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("properties to check");
    }

    @Test
    void should_say_the_same_to_goss() {
        String gossfile = GossChecks.gossfile(List.of(
                new Check(Kind.FILE, "/etc/a", "0644"),
                new Check(Kind.RUNNING, "ssh", "running"),
                new Check(Kind.ENABLED, "ssh", "enabled"),
                new Check(Kind.PORT, "22", "listening"),
                new Check(Kind.SYSCTL, "vm.swappiness", "60")));

        assertThat(JsonMapper.shared().readTree(gossfile)).isEqualTo(JsonMapper.shared().readTree("""
                {
                  "file": { "/etc/a": { "exists": true, "mode": "0644" } },
                  "kernel-param": { "vm.swappiness": { "value": "60" } },
                  "port": { "tcp:22": { "listening": true } },
                  "service": { "ssh": { "enabled": true, "running": true } }
                }
                """));
    }
}
