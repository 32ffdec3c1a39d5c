package me.wingu.boma.harness.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {

    @TempDir
    private Path directory;

    private DemoProject project;

    @BeforeEach
    void makeProject() {
        project = new DemoProject(directory);
    }

    @Test
    void should_give_a_short_profile_its_defaults() {
        HostProfile profile = load();

        assertThat(profile.domainName()).isEqualTo("boma-it-demo");
        assertThat(profile.hostName()).isEqualTo("demo");
        assertThat(profile.sizing()).isEqualTo(new Sizing(2, 3072, 20));
        assertThat(profile.image()).isEqualTo("debian-13");
        assertThat(profile.site().playbook()).isEqualTo(project.path("profiles/site/site.yml"));
        assertThat(profile.vantages()).containsEntry("stranger", VantageAddress.of("198.51.100.66")).containsKey("admin");
        assertThat(profile.scenarios()).isEmpty();
    }

    @Test
    void should_read_everything_a_profile_can_say() {
        project.write("elsewhere/main.yml", "[]");
        project.write("profiles/demo/scenarios/cut.yml", "boma_scenario: {description: no way out, egress: false}\nx: 1\n");
        profile("""
                {
                  "host": "demo", "hostName": "vps1", "image": "debian-12", "groups": ["web"],
                  "vm": {"vcpus": 1, "memoryMiB": 1024, "diskGiB": 8},
                  "site": {"path": "elsewhere", "playbook": "main.yml", "ignoreInventory": true},
                  "secrets": {
                    "vault.gandi.pat": {"env": "GANDI_PAT", "certs": ["le-staging", "le-prod-wildcard"]},
                    "token": {"file": "../token"},
                    "other": {"command": ["rbw", "get", "other"]}
                  },
                  "neverReach": ["203.0.113.9", "2001:db8::/32"],
                  "vantages": {"office": "198.51.100.7", "office6": "fd00:b03a:17::7", "mesh": "100.99.0.7%wt0"},
                  "knownFaults": [
                    {"unit": "x.service", "reason": "has no network here"},
                    {"console": "ordering cycle .* x", "reason": "known upstream"}
                  ]
                }
                """);

        HostProfile profile = load();

        assertThat(profile.hostName()).isEqualTo("vps1");
        assertThat(profile.bridgeVantages()).containsOnlyKeys("stranger", "admin", "office", "office6");
        assertThat(profile.vantages())
                .containsEntry("mesh", new VantageAddress("100.99.0.7", Optional.of("wt0")))
                .hasToString("{admin=198.51.100.1, stranger=198.51.100.66, office=198.51.100.7,"
                        + " office6=fd00:b03a:17::7, mesh=100.99.0.7%wt0}");
        assertThat(profile.sizing()).isEqualTo(new Sizing(1, 1024, 8));
        assertThat(profile.site().playbook()).isEqualTo(project.path("elsewhere/main.yml"));
        assertThat(profile.site().ignoreInventory()).isTrue();
        assertThat(profile.vantage("office6")).contains("fd00:b03a:17::7");
        assertThat(profile.vantage("mesh")).contains("100.99.0.7");
        assertThat(profile.knownFaults().get(0).coversUnit("x.service")).isTrue();
        assertThat(profile.knownFaults().get(1).coversConsoleLine("an ordering cycle with x")).isTrue();
        assertThat(profile.scenario("cut").egress()).isFalse();
        assertThat(profile.scenario("cut").description()).isEqualTo("no way out");
    }

    @Test
    void should_list_the_hosts_and_nothing_else() {
        project.write("profiles/alpha/profile.json", "{}");
        project.write("profiles/images/debian-13.json", "{}");

        assertThat(project.profiles().hosts()).containsExactly("alpha", "demo");
    }

    @Test
    void should_find_the_profiles_from_a_directory_below() throws IOException {
        Path below = Files.createDirectories(project.path("host-tests/target"));

        assertThat(Profiles.above(below).directory()).isEqualTo(project.path("profiles"));
    }

    @Test
    void should_suggest_the_host_that_was_meant() {
        assertThatThrownBy(() -> project.profiles().load("dmeo"))
                .hasMessageContaining("There is no host \"dmeo\".")
                .hasMessageContaining("did you mean \"demo\"? known: demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../demo", "demo/../demo", "Demo", "-demo", "demo-", "", "de mo", "demo\n", "a23456789012345678901234567890123"})
    void should_refuse_a_name_that_could_not_be_a_hosts(String name) {
        assertThatThrownBy(() -> project.profiles().load(name))
                .hasMessageContaining("cannot be a host's name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{            | malformed",
        "[]           | the file has a wrong value. seen: [] next: expected: an object",
        "{}           | field \"roles\" is missing",
        "{\"roles\": \"base\"} | field \"roles\" has a wrong value. seen: \"base\" next: expected: a list of names",
        "{\"roles\": [\"bse\"]} | field \"roles[0]\" names an unknown role",
        "{\"roles\": [\"bse\"]} | did you mean \"base\"? known: base",
        "{\"roles\": [\"base\"], \"rolls\": 1} | field \"rolls\" is no known field. next: did you mean \"roles\"?",
        "{\"roles\": [\"base\"], \"roles\": []} | Duplicate",
        "{\"roles\": [\"base\"], \"host\": \"other\"} | field \"host\" has a wrong value. seen: \"other\"",
        "{\"roles\": [\"base\"], \"vm\": {\"memoryMiB\": \"lots\"}} | field \"vm.memoryMiB\" has a wrong value",
        "{\"roles\": [\"base\"], \"vm\": {\"memoryMiB\": 100}} | expected: an integer from 512 to 262144 (MiB)",
        "{\"roles\": [\"base\"], \"vm\": {\"vcpus\": 1.5}} | expected: an integer from 1 to 64",
        "{\"roles\": [\"base\"], \"vantages\": {\"admin\": \"91.226.145.80\"}} | field \"vantages.admin\" has a wrong value",
        "{\"roles\": [\"base\"], \"vantages\": {\"a\": \"198.51.100.300\"}} | field \"vantages.a\" has a wrong value",
        "{\"roles\": [\"base\"], \"vantages\": {\"a\": \"100.99.0.300%wt0\"}} | field \"vantages.a\" has a wrong value",
        "{\"roles\": [\"base\"], \"site\": {\"path\": \"../gone\"}} | field \"site.path\" names no directory",
        "{\"roles\": [\"base\"], \"site\": {\"playbook\": \"gone.yml\"}} | field \"site.playbook\" names no playbook",
        "{\"roles\": [\"base\"], \"site\": {\"playbook\": \"../demo/overlay.yml\"}} | names no playbook",
        "{\"roles\": [\"base\"], \"knownFaults\": [{\"unit\": \"x.service\"}]} | field \"knownFaults[0].reason\" is missing",
        "{\"roles\": [\"base\"], \"secrets\": {\"a\": {}}} | exactly one of \"file\", \"env\" and \"command\"",
        "{\"roles\": [\"base\"], \"secrets\": {\"a\": {\"env\": \"X\", \"file\": \"y\"}}} | exactly one of",
        "{\"roles\": [\"base\"], \"secrets\": {\"a b\": {\"env\": \"X\"}}} | has a wrong name",
        "{\"roles\": [\"base\"], \"secrets\": {\"a\": {\"env\": \"X\", \"certs\": [\"le\"]}}} | a cert tier: internal, le-staging",
        "{\"roles\": [\"base\"], \"neverReach\": [\"0.0.0.0/0\"]} | an address, or a network such as",
        "{\"roles\": [\"base\"], \"neverReach\": [\"askari\"]} | an address, or a network such as",
        "{\"roles\": [\"base\"], \"knownFaults\": [{\"reason\": \"r\"}]} | either \"unit\" or \"console\"",
    })
    void should_say_what_is_wrong_with_a_profile(String json, String message) {
        profile(json);

        assertRefused()
                .hasMessageStartingWith(project.path("profiles/demo/profile.json") + ":1: ")
                .satisfies(e -> assertThat(e.getMessage().replaceAll("\\s+", " ")).contains(message));
    }

    @Test
    void should_name_the_line_of_a_fault() {
        profile("{\n  \"roles\": [\"base\"],\n  \"vm\": {\n    \"diskGiB\": 0\n  }\n}\n");

        assertRefused().hasMessageContaining("profile.json:4: field \"vm.diskGiB\"");
    }

    @Test
    void should_name_the_line_of_a_fault_in_yaml() {
        project.write("profiles/demo/scenarios/bad.yml", "x: 1\nboma_scenario:\n  egres: false\n");

        assertRefused().hasMessageContaining("bad.yml:3: field \"boma_scenario.egres\"").hasMessageContaining("egress");
    }

    @Test
    void should_refuse_what_ansible_would_refuse_after_the_boot_a_second_document() {
        project.write("profiles/demo/overlay.yml", "a: 1\n---\nb: 2\n");

        assertRefused().hasMessageContaining("overlay.yml:3: the file goes on after its end");
    }

    @Test
    void should_refuse_a_profile_that_goes_on_after_its_end() {
        project.write("profiles/demo/profile.json", "{\"roles\": [\"base\"]}\n{\"image\": \"other\"}\n");

        assertRefused().hasMessageContaining("profile.json:2: the file goes on after its end");
    }

    @Test
    void should_ask_for_an_overlay() throws IOException {
        Files.delete(project.path("profiles/demo/overlay.yml"));

        assertRefused().hasMessageContaining("Host demo has no overlay.");
    }

    @Test
    void should_refuse_an_overlay_that_holds_no_variables() {
        project.write("profiles/demo/overlay.yml", "- a\n- b\n");

        assertRefused().hasMessageContaining("overlay.yml:1: the file has a wrong value");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(HarnessException.class, e ->
                        assertThat(e.kind()).isEqualTo(HarnessException.Kind.USAGE));
    }

    private HostProfile load() {
        return project.host();
    }

    private void profile(String json) {
        project.write("profiles/demo/profile.json", json);
    }
}
